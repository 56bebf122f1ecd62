"""Renders the rows of the ledger: fetches what they name and makes the message."""

from __future__ import annotations

from network import mail
from network.models import Notice, OutgoingMail
from sessions import access
from sessions.emails import messages


def reminder(notice: Notice) -> mail.Message:
    session = access.session_by_id(notice.refs["session"])
    invitee = access.invitee_or_404(session, notice.person_id)
    return messages.reminder(session, notice.refs["rule"], invitee)


def move(row: OutgoingMail) -> mail.Message:
    made = access.move_by_id(row.refs["move"])
    invitee = access.invitee_or_404(made.session, row.person_id)
    return messages.moved(made.session, made, invitee)


def cancellation(row: OutgoingMail) -> mail.Message:
    session = access.session_by_id(row.refs["session"])
    invitee = access.invitee_or_404(session, row.person_id)
    return messages.cancelled(session, invitee, known_start=row.refs["known_start"])


def answer(row: OutgoingMail) -> mail.Message:
    attendance = access.attendance_by_id(row.refs["attendance"])
    invitee = access.invitee_or_404(attendance.session, attendance.person_id)
    return messages.answered(attendance.session, invitee)
