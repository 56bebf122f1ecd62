"""Wakes the workers. The database is the truth about what must be done; this only says: look."""

from __future__ import annotations

import logging
from functools import partial

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def wake(task: str, *args: str | int) -> None:
    """Send a Celery task by name after the commit; a broker that is down costs nothing but time,
    because the next sweep finds the row."""
    transaction.on_commit(partial(_send, task, args))


def _send(task: str, args: tuple[str | int, ...]) -> None:
    try:
        current_app.send_task(task, args=args, retry=False)
    except (OperationalError, OSError):
        logger.warning("The queue does not answer; the sweep will find the work of %s.", task)
