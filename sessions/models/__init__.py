"""The four work sessions of an edition, who answered what, the rules of the mails around them."""

from sessions.models.attendance import Attendance
from sessions.models.rules import ReminderRule
from sessions.models.sessions import (
    Place,
    SessionMove,
    WorkSession,
    new_uid,
)

__all__ = [
    "Attendance",
    "Place",
    "ReminderRule",
    "SessionMove",
    "WorkSession",
    "new_uid",
]
