"""Who reads and writes the talk about a plan: the village, its coaches of today, the coordinator.

A section that the village keeps to itself hides its talk from the others too, and a draft is
seen by its writer only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from actionplans.access.plans import (
    can_write,
    holds_internal,
    internal_sections,
    readable_sections,
)
from actionplans.models import (
    ActionPlan,
    Answer,
    AnswerRevision,
    Comment,
    CommentThread,
    PlanSection,
)
from network import access as ground
from network import clock, formats
from network.models import CoachAssignment, Membership, Person, Village

WRITERS = (Membership.Role.LEAD, Membership.Role.EDITOR)


def talking_sections(user: Any) -> QuerySet[PlanSection]:
    """Sections whose talk this person reads; what is shared with all keeps its talk at home."""
    dossiers = ground.visible_villages(user).values("pk")
    return readable_sections(user).filter(plan__village__in=dossiers)


def _told_to(user: Any, thread: str = "") -> Q:
    """Threads whose words may be read: talk about an answer with something internal in it quotes
    and discusses just that. `thread` is the way to them."""
    section = f"{thread}plan_section__in"
    internal = Q(**{section: internal_sections(user).values("pk")})
    return Q(**{section: talking_sections(user).values("pk")}) & (
        internal | ~holds_internal(f"{thread}question")
    )


def visible_threads(user: Any) -> QuerySet[CommentThread]:
    """Threads with their comments ready in `shown`: what was sent, and one's own drafts."""
    person = ground.person_id_of(user)
    threads = CommentThread.objects.filter(
        Q(opened_at__isnull=False) | Q(by_id=person), _told_to(user)
    )
    return threads.select_related(
        "plan_section__section",
        "plan_section__plan__village__edition",
        "question",
        "revision__answer__question",
        "by",
        "closed_by",
    ).prefetch_related(Prefetch("comments", _comments_for(person), to_attr="shown"))


def _comments_for(person: int) -> QuerySet[Comment]:
    """In the order they were sent; one's own drafts stand last."""
    rows = Comment.objects.filter(Q(sent_at__isnull=False) | Q(by_id=person))
    return rows.select_related("by").order_by(F("sent_at").asc(nulls_last=True), "written_at", "pk")


def threads_in(user: Any, sections: Iterable[PlanSection]) -> list[CommentThread]:
    """All visible talk in these sections, in the order of the questions; two queries."""
    threads = visible_threads(user).filter(plan_section__in=list(sections))
    return list(threads.order_by("plan_section", "question__position", "start", "pk"))


def answers_for(threads: Iterable[CommentThread]) -> dict[tuple[int, int], Answer]:
    """The answers that threads hang on as they stand, by PlanSection and Question id."""
    sections = {thread.plan_section_id for thread in threads}
    questions = {thread.question_id for thread in threads}
    rows = Answer.objects.filter(plan_section__in=sections, question__in=questions)
    return {(a.plan_section_id, a.question_id): a for a in rows.select_related("question")}


def thread_or_404(user: Any, thread_id: int) -> CommentThread:
    return get_object_or_404(visible_threads(user), pk=thread_id)


def thread_to_answer_or_404(user: Any, thread_id: int) -> CommentThread:
    """For who writes the plan or coaches it today; 403 for a reader and the coordinator."""
    thread = thread_or_404(user, thread_id)
    plan = thread.plan_section.plan
    if not can_write(user, plan) and not is_coach_of(user, plan):
        raise PermissionDenied
    return thread


def thread_to_close_or_404(user: Any, thread_id: int) -> CommentThread:
    """Only the village says what became of a remark; 403 for others who read it."""
    thread = thread_or_404(user, thread_id)
    if not can_write(user, thread.plan_section.plan):
        raise PermissionDenied
    return thread


def is_coach_of(user: Any, plan: ActionPlan) -> bool:
    """Whether this person coaches the village of this plan today."""
    return ground.coached_villages(user).filter(pk=plan.village_id).exists()


def drafts(user: Any, plan: ActionPlan) -> QuerySet[Comment]:
    """What a coach wrote and did not send yet, in sections that may still be read."""
    order = ("section__number", "plan_section", "question__position", "start")
    prefix = ("thread__plan_section__", "thread__", "thread__", "thread__")
    by = [before + name for before, name in zip(prefix, order, strict=True)]
    return _own_drafts(user).filter(thread__plan_section__plan=plan).order_by(*by, "pk")


def draft_or_404(user: Any, comment_id: int) -> Comment:
    """Somebody else's draft does not exist, nor does one's own after the assignment ended."""
    return get_object_or_404(_own_drafts(user), pk=comment_id)


def _own_drafts(user: Any) -> QuerySet[Comment]:
    rows = Comment.objects.filter(
        _told_to(user, "thread__"),
        sent_at__isnull=True,
        by_id=ground.person_id_of(user),
        thread__plan_section__plan__village__in=ground.coached_villages(user).values("pk"),
    )
    return rows.select_related(
        "thread__plan_section__section",
        "thread__plan_section__plan__village__edition",
        "thread__question",
    )


def role_in_words(person: Person, village: Village) -> str:
    """How this person signs today: "trekker", "coach korte keten"."""
    if membership := _writing(person, village).first():
        return membership.get_role_display()
    assigned = CoachAssignment.objects.on(clock.today()).filter(person=person, village=village)
    lenses = assigned.order_by("lens").values_list("lens__name", flat=True)
    return f"coach {formats.join_names(name.lower() for name in lenses)}".strip()[:120]


def is_writer(person: Person, village: Village) -> bool:
    """Whether this person writes the plan of this village today."""
    return _writing(person, village).exists()


def _writing(person: Person, village: Village) -> QuerySet[Membership]:
    today = Membership.objects.on(clock.today())
    return today.filter(person=person, village=village, role__in=WRITERS)


def leads(village: Village) -> QuerySet[Person]:
    today = Membership.objects.on(clock.today()).filter(village=village, role=Membership.Role.LEAD)
    return Person.objects.filter(memberships__in=today).distinct()


def writers(plan: ActionPlan, sections: Iterable[int]) -> dict[int, set[int]]:
    """Ids of members of today who ever wrote in these sections, by PlanSection id."""
    members = Membership.objects.on(clock.today()).filter(village=plan.village_id)
    rows = AnswerRevision.objects.filter(
        answer__plan_section__in=list(sections), by__in=members.values("person")
    )
    found: dict[int, set[int]] = {}
    for section, person in rows.order_by().values_list("answer__plan_section", "by").distinct():
        found.setdefault(section, set()).add(person)
    return found


@dataclass(frozen=True)
class OpenComments:
    """Threads of one plan that wait, and for whom."""

    village: int = 0
    coach: int = 0


def open_comments(plans: Iterable[ActionPlan]) -> dict[int, OpenComments]:
    """Counts by plan id, for overviews; plans without talk get zeros. One query."""
    plans = list(plans)
    rows = CommentThread.objects.opened().filter(plan_section__plan__in=plans).order_by()
    counts = rows.values_list("plan_section__plan").annotate(
        village=Count("pk", filter=Q(state=CommentThread.State.OPEN)),
        coach=Count("pk", filter=Q(state=CommentThread.State.ANSWERED)),
    )
    found = {plan: OpenComments(village, coach) for plan, village, coach in counts}
    return {plan.pk: found.get(plan.pk, OpenComments()) for plan in plans}


def open_by_section(user: Any, plan: ActionPlan) -> dict[int, int]:
    """Threads that wait for the village, by PlanSection id, for the folded list of a plan."""
    rows = CommentThread.objects.waiting_for_village().filter(
        _told_to(user), plan_section__plan=plan
    )
    return dict(rows.order_by().values_list("plan_section").annotate(count=Count("pk")))


def readers_to_tell(plan: ActionPlan, sections: Iterable[int]) -> list[tuple[Person, set[int]]]:
    """Whom the village's news about these sections concerns, and which of them: a lead all of
    them, anybody else where he wrote. Only members of today."""
    sections = set(sections)
    wrote = writers(plan, sections)
    lead_ids = set(leads(plan.village).values_list("pk", flat=True))
    ids = lead_ids.union(*wrote.values())
    return [
        (person, sections if person.pk in lead_ids else {s for s in wrote if person.pk in wrote[s]})
        for person in Person.objects.filter(pk__in=ids).order_by("pk")
    ]


def comments_for_mail(person: Person, ids: Iterable[int]) -> list[Comment]:
    """Of these sent comments those that still wait for the village, for a member of today; what
    is said about internal answers for who writes them."""
    member = Membership.objects.on(clock.today()).filter(
        person=person, village=OuterRef("thread__plan_section__plan__village")
    )
    rows = Comment.objects.sent().filter(
        Exists(member),
        Exists(member.filter(role__in=WRITERS)) | ~holds_internal("thread__question"),
        pk__in=list(ids),
        thread__state__in=[CommentThread.State.OPEN, CommentThread.State.PRAISE],
        thread__plan_section__plan__course=ActionPlan.Course.RUNNING,
    )
    return list(
        rows.select_related("by", "thread__plan_section__section", "thread__question").order_by(
            "thread__plan_section__section__number",
            "thread__question__position",
            "thread__start",
            "pk",
        )
    )
