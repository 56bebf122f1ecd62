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
from django.db.models import F, QuerySet
from django.db.models.expressions import Combinable

from network import clock, sweeping

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
BEAT = 30.0  # seconds between two renewals: three may fail
# A row that killed its worker so often is given up, although a killed attempt counts for nothing.
MOST_CLAIMS = 50
# Claims are numbered on and on, so that no two of a row are the same; who asks for another try
# begins a new round of them.
ROUND = 100


def claims_in_round(attempt: int) -> int:
    return attempt % ROUND


def next_round() -> Combinable:
    """For `update(attempt=…)`: the first number of the next round."""
    return F("attempt") - F("attempt") % ROUND + ROUND


@contextmanager
def kept(claim: QuerySet[Any], *, worker: str = "") -> Iterator[None]:
    """Renews `claimed_until` of the rows of `claim` (one row, as this worker claimed it) until
    the block ends, and says by the name of its queue that this worker lives: a deck of 300 pages
    takes longer than /healthz would wait for a sign of it."""
    over = threading.Event()
    thread = threading.Thread(target=_renew, args=(claim, over, worker), name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=5)


def _renew(claim: QuerySet[Any], over: threading.Event, worker: str) -> None:
    while not over.wait(BEAT):
        try:
            if worker:
                sweeping.beat(worker)
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
