"""The names of our mails in the ledger."""

REMINDER = "session.reminder"
MOVED = "session.moved"
CANCELLED = "session.cancelled"
ANSWERED = "session.answered"
