"""What people do with a plan. Every action names who does it and is one transaction."""

from actionplans.actions.answers import Saved, Stale, restore_revision, save_answer
from actionplans.actions.comments import (
    BadAnchor,
    answer_thread,
    decline_thread,
    delete_draft,
    draft_comment,
    draft_reply,
    edit_draft,
    handle_thread,
    reopen_thread,
    send_drafts,
)
from actionplans.actions.plans import (
    defer_section,
    pause_plan,
    resume_plan,
    set_ready,
    set_visibility,
    start_plan,
    stop_plan,
    take_snapshots,
)
from actionplans.actions.table import (
    ActionFields,
    StaleAction,
    add_action,
    complete_action,
    save_action,
)
from actionplans.actions.templates import install_template
from actionplans.actions.visits import visit_plan

__all__ = [
    "ActionFields",
    "BadAnchor",
    "Saved",
    "Stale",
    "StaleAction",
    "add_action",
    "answer_thread",
    "complete_action",
    "decline_thread",
    "defer_section",
    "delete_draft",
    "draft_comment",
    "draft_reply",
    "edit_draft",
    "handle_thread",
    "install_template",
    "pause_plan",
    "reopen_thread",
    "restore_revision",
    "resume_plan",
    "save_action",
    "save_answer",
    "send_drafts",
    "set_ready",
    "set_visibility",
    "start_plan",
    "stop_plan",
    "take_snapshots",
    "visit_plan",
]
