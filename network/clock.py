"""The only place that asks what time it is.

In demo mode an offset kept in a row (ClockOffset) is added, so that all processes of the demo
jump together. Sign-in sessions use Django's own clock and stay on real time.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.db import OperationalError
from django.db.models import F
from django.utils import timezone

BRUSSELS = ZoneInfo("Europe/Brussels")
OFFSET_IS_FRESH_FOR = 1.0  # seconds; a page asks the time often, a jump may show a second later

_standing_at: ContextVar[datetime | None] = ContextVar("standing_at", default=None)
_offset_read_at = -OFFSET_IS_FRESH_FOR
_offset = timedelta()


def real_now() -> datetime:
    """The machine's own time, aware, in UTC: for leases, heartbeats and rate limits."""
    return timezone.now()


def now() -> datetime:
    """The moment it is for the network, aware, in UTC."""
    stood = _standing_at.get()
    if stood is not None:
        return stood
    return real_now() + (_demo_offset() if settings.DEMO else timedelta())


def today() -> date:
    """The day it is in Brussels."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """An aware moment, on the clock of Brussels."""
    return moment.astimezone(BRUSSELS)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A wall-clock time in Brussels as an aware moment in UTC.

    A time that the spring change skips moves an hour on; one that comes twice is the first.
    """
    wall = datetime(day.year, day.month, day.day, hour, minute, tzinfo=BRUSSELS, fold=0)
    return wall.astimezone(ZoneInfo("UTC"))


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """What happens inside happens at this moment: for demo data, which has a past. Only the
    present thread is moved. Raises RuntimeError in production."""
    if settings.PRODUCTION:
        raise RuntimeError("Nobody rewrites the past of a real network.")
    token = _standing_at.set(moment)
    try:
        yield
    finally:
        _standing_at.reset(token)


def jump(*, by: timedelta) -> None:
    """Move the demo's clock forward. Raises RuntimeError outside demo mode."""
    global _offset_read_at
    if not settings.DEMO:
        raise RuntimeError("The clock moves in demo mode only.")
    rows = _offset_model().objects
    rows.get_or_create(pk=1)
    rows.filter(pk=1).update(seconds=F("seconds") + max(0, int(by.total_seconds())))
    _offset_read_at = -OFFSET_IS_FRESH_FOR


def _demo_offset() -> timedelta:
    global _offset, _offset_read_at
    if time.monotonic() - _offset_read_at >= OFFSET_IS_FRESH_FOR:
        try:
            row = _offset_model().objects.filter(pk=1).first()
        except OperationalError:  # before the first migrate, which asks for defaults already
            return timedelta()
        _offset = timedelta(seconds=row.seconds if row else 0)
        _offset_read_at = time.monotonic()
    return _offset


def _offset_model():  # type: ignore[no-untyped-def]  # models import the clock: asked by name
    return apps.get_model("network", "ClockOffset")
