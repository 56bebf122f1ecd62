"""A claimed row stays claimed while its worker lives, and is anyone's two minutes after it died.

The renewing happens in a thread of the worker with a database connection of its own, because the
work itself may wait minutes for a decoder's child.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import Error, connection, connections
from django.db.models import QuerySet

from network import clock

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
BEAT = 30.0  # seconds between two renewals: three may fail
# A row that killed its worker so often is given up, although a killed attempt counts for nothing.
MOST_CLAIMS = 50


@contextmanager
def kept(claim: QuerySet[Any]) -> Iterator[None]:
    """Renews `claimed_until` of the rows of `claim` (one row, as this worker claimed it) until
    the block ends."""
    over = threading.Event()
    thread = threading.Thread(target=_renew, args=(claim, over), name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=5)


def _renew(claim: QuerySet[Any], over: threading.Event) -> None:
    while not over.wait(BEAT):
        try:
            if not claim.update(claimed_until=clock.real_now() + LEASE):
                return  # somebody else has it: what this worker still decides is not heard
        except Error:
            logger.warning("A lease could not be renewed; the next beat tries again.")
        finally:
            connections.close_all()  # of this thread only


def settle() -> None:
    """Before a failure is written down: a connection that broke under the work is opened anew."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
