"""Asked when a mail is about to leave: is it still wanted? The session, the rule and the answer of
now count, not those of the planning. Each gives the reason why not, or nothing."""

from __future__ import annotations

from datetime import datetime

from network import clock
from network.models import Notice, OutgoingMail
from sessions import access
from sessions.models import SessionMove, WorkSession
from sessions.reminders import due, sweep

BACK = "de werksessie staat weer op het oude moment"
OTHER_ANSWER = "er kwam intussen een ander antwoord"


def reminder(notice: Notice) -> str:
    session = access.session_or_none(notice.refs["session"])
    if session is None:
        return due.CANCELLED
    if session.start_key != notice.refs["start"]:
        return due.MOVED
    rule = access.rule_of(session.edition, notice.refs["rule"])
    invitee = access.invitee_or_none(session, notice.person_id)
    guest = sweep.as_guest(invitee) if invitee else None
    return sweep.said_why(notice, due.why_not(rule, session, guest, clock.now()))


def useful_until(notice: Notice) -> datetime:
    """How long a reminder may wait for a mail that leaves anyway: an invitation for days."""
    session = access.session_by_id(notice.refs["session"])
    return due.last_moment(access.rule_of(session.edition, notice.refs["rule"]), session)


def move(row: OutgoingMail) -> str:
    made = access.move_by_id(row.refs["move"])
    if not made.session.is_published:
        return due.CANCELLED
    return BACK if _is_where_it_was(made.session, made) else _gone(row, made.session)


def _is_where_it_was(session: WorkSession, made: SessionMove) -> bool:
    was = (made.from_starts_at, made.from_ends_at, made.from_place)
    return was == (session.starts_at, session.ends_at, session.place)


def cancellation(row: OutgoingMail) -> str:
    return _gone(row, access.session_by_id(row.refs["session"]))


def answer(row: OutgoingMail) -> str:
    attendance = access.attendance_by_id(row.refs["attendance"])
    if attendance.sequence != row.refs["sequence"]:
        return OTHER_ANSWER
    if not attendance.session.is_published:
        return due.CANCELLED
    return _gone(row, attendance.session)


def _gone(row: OutgoingMail, session: WorkSession) -> str:
    return "" if access.invitee_or_none(session, row.person_id) else due.GONE
