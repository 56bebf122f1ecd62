"""Rules of the mails and what the ledger knows of them; rows by the ids that mails name."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from network.models import Edition, Notice, OutgoingMail
from sessions.models import Attendance, ReminderRule, SessionMove, WorkSession


def rules_of(edition: Edition) -> QuerySet[ReminderRule]:
    return edition.reminder_rules.order_by("pk")


def rule_of(edition: Edition, key: str) -> ReminderRule:
    return rules_of(edition).get(key=key)


def rule_or_404(edition: Edition, key: str) -> ReminderRule:
    return get_object_or_404(rules_of(edition), key=key)


def sessions_with_reminders_near(now: datetime) -> QuerySet[WorkSession]:
    """Every session that one of its rules could still concern; rules reach 120 days."""
    reach = timedelta(days=130)
    near = WorkSession.objects.with_reminders_near(now - reach, now + reach)
    return near.select_related("edition").order_by("starts_at", "pk")


def sessions_to_look_at(now: datetime) -> QuerySet[WorkSession]:
    """Of those, the ones whose mails may have become due since the last look."""
    waiting = Q(look_again_at__isnull=True) | Q(look_again_at__lte=now)
    return sessions_with_reminders_near(now).filter(waiting)


def reminder_notices(session: WorkSession, person_id: int | None = None) -> QuerySet[Notice]:
    """What the ledger knows of the reminders of a session at its present start."""
    rows = Notice.objects.filter(key__startswith=session.mail_key)
    if person_id is not None:
        rows = rows.filter(person=person_id)
    return rows.select_related("person", "mail").order_by("not_before", "pk")


def notices_before_moves(session: WorkSession) -> QuerySet[Notice]:
    """The reminders that were put in a mail while the session stood at another start."""
    if not session.moved_at:
        return Notice.objects.none()
    rows = Notice.objects.filter(key__startswith=session.mail_keys, mail__isnull=False)
    earlier = rows.exclude(key__startswith=session.mail_key)
    return earlier.select_related("person", "mail").order_by("not_before", "pk")


def told_mails(session: WorkSession) -> QuerySet[OutgoingMail]:
    """The musts around a session: moves and the cancellation, to everybody. Of one that was sent
    again only the last."""
    keys = Q(key__startswith=f"worksession-cancelled:{session.pk}:")
    for move in session.moves.all():
        keys |= Q(key__startswith=f"worksession-moved:{move.pk}:")
    last = OutgoingMail.objects.filter(keys, resends__isnull=True)
    return last.select_related("person").order_by("pk")


def session_or_none(session_id: int) -> WorkSession | None:
    return WorkSession.objects.select_related("edition").filter(pk=session_id).first()


def session_by_id(session_id: int) -> WorkSession:
    return WorkSession.objects.select_related("edition").get(pk=session_id)


def move_by_id(move_id: int) -> SessionMove:
    return SessionMove.objects.select_related("session__edition").get(pk=move_id)


def mail_by_id(mail_id: int) -> OutgoingMail:
    return OutgoingMail.objects.get(pk=mail_id)


def attendance_by_id(attendance_id: int) -> Attendance:
    return Attendance.objects.select_related("session__edition", "person").get(pk=attendance_id)
