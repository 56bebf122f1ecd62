"""The demo's clock jumps, and what would have happened on the way happens."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from network import access, clock, delivery, folding, pagecache, sweeping
from sessions import access as sessions_access
from sessions.reminders import due

A_MOMENT = timedelta(seconds=2)
MOST_STOPS = 40
PATIENCE = 10.0  # seconds at one stop


def next_reminder(now: datetime) -> datetime | None:
    """When the next mail that waits, or that a rule foresees, leaves."""
    return min((moment for moment in _moments(now) if moment > now), default=None)


def jump_to(moment: datetime) -> None:
    """Stop at every mail on the way: one that is met too late would stay home. Demo mode only."""
    for _ in range(MOST_STOPS):
        stop = next_reminder(clock.now())
        if stop is None or stop >= moment:
            break
        _arrive(stop)
    _arrive(moment)


def _arrive(moment: datetime) -> None:
    clock.jump(by=moment - clock.now() + A_MOMENT)
    sweeping.sweep()
    folding.fold(clock.now())
    delivery.drain()
    _wait_for_the_workers()
    pagecache.bump()


def _wait_for_the_workers() -> None:
    """A worker may have taken some of the mails: with the next jump they would be too late."""
    deadline = time.monotonic() + PATIENCE
    while access.mails_are_leaving() and time.monotonic() < deadline:
        time.sleep(0.05)


def _moments(now: datetime) -> Iterator[datetime]:
    yield from access.waiting_mail_moments(now)
    for session in sessions_access.sessions_with_reminders_near(now):
        if not session.is_cancelled and not session.is_draft:
            for rule in sessions_access.rules_of(session.edition):
                if rule.is_on and not due.is_mistimed(rule, session):
                    yield due.due_at(rule, session)
