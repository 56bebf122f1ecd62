"""Many people write at once, first each in a question of her own, then all in one section; and
everybody answers an invitation at the same moment.

No answer is a 500. Every text that the site took (200) or showed back as too late (409) is the
current one or a revision, search knows the words of everybody, and each invitation has its answer.
"""

import itertools
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from actionplans import access as plans
from actionplans.actions import start_plan
from actionplans.models import ActionPlan, Answer, AnswerRevision, Question
from network.models import Person, SearchText
from sessions import access as sessions
from sessions.models import Attendance
from tests import factories
from tests.faults import site, visitors
from tests.worksessions.made import rules, work_session

TAKEN, TOO_LATE, SEEN = 200, 409, 303
SCRIPT = {"HX-Request": "true"}
BASE = re.compile(r'name="base" value="(\d+)"')
ONE_SECTION = "ons-verhaal"
TEXT_KINDS = (Question.Kind.PROSE, Question.Kind.SHORT)


@dataclass
class Writer:
    """One person in one browser tab, who saves again and again from what she last saw."""

    name: str
    visitor: visitors.Visitor
    question: Question
    url: str
    base: int = 0
    turns: itertools.count = field(default_factory=lambda: itertools.count(1))
    texts: list[str] = field(default_factory=list)  # what the site said it has

    def at(self, plan: ActionPlan, question: Question) -> "Writer":
        self.question, self.base = question, 0
        village = plan.village
        section = question.section.slug
        self.url = f"/plan/{village.edition.slug}/{village.slug}/{section}/{question.key}/"
        return self

    def save(self) -> None:
        text = f"{self.name} schrijft in {self.question.key} beurt {next(self.turns)}"
        sent = {"base": self.base, "text": text, "client": self.name}
        answer = self.visitor.post(self.url, sent, SCRIPT)
        if answer.status not in (TAKEN, TOO_LATE):
            return  # counted by the visitor
        self.texts.append(text)
        if answer.status == TOO_LATE:
            self.base = int(BASE.findall(answer.text)[0])
        else:
            self.base = int(re.findall(r'"revision": (\d+)', answer.text)[0])


def run(*, short: bool) -> None:
    count, seconds, guests = (8, 4, 40) if short else (40, 30, 300)
    with site.running(only=["web"]) as here:
        plan = start_plan(village=here.world.village, by=here.world.person("lead"))
        questions = text_questions(plan)
        together = [question for question in questions if question.section.slug == ONE_SECTION]
        writers = [writer(here, number) for number in range(count)]
        for places, how in ((questions, "each in a question of her own"), (together, "together")):
            write(plan, writers, places, seconds, how)
        nothing_is_lost(plan, writers)
        everybody_answers(here, guests)


def text_questions(plan: ActionPlan) -> list[Question]:
    sections = plan.sections.values("section")
    found = Question.objects.filter(section__in=sections, kind__in=TEXT_KINDS, is_personal=False)
    return list(found.select_related("section").order_by("section__number", "position"))


def writer(here: site.Site, number: int) -> Writer:
    person = member(here, f"Schrijver {number}", "editor")
    visitor = visitors.signed_in(here.address, factories.user(person=person))
    return Writer(f"schrijver-{number}", visitor, Question(), "")


def member(here: site.Site, name: str, role: str) -> Person:
    address = f"{name.lower().replace(' ', '-')}@buurtpunt.example"
    person = factories.person(name=name, email=address)
    factories.membership(village=here.world.village, person=person, role=role)
    return person


def write(
    plan: ActionPlan, writers: list[Writer], places: list[Question], seconds: float, how: str
) -> None:
    before = statuses(writers)
    works: list[Callable[[], object]] = [
        one.at(plan, question).save
        for one, question in zip(writers, itertools.cycle(places), strict=False)
    ]
    with visitors.Crowd(works):
        time.sleep(seconds)
    seen = statuses(writers) - before
    slowest = max(one.visitor.slowest for one in writers)
    print(f"{len(writers)} writers, {how}: {dict(seen)}, slowest {slowest:.1f} s", flush=True)
    assert set(seen) <= {TAKEN, TOO_LATE}, f"{seen}: see the log of the site"
    # Several write in one question: one of them is taken, the others are too late.
    assert seen[TAKEN] >= len(places), "hardly anything was saved"


def statuses(writers: list[Writer]) -> Counter[int]:
    return sum((one.visitor.statuses for one in writers), Counter())


def nothing_is_lost(plan: ActionPlan, writers: list[Writer]) -> None:
    answers = Answer.objects.filter(plan_section__plan=plan)
    revisions = AnswerRevision.objects.filter(answer__in=answers).values_list("text", flat=True)
    kept = {*revisions, *answers.values_list("text", flat=True)}
    told = [text for one in writers for text in one.texts]
    lost = [text for text in told if text not in kept]
    print(f"{len(told)} texts acknowledged, {len(lost)} missing", flush=True)
    assert not lost, lost[:5]
    unfound = [text for text in answers.values_list("text", flat=True) if not found(plan, text)]
    assert not unfound, unfound[:5]


def found(plan: ActionPlan, text: str) -> bool:
    """Whether the words of an answer as it stands are in the search table."""
    keys = [str(pk) for pk in plan.sections.values_list("pk", flat=True)]
    rows = SearchText.objects.filter(source=plans.SEARCH_SOURCE, object_id__in=keys)
    return "schrijft" not in text or rows.filter(text__contains=text).exists()


def everybody_answers(here: site.Site, count: int) -> None:
    rules(here.world.edition)
    session = work_session(edition=here.world.edition)
    guests = [member(here, f"Gast {number}", "reader") for number in range(count)]
    wanted = {guest.pk: ("yes", "maybe", "no")[guest.pk % 3] for guest in guests}
    start, seen = threading.Barrier(count), Counter[int]()
    browsers = {guest.pk: here.visitor() for guest in guests}
    links = {pk: f"/antwoord/{sessions.answer_token(session, pk)}/" for pk in wanted}

    def answer(pk: int) -> None:
        start.wait(60)
        browsers[pk].post(links[pk], {"answer": wanted[pk]})

    threads = [threading.Thread(target=answer, args=(pk,)) for pk in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    seen = sum((browser.statuses for browser in browsers.values()), Counter())
    slowest = max(browser.slowest for browser in browsers.values())
    print(f"{count} answers at once: {dict(seen)}, slowest {slowest:.1f} s", flush=True)
    assert seen == {SEEN: count}, seen
    given = Attendance.objects.filter(session=session).values_list("person", "answer")
    assert dict(given) == wanted
