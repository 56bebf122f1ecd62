"""The calendar object of one person's answer, and of a session as everybody may download it."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from network import access as network_access
from network import clock, emails
from sessions import access, calendars
from sessions.models import Attendance, WorkSession


def entry_of(session: WorkSession) -> calendars.Entry:
    """What every calendar shows of a session, in mails and downloads alike."""
    bring = ["Wat breng je mee?", *session.preparations] if session.preparations else []
    return calendars.Entry(
        uid=session.uid,
        title=str(session),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        place=session.place,
        description="\n".join(bring),
        url=page_link(session),
        changed_at=session.changed_at,
    )


def page_link(session: WorkSession) -> str:
    return emails.link("worksessions:detail", edition=session.edition.slug, number=session.number)


def calendar_object(session: WorkSession, attendance: Attendance) -> tuple[str, bytes]:
    """REQUEST while somebody at this address comes to a session that goes on, CANCEL otherwise.

    A couple may share a mailbox, and a calendar holds one entry a UID. SEQUENCE is the session's
    and the answers' of this address together: all only rise.
    """
    answers = access.answers_at_address(session, attendance)
    guest = min(answers, key=lambda one: (_doubt(session, one), one.pk != attendance.pk))
    parts: dict[str, Any] = {
        "organiser": _organiser(session),
        "guest": calendars.Mailbox(guest.person.name, guest.person.email),
        "sequence": session.sequence + sum(one.sequence for one in answers),
        "made_at": clock.now(),
    }
    if session.is_cancelled or not guest.is_coming:
        return "CANCEL", calendars.cancel(entry_of(session), **parts)
    is_certain = _doubt(session, guest) == 0
    return "REQUEST", calendars.request(entry_of(session), is_certain=is_certain, **parts)


def _doubt(session: WorkSession, attendance: Attendance) -> int:
    """0 for who surely comes, 1 for who perhaps comes, 2 for who does not."""
    if not attendance.is_coming:
        return 2
    is_sure = attendance.answer == Attendance.Answer.YES and not attendance.is_to_confirm(session)
    return 0 if is_sure else 1


def _organiser(session: WorkSession) -> calendars.Mailbox:
    """The coordinator reads what calendars answer; without one it is the sender's mailbox."""
    coordinator = network_access.coordinators(session.edition).first()
    if coordinator and coordinator.email:
        return calendars.Mailbox(coordinator.name, coordinator.email)
    return calendars.Mailbox("ons buurtpunt", f"post@{settings.MAIL_DOMAIN}")
