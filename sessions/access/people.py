"""Whom a session concerns and what they answered. Never public: only for the person, the
coordinator and the mails."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from actionplans import access as plans
from actionplans.models import ActionPlan
from network import clock, tokens
from network.formats import join_names
from network.models import CoachAssignment, Membership, Person, Village
from sessions.models import Attendance, WorkSession

ANSWER_TOKEN = "session-answer"  # noqa: S105  # the purpose of a token, not a token


@dataclass
class Invitee:
    """Somebody whom a session concerns: once, however many villages or roles."""

    person: Person
    joined_on: date
    member_of: list[Village] = field(default_factory=list)
    coach_of: list[Village] = field(default_factory=list)
    is_lead: bool = False
    attendance: Attendance | None = None

    @property
    def answer(self) -> str:
        return self.attendance.answer if self.attendance else ""

    @property
    def to_confirm(self) -> bool:
        """Said yes or maybe, but the session went to another day since."""
        return self.attendance is not None and self.attendance.is_to_confirm(
            self.attendance.session
        )

    @property
    def village_names(self) -> str:
        """Molendonk, or the villages that are coached."""
        return join_names(self.member_of or self.coach_of)


def invitees(session: WorkSession, person_id: int | None = None) -> list[Invitee]:
    """Members and coaches of today with their answers, in Belgian order; three queries."""
    found: dict[int, Invitee] = {}
    for member in _of_today(Membership.objects.all(), session, person_id):
        invitee = _noted(found, member)
        invitee.member_of.append(member.village)
        invitee.is_lead = invitee.is_lead or member.role == Membership.Role.LEAD
    for coach in _of_today(CoachAssignment.objects.all(), session, person_id):
        coached = _noted(found, coach).coach_of
        coached.extend([] if coach.village in coached else [coach.village])
    answers = session.attendances.filter(person__in=found).select_related("answered_by", "person")
    for attendance in answers:
        attendance.session = session  # as the caller knows it, moved or not
        found[attendance.person_id].attendance = attendance
    return sorted(found.values(), key=lambda one: (one.person.sort_name, one.person.pk))


def _noted(found: dict[int, Invitee], row: Membership | CoachAssignment) -> Invitee:
    invitee = found.setdefault(row.person_id, Invitee(row.person, row.from_on))
    invitee.joined_on = min(invitee.joined_on, row.from_on)
    return invitee


def _of_today(rows: Any, session: WorkSession, person_id: int | None) -> Any:
    """Rows that hold today, of villages that did not stop."""
    rows = rows.on(clock.today()).filter(
        village__edition=session.edition_id, village__stopped_on__isnull=True
    )
    if person_id is not None:
        rows = rows.filter(person=person_id)
    return rows.select_related("person", "village").order_by("village__name", "pk")


def invitee_or_none(session: WorkSession, person_id: int | None) -> Invitee | None:
    """This one person, if the session concerns them."""
    if person_id is None:
        return None
    return next(iter(invitees(session, person_id)), None)


def invitee_or_404(session: WorkSession, person_id: int | None) -> Invitee:
    invitee = invitee_or_none(session, person_id)
    if invitee is None:
        raise Http404
    return invitee


def own_invitee(session: WorkSession, user: Any) -> Invitee | None:
    """The person behind the sign-in, if this session concerns them."""
    return invitee_or_none(session, user.person_id) if user.is_authenticated else None


def own_invitee_or_403(session: WorkSession, user: Any) -> Invitee:
    invitee = own_invitee(session, user)
    if invitee is None:
        raise PermissionDenied
    return invitee


def coming_to(user: Any) -> list[tuple[WorkSession, str]]:
    """The next session of each edition in which this person takes part or coaches, with the
    answer they gave (empty while there is none); two queries."""
    mine = Q(edition__in=_editions_with(Membership, user)) | Q(
        edition__in=_editions_with(CoachAssignment, user)
    )
    coming = WorkSession.objects.upcoming(clock.now()).filter(mine).select_related("edition")
    nearest: dict[int, WorkSession] = {}
    for session in coming:
        nearest.setdefault(session.edition_id, session)
    given = Attendance.objects.filter(session__in=nearest.values(), person=user.person_id)
    answers = {attendance.session_id: attendance.answer for attendance in given}
    return [(session, answers.get(session.pk, "")) for session in nearest.values()]


def _editions_with(rows: type[Membership] | type[CoachAssignment], user: Any) -> Any:
    held = rows.objects.on(clock.today()).filter(person=user.person_id)
    return held.filter(village__stopped_on__isnull=True).values("village__edition")


@dataclass(frozen=True)
class OpenWork:
    """What a session still asks of one plan; `link` is a whole address, for a mail too."""

    sentence: str
    label: str
    link: str


def open_work(session: WorkSession, invitee: Invitee) -> list[OpenWork]:
    """What is still open in the plans this person writes; a paused plan asks nothing."""
    own = list(plans.plans_of(invitee.member_of))
    by_plan = plans.open_for_sessions(own, session.number)
    return [
        OpenWork(
            by_plan[plan.pk].sentence + _of_village(plan, own),
            by_plan[plan.pk].label,
            settings.SITE_URL + by_plan[plan.pk].url,
        )
        for plan in own
        if by_plan[plan.pk].count and plan.is_running
    ]


def _of_village(plan: ActionPlan, own: list[ActionPlan]) -> str:
    return f" ({plan.village.name})." if len(own) > 1 else "."


def counted(people: list[Invitee]) -> dict[str, int]:
    """How many gave each answer; the silent under `silent`."""
    found = Counter(invitee.answer or "silent" for invitee in people)
    return {answer: found[answer] for answer in (*Attendance.Answer.values, "silent")}


def count_coming(session: WorkSession, villages: list[Village]) -> int:
    """How many of these villages said yes."""
    members = Membership.objects.on(clock.today()).filter(village__in=villages)
    coming = session.attendances.filter(answer=Attendance.Answer.YES)
    return coming.filter(person__memberships__in=members).values("person").distinct().count()


# Answers per village


@dataclass
class VillageAnswers:
    """What one village answered to one session."""

    village: Village
    members: list[Invitee]

    def _with(self, answer: str) -> list[Invitee]:
        return [member for member in self.members if member.answer == answer]

    @property
    def coming(self) -> list[Invitee]:
        return self._with(Attendance.Answer.YES)

    @property
    def unsure(self) -> list[Invitee]:
        return self._with(Attendance.Answer.MAYBE)

    @property
    def away(self) -> list[Invitee]:
        return self._with(Attendance.Answer.NO)

    @property
    def silent(self) -> list[Invitee]:
        return self._with("")

    @property
    def summary(self) -> str:
        """2 komen, 1 misschien, 1 zonder antwoord"""
        counts = (
            (len(self.coming), "komt" if len(self.coming) == 1 else "komen"),
            (len(self.unsure), "misschien"),
            (len(self.away), "niet"),
            (len(self.silent), "zonder antwoord"),
        )
        return ", ".join(f"{count} {word}" for count, word in counts if count)

    @property
    def is_absent(self) -> bool:
        """Nobody of this village comes yet: the number that matters most."""
        return not self.coming and not self.unsure


def answers_by_village(
    session: WorkSession, people: list[Invitee] | None = None
) -> list[VillageAnswers]:
    """Villages with nobody coming first, then by name; four queries, however many villages (one
    when the caller has the people already)."""
    members: dict[int, list[Invitee]] = defaultdict(list)
    for invitee in invitees(session) if people is None else people:
        for village in invitee.member_of:
            members[village.pk].append(invitee)
    villages = session.edition.villages.filter(stopped_on__isnull=True).order_by("name", "pk")
    found = [VillageAnswers(village, members[village.pk]) for village in villages]
    return sorted(found, key=lambda answers: not answers.is_absent)


def answers_at_address(session: WorkSession, attendance: Attendance) -> list[Attendance]:
    """The answers of everybody who shares this person's mailbox, the person's own among them."""
    given = session.attendances.filter(person__email__iexact=attendance.person.email)
    return list(given.select_related("person").order_by("pk"))


def session_by_token_or_404(token: str) -> tuple[WorkSession, int]:
    """The session and the person's id of a one-tap link. Raises tokens.BadToken when forged."""
    uid, person_id = tokens.read(ANSWER_TOKEN, token)
    session = get_object_or_404(WorkSession.objects.select_related("edition"), uid=uid)
    return session, int(person_id)


def answer_token(session: WorkSession, person_id: int) -> str:
    return tokens.make(ANSWER_TOKEN, session.uid, person_id)
