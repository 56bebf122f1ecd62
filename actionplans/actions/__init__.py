"""What people do with a plan. Every action names who does it and is one transaction."""

from actionplans.actions.answers import Saved, Stale, restore_revision, save_answer
from actionplans.actions.plans import (
    defer_section,
    pause_plan,
    resume_plan,
    set_ready,
    set_visibility,
    start_plan,
    stop_plan,
    take_snapshot,
)
from actionplans.actions.table import (
    ActionFields,
    StaleAction,
    add_action,
    complete_action,
    save_action,
)
from actionplans.actions.templates import install_template

__all__ = [
    "ActionFields",
    "Saved",
    "Stale",
    "StaleAction",
    "add_action",
    "complete_action",
    "defer_section",
    "install_template",
    "pause_plan",
    "restore_revision",
    "resume_plan",
    "save_action",
    "save_answer",
    "set_ready",
    "set_visibility",
    "start_plan",
    "stop_plan",
    "take_snapshot",
]
