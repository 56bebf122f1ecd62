"""Answering an invitation: the person, by a link or signed in, or the coordinator for them."""

from __future__ import annotations

from django.db import transaction

from network import audit, clock, mail
from network.models import Person
from network.refusal import Refused
from sessions import kinds
from sessions.actions.planning import locked
from sessions.models import Attendance, WorkSession
from sessions.reminders import sweep

TOO_LATE = "Deze werksessie is al begonnen. Bel de coördinator als er iets veranderd is."


def answer(*, by: Person, session: WorkSession, person: Person, answer: str) -> Attendance:
    """Note what this person answers; the last answer counts. The same answer twice changes
    nothing. Raises Refused once the session began or was cancelled."""
    now = clock.now()
    with transaction.atomic():
        current = locked(session, WorkSession.Status.PUBLISHED)
        if not current.takes_answers(now):
            raise Refused(TOO_LATE)
        known = current.attendances.filter(person=person).first()
        if known and known.answer == answer and not known.is_to_confirm(current):
            return known
        attendance = _noted(known, by, current, person, answer)
        audit.record(by=by, verb=f"worksession.answered_{answer}", obj=attendance)
        _confirm(attendance)
        sweep.write_ahead(current, now, person.pk)
    return attendance


def _noted(
    known: Attendance | None, by: Person, session: WorkSession, person: Person, answer: str
) -> Attendance:
    attendance = known or Attendance(session=session, person=person, sequence=0)
    attendance.answer = answer
    attendance.answered_by = by
    attendance.answered_at = clock.now()
    attendance.answered_for_at = session.starts_at
    attendance.sequence += 1
    attendance.was_coming = attendance.was_coming or attendance.is_coming
    attendance.save()
    return attendance


def _confirm(attendance: Attendance) -> None:
    """A mail that puts the session in the calendar, or takes it out again. Who said no at once
    needs no mail: the page already said thanks."""
    if not attendance.was_coming:
        return
    mail.post(
        kind=kinds.ANSWERED,
        key=f"worksession-answered:{attendance.pk}:{attendance.sequence}",
        person=attendance.person,
        refs={"attendance": attendance.pk, "sequence": attendance.sequence},
    )
