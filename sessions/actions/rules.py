"""When the mails around a session leave: the defaults, and the coordinator's choice."""

from __future__ import annotations

from datetime import time

from django.db import transaction

from network import audit, sweeping
from network.models import Edition, Person
from sessions.models import ReminderRule

Key, Moment, Audience = ReminderRule.Key, ReminderRule.Moment, ReminderRule.Audience
MORNING = time(9)

# key, days from the session, to whom, on from the start (DESIGN.md 3, Mail)
DEFAULTS = (
    (Key.SAVE_DATE, 56, Audience.EVERYONE, False),
    (Key.INVITATION, 28, Audience.EVERYONE, True),
    (Key.NUDGE, 14, Audience.SILENT, False),
    (Key.PREPARE, 7, Audience.NOT_NO, True),
    (Key.PRACTICAL, 1, Audience.NOT_NO, True),
    (Key.AFTER, 1, Audience.EVERYONE, True),
)


def ensure_rules(*, edition: Edition) -> None:
    """The default rules of an edition; what the coordinator changed stays."""
    rules = [
        ReminderRule(
            edition=edition,
            key=key,
            moment=Moment.AFTER if key == Key.AFTER else Moment.BEFORE,
            days=days,
            at=MORNING,
            audience=audience,
            is_on=is_on,
        )
        for key, days, audience, is_on in DEFAULTS
    ]
    ReminderRule.objects.bulk_create(rules, ignore_conflicts=True)
    sweeping.due_changed()


def change_rule(
    *, by: Person, rule: ReminderRule, days: int, at: time, audience: str, is_on: bool
) -> None:
    """Holds for every mail that did not leave yet; the next sweep shifts those that wait."""
    with transaction.atomic():
        rule.days, rule.at, rule.audience, rule.is_on = days, at, audience, is_on
        rule.save(update_fields=["days", "at", "audience", "is_on"])
        sweeping.due_changed()
        audit.record(by=by, verb="reminder_rule.changed", obj=rule, key=rule.key)
