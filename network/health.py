"""Is the house awake: database, queue, last sweep."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, connection

from network import clock
from network.models import Heartbeat
from network.sweeping import HEARTBEAT

SWEEP_MAY_BE_LATE = max(4 * settings.TICK, timedelta(minutes=1))


def state() -> dict[str, Any]:
    """The answers, with a "reason" (English, for the operator) as soon as one is bad."""
    found: dict[str, Any] = {}
    reasons = [reason for reason in (_database(found), _queue(found), _sweep(found)) if reason]
    if reasons:
        found["reason"] = "; ".join(reasons)
    return found


def _database(found: dict[str, Any]) -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        found["database"] = "down"
        return f"database: {type(error).__name__}"
    found["database"] = "up"
    return ""


def _queue(found: dict[str, Any]) -> str:
    try:
        with current_app.connection_for_write(connect_timeout=1) as broker:
            broker.ensure_connection(max_retries=1, timeout=1)
            broker.default_channel  # noqa: B018  opening it is the test for a folder broker
    except Exception as error:  # each transport has errors of its own
        found["queue"] = "down"
        return f"queue: {type(error).__name__}"
    found["queue"] = "up"
    return ""


def _sweep(found: dict[str, Any]) -> str:
    if found["database"] == "down":
        return ""
    beat = Heartbeat.objects.filter(name=HEARTBEAT).first()
    if beat is None:
        found["last_sweep_seconds"] = None
        return "no sweep yet: does a worker with beat run?"
    age = clock.real_now() - beat.beat_at
    found["last_sweep_seconds"] = int(age.total_seconds())
    return "the last sweep is too long ago" if age > SWEEP_MAY_BE_LATE else ""
