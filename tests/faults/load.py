"""People who read and write while something is taken away, and what they were told."""

import itertools
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from actionplans.actions import start_plan
from actionplans.models import ActionPlan, AnswerRevision, Question
from tests.faults import site
from tests.faults.visitors import Visitor

READ_ALOUD = ("/", "/dorpen/", "/archief/", "/nieuws/", "/zoeken/?q=bus")
READ_SIGNED_IN = ("/mijn/", "/mijn/gegevens/")
SCRIPT = {"HX-Request": "true"}


@dataclass
class Load:
    """Some readers, and writers who each keep to a question of their own."""

    here: site.Site
    visitors: list[Visitor] = field(default_factory=list)
    works: list[Callable[[], object]] = field(default_factory=list)
    told: dict[int, list[str]] = field(default_factory=dict)  # texts that were taken, by question

    def statuses(self) -> Counter[int]:
        return sum((one.statuses for one in self.visitors), Counter())

    def forget(self) -> None:
        """From here on it counts anew."""
        for one in self.visitors:
            one.statuses.clear()
            one.slowest = 0.0

    @property
    def slowest(self) -> float:
        return max(one.slowest for one in self.visitors)

    def reader(self, visitor: Visitor, paths: tuple[str, ...]) -> None:
        turns = itertools.cycle(paths)
        self.visitors.append(visitor)
        self.works.append(lambda: visitor.get(next(turns)))

    def writer(self, visitor: Visitor, plan: ActionPlan, question: Question) -> None:
        village = plan.village
        place = f"{question.section.slug}/{question.key}/"
        url = f"/plan/{village.edition.slug}/{village.slug}/{place}"
        turns, base = itertools.count(1), [0]
        taken = self.told.setdefault(question.pk, [])
        self.visitors.append(visitor)

        def save() -> None:
            text = f"Beurt {next(turns)} van {question.key}"
            sent = {"base": base[0], "text": text, "client": question.key}
            answer = visitor.post(url, sent, SCRIPT)
            if answer.status == 200:
                base[0] = json.loads(answer.text)["revision"]
                taken.append(text)

        self.works.append(save)

    def missing(self) -> list[str]:
        """What was taken and is in no version."""
        kept = AnswerRevision.objects.filter(answer__question__in=self.told)
        texts = set(kept.values_list("text", flat=True))
        return [text for taken in self.told.values() for text in taken if text not in texts]

    def acknowledged(self) -> int:
        return sum(len(taken) for taken in self.told.values())


def of_the_cast(here: site.Site, writers: int) -> Load:
    made = Load(here)
    plan = start_plan(village=here.world.village, by=here.world.person("lead"))
    questions = Question.objects.filter(
        section__in=plan.sections.values("section"), kind=Question.Kind.PROSE, is_personal=False
    ).select_related("section")
    for question in questions[:writers]:
        made.writer(here.signed_in("lead"), plan, question)
    made.reader(here.visitor(), READ_ALOUD)
    made.reader(here.visitor(), READ_ALOUD[::-1])
    made.reader(here.signed_in("coach"), READ_SIGNED_IN)
    return made
