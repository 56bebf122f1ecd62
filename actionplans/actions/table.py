"""Rows of the action table, saved the same way as answers: compare and swap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from actionplans.models import Action, ActionPlan, ActionRevision, Section
from network import audit, clock
from network.models import Person

State = Action.State


@dataclass(frozen=True, kw_only=True)
class ActionFields:
    """What a person fills in about one action."""

    title: str
    section: Section | None = None
    owner: Person | None = None
    helpers: str = ""
    starts_on: date | None = None
    due_on: date | None = None
    cost: Decimal | None = None
    paid_by: str = ""
    priority: str = Action.Priority.NOW
    state: str = State.TODO
    waits_for: str = ""
    note: str = ""

    def items(self) -> list[tuple[str, Any]]:
        return list(self.__dict__.items())


@dataclass
class StaleAction(Exception):
    """Somebody saved this action in between; `mine` is what came too late, and it is kept."""

    action: Action
    mine: ActionFields


def add_action(*, plan: ActionPlan, fields: ActionFields, by: Person) -> Action:
    with transaction.atomic():
        # The plan's row is the lock: two people who add at once get two numbers.
        ActionPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
        last = plan.actions.aggregate(last=Max("number"))["last"] or 0
        action = Action(plan=plan, number=last + 1, saved_at=clock.now(), saved_by=by)
        _fill(action, fields, by)
        action.save()
        _keep(action, fields, by, number=1)
        audit.record(by=by, verb="action.added", obj=action)
    return action


def save_action(*, action: Action, base: int, fields: ActionFields, by: Person) -> Action:
    """Raises StaleAction when somebody saved since `base`."""
    with transaction.atomic():
        current = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
        is_stale = current.revision != base and _fields_of(current) != fields
        if is_stale:
            _keep(current, fields, by, number=None)
        elif _fields_of(current) != fields:
            _save(current, fields, by)
    if is_stale:
        raise StaleAction(current, fields)
    return current


def complete_action(*, action: Action, is_done: bool, by: Person) -> Action:
    """Tick an action off, or open it again; whoever else changed it, this only sets its state."""
    with transaction.atomic():
        current = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
        state = State.DONE if is_done else State.TODO
        if (current.state == State.DONE) != is_done:
            fields = ActionFields(**{**dict(_fields_of(current).items()), "state": state})
            _save(current, fields, by)
    return current


def _save(action: Action, fields: ActionFields, by: Person) -> None:
    _fill(action, fields, by)
    action.revision += 1
    action.saved_at, action.saved_by = clock.now(), by
    action.save()
    _keep(action, fields, by, number=action.revision)


def _fill(action: Action, fields: ActionFields, by: Person) -> None:
    for name, value in fields.items():
        setattr(action, name, value)
    if action.state != State.DONE:
        action.done_at = action.done_by = None
    elif action.done_at is None:
        action.done_at, action.done_by = clock.now(), by


def _fields_of(action: Action) -> ActionFields:
    return ActionFields(**{name: getattr(action, name) for name in ActionFields.__annotations__})


def _keep(action: Action, fields: ActionFields, by: Person, *, number: int | None) -> None:
    stored = {name: _stored(value) for name, value in fields.items()}
    ActionRevision.objects.create(
        action=action, number=number, fields=stored, by=by, at=clock.now()
    )


def _stored(value: Any) -> Any:
    if isinstance(value, Person | Section):
        return value.pk
    return None if value is None else str(value)
