"""What people do with work sessions. Each action is one transaction and leaves an audit row."""

from sessions.actions.answers import answer
from sessions.actions.planning import (
    discard_draft,
    edit_texts,
    plan_session,
    publish_session,
    record_held_session,
    replan_draft,
)
from sessions.actions.rules import change_rule, ensure_rules
from sessions.actions.telling import cancel_session, close_held, move_session

__all__ = [
    "answer",
    "cancel_session",
    "change_rule",
    "close_held",
    "discard_draft",
    "edit_texts",
    "ensure_rules",
    "move_session",
    "plan_session",
    "publish_session",
    "record_held_session",
    "replan_draft",
]
