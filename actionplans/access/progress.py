"""How far plans are. Each function answers for many plans in the same number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, TextChoices
from django.urls import reverse

from actionplans.models import Action, ActionPlan, Answer, PlanSection, Question, Section
from network import formats

ENOUGH_ACTIONS = 5
# After this long without a word somebody calls.
QUIET_AFTER = timedelta(days=21)
# Answers that a new plan has of itself, see actions/plans.py.
FILLED_IN = ("dorp", "gemeente")


class Status(TextChoices):
    EMPTY = "empty", "leeg"
    BEGUN = "begun", "begonnen"
    READ = "read", "wordt gelezen"
    READY = "ready", "klaar"


@dataclass(frozen=True)
class Progress:
    """Core sections that the village calls ready, of all core sections."""

    ready: int
    total: int
    is_begun: bool = False

    @property
    def is_complete(self) -> bool:
        return self.ready == self.total

    @property
    def status(self) -> Status:
        """Follows from the sections; paused and stopped are the course of the plan."""
        if self.is_complete:
            return Status.READY
        if self.ready:
            return Status.READ
        return Status.BEGUN if self.is_begun else Status.EMPTY


@dataclass(frozen=True)
class OpenWork:
    """What a session still asks of a plan; from `url` on it is about the first open question."""

    number: int
    count: int = 0
    minutes: int = 0
    url: str = ""
    label: str = ""
    section: str = ""
    slug: str = ""

    @property
    def sentence(self) -> str:
        """Voor werksessie 2: nog 2 stukken, ongeveer 20 minuten"""
        if not self.count:
            return f"Voor werksessie {self.number} is alles klaar"
        pieces = formats.plural(self.count, "stuk", "stukken")
        minutes = formats.plural(self.minutes, "minuut", "minuten")
        return f"Voor werksessie {self.number}: nog {pieces}, ongeveer {minutes}"


def progress(plans: Iterable[ActionPlan]) -> dict[int, Progress]:
    """By plan id; one query."""
    core = Q(section__kind=Section.Kind.CORE)
    rows = (
        PlanSection.objects.filter(plan__in=plans)
        .order_by()
        .values("plan")
        .annotate(
            ready=Count("pk", filter=core & Q(ready_at__isnull=False)),
            total=Count("pk", filter=core),
            written=Count("pk", filter=_is_written()),
        )
    )
    return {row["plan"]: Progress(row["ready"], row["total"], row["written"] > 0) for row in rows}


def _is_written() -> Q:
    """Sections in which somebody wrote, or whose plan has an action."""
    answers = Answer.objects.filter(plan_section=OuterRef("pk")).exclude(text="", rows=[])
    actions = Action.objects.filter(plan=OuterRef("plan"))
    return Q(Exists(answers.exclude(question__key__in=FILLED_IN))) | Q(Exists(actions))


def last_activity(plans: Iterable[ActionPlan]) -> dict[int, datetime]:
    """When somebody last wrote, by plan id; plans nobody wrote in are left out. Two queries."""
    plans = list(plans)
    latest: dict[int, datetime] = {}
    answers = Answer.objects.filter(plan_section__plan__in=plans, saved_at__isnull=False)
    for rows in (
        answers.order_by().values_list("plan_section__plan").annotate(at=Max("saved_at")),
        Action.objects.filter(plan__in=plans)
        .order_by()
        .values_list("plan")
        .annotate(at=Max("saved_at")),
    ):
        for plan, at in rows:
            latest[plan] = max(at, latest.get(plan, at))
    return latest


def open_for_session(plan: ActionPlan, number: int) -> OpenWork:
    return open_for_sessions([plan], number)[plan.pk]


def open_for_sessions(plans: Iterable[ActionPlan], number: int) -> dict[int, OpenWork]:
    """What work session `number` still asks of each plan, by plan id; four queries.

    Only core sections count, and what the village put off or called ready does not.
    """
    plans = list(plans)
    sections = _awaited_sections(plans, number)
    questions = _required_questions(sections)
    answers = {
        (answer.plan_section_id, answer.question_id): answer
        for answer in Answer.objects.filter(plan_section__in=sections)
    }
    planned = _planned_actions(plans)
    still: dict[int, list[tuple[PlanSection, Question]]] = {plan.pk: [] for plan in plans}
    for section in sections:
        for question in questions.get(section.section_id, []):
            answer = answers.get((section.pk, question.pk))
            if not _is_done(question, answer, planned.get(section.plan_id, 0)):
                still[section.plan_id].append((section, question))
    return {plan.pk: _work(plan, number, still[plan.pk]) for plan in plans}


def _awaited_sections(plans: list[ActionPlan], number: int) -> list[PlanSection]:
    rows = PlanSection.objects.filter(
        plan__in=plans,
        section__kind=Section.Kind.CORE,
        section__session=number,
        is_deferred=False,
        ready_at__isnull=True,
    )
    return list(rows.select_related("section").order_by("plan", "section__number"))


def _required_questions(sections: list[PlanSection]) -> dict[int, list[Question]]:
    ids = {section.section_id for section in sections}
    found: dict[int, list[Question]] = {}
    for question in Question.objects.filter(section__in=ids, is_required=True).order_by("position"):
        found.setdefault(question.section_id, []).append(question)
    return found


def _planned_actions(plans: list[ActionPlan]) -> dict[int, int]:
    """Actions with an owner and a day, by plan id."""
    whole = Action.objects.filter(plan__in=plans, owner__isnull=False, due_on__isnull=False)
    rows = whole.exclude(state=Action.State.DROPPED).order_by().values_list("plan")
    return dict(rows.annotate(count=Count("pk")))


def _is_done(question: Question, answer: Answer | None, actions: int) -> bool:
    if question.kind == Question.Kind.ACTIONS:
        return actions >= ENOUGH_ACTIONS
    return answer is not None and question.is_filled_by(answer.text, answer.rows)


def _work(plan: ActionPlan, number: int, still: list[tuple[PlanSection, Question]]) -> OpenWork:
    if not still:
        return OpenWork(number)
    section, question = still[0]
    village = plan.village
    page = reverse(
        "actionplans:section", args=[village.edition.slug, village.slug, section.section.slug]
    )
    return OpenWork(
        number,
        len(still),
        sum(question.minutes for _, question in still),
        f"{page}#{question.key}",
        question.label,
        section.section.title,
        section.section.slug,
    )
