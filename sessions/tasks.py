"""What happens by itself, and what the floors below ask of this one; the rules live elsewhere."""

from __future__ import annotations

from datetime import datetime

from actionplans import access as plans
from network import mail, sweeping
from network.mail import MUST, SESSION, Kind
from sessions import access, actions, kinds
from sessions.emails import rows
from sessions.reminders import sweep as reminders
from sessions.reminders import wanted


def register() -> None:
    """Our mails, our part of the tick, and which session comes next."""
    mail.register(
        Kind(
            kinds.REMINDER,
            SESSION,
            wanted.reminder,
            rows.reminder,
            at_most_once=True,
            useful_until=wanted.useful_until,
        )
    )
    mail.register(Kind(kinds.MOVED, MUST, wanted.move, rows.move))
    mail.register(Kind(kinds.CANCELLED, MUST, wanted.cancellation, rows.cancellation))
    mail.register(Kind(kinds.ANSWERED, MUST, wanted.answer, rows.answer))
    sweeping.register("worksessions", sweep)
    plans.register_agenda(access.agenda)


def sweep(now: datetime) -> None:
    actions.close_held(now)
    reminders.look(now)
