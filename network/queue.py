"""Wakes the workers. The database is the truth about what must be done; this only says: look."""

from __future__ import annotations

import logging
from functools import partial

from celery import current_app
from django.conf import settings
from django.db import transaction

from network.circuit import Circuit

logger = logging.getLogger(__name__)

_circuit = Circuit()


def wake(task: str, *args: str | int) -> None:
    """Send a Celery task by name after the commit; a broker that is down costs nothing but time,
    because the next sweep finds the row."""
    transaction.on_commit(partial(_send, task, args))


def _send(task: str, args: tuple[str | int, ...]) -> None:
    """The transaction is over, so whatever goes wrong here is nobody's error. A message that lay
    for long is no news: sweeps said the same since."""
    if not _circuit.may_try():
        return
    lasts = settings.MESSAGE_LASTS.total_seconds()
    try:
        current_app.send_task(task, args=args, retry=False, expires=lasts)
    except Exception:  # each transport has errors of its own
        if _circuit.failed():
            logger.warning("The queue does not answer; sweeps find the work.", exc_info=True)
    else:
        _circuit.answered()
