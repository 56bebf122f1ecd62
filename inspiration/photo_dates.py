"""On which day a photo was taken, as far as its camera can be believed. Pure functions."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from network import clock

# What cameras say whose clock was never set, or lost its battery: the first days of their
# calendar (1970, 1980, 2000 and the like). No photo of a network of villages is that old.
FIRST_DAY = date(2002, 1, 1)
NEW_YEAR, FIRST_HOUR = (1, 1), 1


def day_of(taken_at: datetime | None, *, uploaded_at: datetime) -> date | None:
    """The camera's own day. None when its clock was clearly wrong: later than the upload, before
    FIRST_DAY, or in the first hour of a year, where later cameras begin to count."""
    if taken_at is None or taken_at > uploaded_at:
        return None
    day = taken_at.date()
    if day < FIRST_DAY or ((day.month, day.day) == NEW_YEAR and taken_at.hour < FIRST_HOUR):
        return None
    # Far to the east it may be tomorrow already.
    return min(day, clock.local(uploaded_at).date())


def place_in_time(
    day: date | None, taken_at: datetime | None, last: int
) -> tuple[bool, datetime, int]:
    """What photos are ordered by: those without a day come last, in the order they had. On a day
    that was corrected only the hour of the camera counts."""
    if day is None:
        return True, clock.at(date.max - timedelta(days=2), 0, 0), last
    if taken_at is None:
        return False, clock.at(day, 23, 59), last
    local = clock.local(taken_at)
    if abs(local.date() - day) > timedelta(days=1):
        hour: time = local.time()
        return False, clock.at(day, hour.hour, hour.minute), last
    return False, taken_at, last
