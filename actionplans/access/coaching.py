"""What a coach has before her: the plans of her villages today, and what changed since she read.

A coach whose assignment ended finds nothing here; her sent comments stay in the talk.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404

from actionplans.access.plans import (
    plan_or_404,
    question_or_404,
    readable_sections,
    reads_internal,
)
from actionplans.access.talk import is_coach_of
from actionplans.models import (
    ActionPlan,
    Answer,
    AnswerRevision,
    Comment,
    CommentThread,
    PlanSection,
    PlanVisit,
    Question,
)
from network import access as ground
from network import clock
from network.models import CoachAssignment, Person, Village


def coached_villages_or_404(user: Any) -> list[Village]:
    """The desk exists for who coaches a village today."""
    villages = ground.coached_villages(user).select_related("edition").order_by("name", "pk")
    if not (found := list(villages)):
        raise Http404
    return found


def plan_to_coach_or_404(user: Any, edition: str, village: str) -> ActionPlan:
    """403 for who reads the plan without coaching it."""
    plan = plan_or_404(user, edition, village)
    if not is_coach_of(user, plan):
        raise PermissionDenied
    return plan


@dataclass(frozen=True)
class Asking:
    """One question of one plan, with its answer if somebody wrote."""

    plan: ActionPlan
    plan_section: PlanSection
    question: Question
    answer: Answer | None


def asking_or_404(user: Any, edition: str, village: str, section: str, key: str) -> Asking:
    """A question to comment on; 403 where the village keeps the section to itself."""
    plan = plan_to_coach_or_404(user, edition, village)
    sections = plan.sections.select_related("section")
    plan_section = get_object_or_404(sections, section__slug=section)
    if not readable_sections(user).filter(pk=plan_section.pk).exists():
        raise PermissionDenied
    question = question_or_404(plan_section, key)
    if question.holds_internal and not reads_internal(user, plan_section):
        raise PermissionDenied
    answers = plan_section.answers.select_related("question", "plan_section__plan")
    answer = answers.filter(question=question).first()
    return Asking(plan, plan_section, question, answer)


def revision_of(coach: Person, answer: Answer | None, number: int) -> AnswerRevision | None:
    """A version that was the text while this coach could read it; conflicts never were."""
    if answer is None:
        return None
    since = _reads_since(coach, answer.plan_section)
    if answer.revisions.filter(number__gt=number, at__lte=since).exists():
        return None
    return answer.revisions.select_related("answer__question").filter(number=number).first()


def _reads_since(coach: Person, section: PlanSection) -> datetime:
    """Since when she coaches this village and the section is open; now for who does not coach."""
    assigned = CoachAssignment.objects.on(clock.today()).filter(
        person=coach, village=section.plan.village_id
    )
    first = assigned.order_by("from_on").first()
    began = clock.at(first.from_on, 0) if first else clock.now()
    return max(began, section.opened_at or began)


def visits(user: Any, plans: Iterable[ActionPlan]) -> dict[int, datetime]:
    """When this person last read each plan, by plan id."""
    rows = PlanVisit.objects.filter(plan__in=list(plans), person=ground.person_id_of(user))
    return dict(rows.values_list("plan", "visited_at"))


def read_before(plan: ActionPlan, since: datetime | None) -> dict[int, AnswerRevision]:
    """How each answer stood at that moment, by answer id; nothing for what was not there yet or
    what the village opened only later: all of that is new to the reader."""
    if since is None:
        return {}
    answers = Answer.objects.filter(plan_section__plan=plan)
    before = answers.annotate(before=_revision_at(since)).values("before")
    revisions = AnswerRevision.objects.filter(pk__in=before).select_related("answer__question")
    return {revision.answer_id: revision for revision in revisions}


def _revision_at(moment: datetime | OuterRef) -> Subquery:
    """The version that was the text at that moment; for annotating answers. None where the
    village kept the section to itself then or since."""
    opened = "answer__plan_section__opened_at"
    earlier = AnswerRevision.objects.filter(
        Q(**{opened: None}) | Q(**{f"{opened}__lte": moment}),
        answer=OuterRef("pk"),
        number__isnull=False,
        at__lte=moment,
    )
    return Subquery(earlier.order_by("-number").values("pk")[:1])


@dataclass(frozen=True)
class Rewritten:
    """An answer that was saved or opened after the reader's last visit, and how it stood then."""

    answer: Answer
    before: AnswerRevision | None


def rewritten(user: Any, plans: Iterable[ActionPlan]) -> dict[int, list[Rewritten]]:
    """What changed in each plan since this person's last visit, by plan id; two queries.

    Only what this person may read, and only plans she opened before.
    """
    person = ground.person_id_of(user)
    visit = PlanVisit.objects.filter(plan=OuterRef("plan_section__plan"), person=person)
    answers = (
        Answer.objects.filter(
            plan_section__plan__in=list(plans),
            plan_section__in=readable_sections(user).values("pk"),
        )
        .annotate(visited=Subquery(visit.values("visited_at")[:1], DateTimeField()))
        .filter(Q(saved_at__gt=F("visited")) | Q(plan_section__opened_at__gt=F("visited")))
        .annotate(before=_revision_at(OuterRef("visited")))
        .select_related("question", "plan_section")
    )
    return _grouped(list(answers))


def _grouped(answers: list[Answer]) -> dict[int, list[Rewritten]]:
    ids = [answer.before for answer in answers if answer.before]  # type: ignore[attr-defined]
    revisions = {row.answer_id: row for row in AnswerRevision.objects.filter(pk__in=ids)}
    found: dict[int, list[Rewritten]] = {}
    for answer in answers:
        before = revisions.get(answer.pk)
        if before is not None:
            before.answer = answer
        found.setdefault(answer.plan_section.plan_id, []).append(Rewritten(answer, before))
    return found


@dataclass(frozen=True)
class Waiting:
    """What one plan asks of a coach, and what she asked of the village."""

    answered: int = 0  # her threads that the village answered
    asked: int = 0  # her threads that wait for the village
    drafts: int = 0
    ready: int = 0  # sections that became "klaar om te lezen" since her visit


def waiting(user: Any, plans: Iterable[ActionPlan]) -> dict[int, Waiting]:
    """By plan id, only what this person may read; three queries."""
    plans, person = list(plans), ground.person_id_of(user)
    readable = readable_sections(user).filter(plan__in=plans)
    threads = _threads_by_plan(readable, person)
    drafts = _drafts_by_plan(readable, person)
    ready = _ready_by_plan(readable, person)
    return {
        pk: Waiting(*threads.get(pk, (0, 0)), drafts.get(pk, 0), ready.get(pk, 0))
        for pk in (plan.pk for plan in plans)
    }


def _threads_by_plan(readable: QuerySet[PlanSection], person: int) -> dict[int, tuple[int, int]]:
    threads = CommentThread.objects.opened().filter(
        plan_section__in=readable.values("pk"), by=person
    )
    counts = (
        threads.order_by()
        .values_list("plan_section__plan")
        .annotate(
            answered=Count("pk", filter=Q(state=CommentThread.State.ANSWERED)),
            asked=Count("pk", filter=Q(state=CommentThread.State.OPEN)),
        )
    )
    return {plan: (answered, asked) for plan, answered, asked in counts}


def _drafts_by_plan(readable: QuerySet[PlanSection], person: int) -> dict[int, int]:
    drafts = Comment.objects.filter(
        sent_at__isnull=True, by=person, thread__plan_section__in=readable.values("pk")
    )
    rows = drafts.order_by().values_list("thread__plan_section__plan")
    return dict(rows.annotate(count=Count("pk")))


def _ready_by_plan(readable: QuerySet[PlanSection], person: int) -> dict[int, int]:
    visit = PlanVisit.objects.filter(plan=OuterRef("plan"), person=person)
    fresh = readable.filter(ready_at__isnull=False).annotate(
        visited=Subquery(visit.values("visited_at")[:1], DateTimeField())
    )
    fresh = fresh.filter(Q(visited=None) | Q(ready_at__gt=F("visited")))
    return dict(fresh.order_by().values_list("plan").annotate(count=Count("pk")))


def news_for_coach(coach: Person, plan: ActionPlan) -> list[CommentThread]:
    """Her threads in which the village did something since she last read the plan; none once
    her assignment ended or where the village closed the section."""
    assigned = CoachAssignment.objects.on(clock.today()).filter(
        person=coach, village=plan.village_id
    )
    visit = PlanVisit.objects.filter(plan=plan, person=coach).first()
    seen_at = visit.visited_at if visit else plan.started_at
    threads = CommentThread.objects.opened().filter(
        Exists(assigned),
        Q(comments__sent_at__gt=seen_at) & ~Q(comments__by=coach) | Q(closed_at__gt=seen_at),
        by=coach,
        plan_section__plan=plan,
    )
    return list(
        threads.exclude(plan_section__visibility=PlanSection.Visibility.TEAM)
        .select_related("plan_section__section", "question")
        .distinct()
        .order_by("plan_section__section__number", "question__position", "start", "pk")
    )


def plan_with_village(plan_id: int) -> ActionPlan:
    """For a mail, which holds ids only; who reads it was settled by its own question."""
    return ActionPlan.objects.select_related("village__edition").get(pk=plan_id)
