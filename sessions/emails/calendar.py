"""The calendar object of one person's answer, and of a session as everybody may download it."""

from __future__ import annotations

from django.conf import settings

from network import access as network_access
from network import clock, emails
from sessions import calendars
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
    """REQUEST while this person comes to a session that goes on, CANCEL otherwise. SEQUENCE is
    the session's and this answer's together: both only rise."""
    entry, organiser = entry_of(session), _organiser(session)
    guest = calendars.Mailbox(attendance.person.name, attendance.person.email)
    sequence = session.sequence + attendance.sequence
    if session.is_cancelled or not attendance.is_coming:
        gone = calendars.cancel(
            entry, organiser=organiser, guest=guest, sequence=sequence, made_at=clock.now()
        )
        return "CANCEL", gone
    asked = calendars.request(
        entry,
        organiser=organiser,
        guest=guest,
        is_certain=_is_certain(session, attendance),
        sequence=sequence,
        made_at=clock.now(),
    )
    return "REQUEST", asked


def _is_certain(session: WorkSession, attendance: Attendance) -> bool:
    return attendance.answer == Attendance.Answer.YES and not attendance.is_to_confirm(session)


def _organiser(session: WorkSession) -> calendars.Mailbox:
    """The coordinator reads what calendars answer; without one it is the sender's mailbox."""
    coordinator = network_access.coordinators(session.edition).first()
    if coordinator and coordinator.email:
        return calendars.Mailbox(coordinator.name, coordinator.email)
    return calendars.Mailbox("ons buurtpunt", f"post@{settings.MAIL_DOMAIN}")
