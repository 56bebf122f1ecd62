"""Quiet hours, on the clock of Brussels: by night nothing leaves but musts."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from network import clock

FROM, UNTIL = time(22), time(7)


def is_quiet(moment: datetime) -> bool:
    at = clock.local(moment).time()
    return at >= FROM or at < UNTIL


def by_day(moment: datetime) -> datetime:
    """The same moment, or 7.00 uur after the night it falls in."""
    if not is_quiet(moment):
        return moment
    local = clock.local(moment)
    day = local.date() + timedelta(days=1) if local.time() >= FROM else local.date()
    return clock.at(day, UNTIL.hour)
