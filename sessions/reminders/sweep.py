"""Brings the ledger in line with what is due: run at every tick, by any number of workers.

Notices are written some days ahead under their unique key, so that other mails leave room for
them. What no longer holds is marked as skipped with its reason; what holds again is taken up.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from network import mail, sweeping
from network.models import Notice, Person
from sessions import access, kinds
from sessions.models import ReminderRule, WorkSession
from sessions.reminders import due
from sessions.reminders.due import Due, Guest

# A week and a bit: the week in which a mail leaves is known before that week begins.
AHEAD = timedelta(days=8)


def sweep(now: datetime) -> None:
    """Write, shift and drop the reminders of all sessions. Doing it twice changes nothing."""
    for session in access.sessions_with_reminders_near(now):
        _look_at(session, now)


def look(now: datetime) -> None:
    """The same at less cost, for every tick: all sessions when somebody did what may change who
    gets which mail, else those whose own moment came. Each is looked at once an hour at least, so
    that what was forgotten to be told is made good."""
    changes = sweeping.due_changes()
    if changes:
        sweep(now)
    else:
        for session in access.sessions_to_look_at(now):
            _look_at(session, now)
    sweeping.forget(changes)


def _look_at(session: WorkSession, now: datetime) -> None:
    rules = list(access.rules_of(session.edition))
    _bring_about(session, rules, now)
    again = due.next_change(rules, session, now, ahead=AHEAD)
    WorkSession.objects.filter(pk=session.pk).update(look_again_at=again)


def write_ahead(session: WorkSession, now: datetime, person_id: int | None = None) -> None:
    """The reminders of everybody, or of one person who just answered; called by an action. A tick
    that read what was before may come after it, so the next one looks again."""
    _bring_about(session, list(access.rules_of(session.edition)), now, person_id)
    sweeping.due_changed()


def _bring_about(
    session: WorkSession, rules: list[ReminderRule], now: datetime, person_id: int | None = None
) -> None:
    invitees = access.invitees(session, person_id)
    guests = [as_guest(invitee) for invitee in invitees]
    all_due = {one.key: one for one in due.planned(rules, session, guests, now)}
    known = {row.key: row for row in access.reminder_notices(session, person_id)}
    people = {invitee.person.pk: invitee.person for invitee in invitees}
    _write([one for key, one in all_due.items() if key not in known], session, people, now)
    for row in known.values():
        _bring_in_line(row, all_due.get(row.key), people, session, now)


def as_guest(invitee: access.Invitee) -> Guest:
    person = invitee.person
    unreachable = person.why_not_mailed(mail.SESSION)
    return Guest(person.pk, invitee.answer, invitee.joined_on, unreachable)


def _write(new: list[Due], session: WorkSession, people: dict[int, Person], now: datetime) -> None:
    wishes = [
        mail.Wish(
            kind=kinds.REMINDER,
            key=one.key,
            person=people[one.person_id],
            refs=refs_of(one.rule, session),
            not_before=one.at,
        )
        for one in new
        if not one.reason and one.at <= now + AHEAD
    ]
    if wishes:
        mail.notify_many(wishes)


def refs_of(rule: ReminderRule, session: WorkSession) -> dict[str, str | int]:
    return {"session": session.pk, "rule": rule.key, "start": session.start_key}


def _bring_in_line(
    row: Notice, one: Due | None, people: dict[int, Person], session: WorkSession, now: datetime
) -> None:
    if row.state == Notice.State.WAITING:
        if one is None or one.reason:
            _skip(
                row, said_why(row, one.reason) if one else _gone_or_answered(row, people, session)
            )
        elif row.not_before != one.at:
            _change(row, not_before=one.at)
    elif row.state == Notice.State.SKIPPED and row.mail_id is None and _holds_again(one, now):
        _change(row, state=Notice.State.WAITING, reason="")


def said_why(row: Notice, reason: str) -> str:
    """Too late for want of room is not the beat's fault: network/folding.py noted it."""
    return row.reason if reason == due.TOO_LATE and row.reason else reason


def _holds_again(one: Due | None, now: datetime) -> bool:
    """Skipped in between (a no that became a yes, a session moved back), and still to come."""
    return one is not None and not one.reason and one.at > now


def _gone_or_answered(row: Notice, people: dict[int, Person], session: WorkSession) -> str:
    if row.person_id not in people:
        return due.GONE
    answers = {one.person_id: one.answer for one in session.attendances.all()}
    return due.ANSWERED[answers.get(row.person_id, "")]


def _skip(row: Notice, reason: str) -> None:
    _change(row, state=Notice.State.SKIPPED, reason=reason)


def _change(row: Notice, **fields: object) -> None:
    """Only if nobody else touched it since we looked: another worker may be sending it."""
    Notice.objects.filter(pk=row.pk, state=row.state).update(**fields)


def drop_waiting(session: WorkSession, reason: str) -> None:
    """The session moved or was cancelled: what waits for its old start will not go."""
    waiting = Notice.objects.filter(key__startswith=session.mail_keys, state=Notice.State.WAITING)
    waiting.update(state=Notice.State.SKIPPED, reason=reason)
