"""The one door to work sessions, answers and rules: who may see what.

A draft is seen by the coordinator only; what is announced is public with its edition. Who
comes is never public: see `guest_list` and `answers_by_village`, which views of the
coordinator ask.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from actionplans.access import NextSession
from network import access as network_access
from network import clock, tokens
from network.formats import join_names
from network.models import (
    CoachAssignment,
    Edition,
    Membership,
    Notice,
    OutgoingMail,
    Person,
    Village,
)
from sessions.models import Attendance, ReminderRule, SessionMove, WorkSession

ANSWER_TOKEN = "session-answer"  # noqa: S105  # the purpose of a token, not a token


# Sessions


def visible_sessions(user: Any) -> QuerySet[WorkSession]:
    """Announced sessions of editions this person may see, drafts for the coordinator."""
    announced = WorkSession.objects.announced()
    return (
        WorkSession.objects.filter(
            Q(pk__in=announced, edition__in=network_access.visible_editions(user))
            | Q(edition__in=network_access.coordinated_editions(user))
        )
        .select_related("edition")
        .order_by("edition_id", "number", "pk")
    )


def session_or_404(user: Any, edition: str, number: int) -> WorkSession:
    """The session with this number: the one that goes on before one that was cancelled."""
    found = visible_sessions(user).filter(edition__slug=edition, number=number)
    return _first_alive(found)


def coordinated_session_or_404(user: Any, edition: str, number: int) -> WorkSession:
    """A session of an edition this person coordinates; 403 when it is visible but not theirs."""
    session = session_or_404(user, edition, number)
    network_access.coordinated_edition_or_404(user, edition)
    return session


def _first_alive(found: QuerySet[WorkSession]) -> WorkSession:
    rows = sorted(found, key=lambda session: (session.is_cancelled, -session.pk))
    if not rows:
        raise Http404
    return rows[0]


def sessions_of(edition: Edition) -> QuerySet[WorkSession]:
    """All of them, drafts too: for the coordinator."""
    return edition.work_sessions.select_related("edition").order_by("number", "starts_at", "pk")


def announced_sessions(edition: Edition) -> QuerySet[WorkSession]:
    """For public pages of an edition."""
    return edition.work_sessions.filter(pk__in=WorkSession.objects.announced()).order_by(
        "number", "starts_at"
    )


def next_session(edition: Edition, now: datetime | None = None) -> WorkSession | None:
    """The published session that comes next, or is going on."""
    coming = WorkSession.objects.upcoming(now or clock.now())
    return coming.filter(edition=edition).select_related("edition").first()


def agenda(edition_ids: Iterable[int]) -> dict[int, NextSession]:
    """The next session of each edition that has one, for the plans below; one query."""
    coming = WorkSession.objects.upcoming(clock.now()).filter(edition__in=list(edition_ids))
    found: dict[int, NextSession] = {}
    for session in coming.select_related("edition"):
        url = reverse("worksessions:detail", args=[session.edition.slug, session.number])
        found.setdefault(session.edition_id, NextSession(session.number, session.starts_at, url))
    return found


def free_numbers(edition: Edition) -> list[int]:
    """Which of the four are not planned yet."""
    taken = edition.work_sessions.exclude(status=WorkSession.Status.CANCELLED)
    return sorted({1, 2, 3, 4} - set(taken.values_list("number", flat=True)))


def open_move(session: WorkSession, now: datetime) -> SessionMove | None:
    """A move people were not told of yet."""
    return session.moves.filter(tells_at__gt=now).first()


# By id: for mails, whose rows name objects and were written by our own actions


def session_or_none(session_id: int) -> WorkSession | None:
    return WorkSession.objects.select_related("edition").filter(pk=session_id).first()


def session_by_id(session_id: int) -> WorkSession:
    return WorkSession.objects.select_related("edition").get(pk=session_id)


def move_by_id(move_id: int) -> SessionMove:
    return SessionMove.objects.select_related("session__edition").get(pk=move_id)


def attendance_by_id(attendance_id: int) -> Attendance:
    return Attendance.objects.select_related("session__edition", "person").get(pk=attendance_id)


# People of a session


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
    for attendance in session.attendances.filter(person__in=found):
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
    rows = rows.filter(person=person_id) if person_id else rows
    return rows.select_related("person", "village").order_by("village__name", "pk")


def invitee_or_none(session: WorkSession, person_id: int) -> Invitee | None:
    return next(iter(invitees(session, person_id)), None)


def invitee_or_404(session: WorkSession, person_id: int) -> Invitee:
    invitee = invitee_or_none(session, person_id)
    if invitee is None:
        raise Http404
    return invitee


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
    def is_absent(self) -> bool:
        """Nobody of this village comes yet: the number that matters most."""
        return not self.coming and not self.unsure


def answers_by_village(session: WorkSession) -> list[VillageAnswers]:
    """Villages with nobody coming first, then by name; four queries, however many villages."""
    members: dict[int, list[Invitee]] = defaultdict(list)
    for invitee in invitees(session):
        for village in invitee.member_of:
            members[village.pk].append(invitee)
    villages = session.edition.villages.filter(stopped_on__isnull=True).order_by("name", "pk")
    found = [VillageAnswers(village, members[village.pk]) for village in villages]
    return sorted(found, key=lambda answers: not answers.is_absent)


# Answers and rules


def session_by_token_or_404(token: str) -> tuple[WorkSession, int]:
    """The session and the person's id of a one-tap link. Raises tokens.BadToken when forged."""
    uid, person_id = tokens.read(ANSWER_TOKEN, token)
    session = get_object_or_404(WorkSession.objects.select_related("edition"), uid=uid)
    return session, int(person_id)


def answer_token(session: WorkSession, person_id: int) -> str:
    return tokens.make(ANSWER_TOKEN, session.uid, person_id)


def rules_of(edition: Edition) -> QuerySet[ReminderRule]:
    return edition.reminder_rules.order_by("pk")


def rule_of(edition: Edition, key: str) -> ReminderRule:
    return rules_of(edition).get(key=key)


def rule_or_404(edition: Edition, key: str) -> ReminderRule:
    return get_object_or_404(rules_of(edition), key=key)


# The ledger


def sessions_with_reminders_near(now: datetime) -> QuerySet[WorkSession]:
    """Every session that one of its rules could still concern; rules reach 120 days."""
    reach = timedelta(days=130)
    near = WorkSession.objects.with_reminders_near(now - reach, now + reach)
    return near.select_related("edition").order_by("starts_at", "pk")


def reminder_notices(session: WorkSession) -> QuerySet[Notice]:
    """What the ledger knows of the reminders of a session at its present start."""
    return Notice.objects.filter(key__startswith=session.mail_key).select_related("person", "mail")


def told_mails(session: WorkSession) -> QuerySet[OutgoingMail]:
    """The musts around a session: moves and the cancellation, to everybody."""
    keys = Q(key__startswith=f"worksession-cancelled:{session.pk}:")
    for move in session.moves.all():
        keys |= Q(key__startswith=f"worksession-moved:{move.pk}:")
    return OutgoingMail.objects.filter(keys).select_related("person").order_by("pk")
