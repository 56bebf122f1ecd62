"""What must happen by itself: floors above register a sweeper, the tick runs them all."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from network import clock
from network.models import DueChange, Heartbeat

logger = logging.getLogger(__name__)

HEARTBEAT = "sweep"
CHANGES_AT_ONCE = 500  # the rest is there at the next tick, and asks for another look

Sweeper = Callable[[datetime], None]
_sweepers: dict[str, Sweeper] = {}


def register(name: str, sweeper: Sweeper) -> None:
    """A sweeper gets the moment it is and does what is due; doing it twice must be harmless."""
    _sweepers[name] = sweeper


def due_changed() -> None:
    """Called in the transaction of whatever may change which mails are due, or to whom: a role
    that begins or ends, a wish, an address, a rule, a session, an answer."""
    DueChange.objects.create()


def due_changes() -> list[int]:
    """What was told since the last look. Read before looking; `forget` it after."""
    return list(DueChange.objects.order_by("pk").values_list("pk", flat=True)[:CHANGES_AT_ONCE])


def forget(changes: list[int]) -> None:
    if changes:
        DueChange.objects.filter(pk__in=changes).delete()


def beat(name: str) -> None:
    """Say that a worker lives: its task of a tick calls this by the name of its queue, and what
    keeps a long task's lease may do so too. /healthz misses who stays silent."""
    now = clock.real_now()
    if not Heartbeat.objects.filter(name=name).update(beat_at=now):
        row = Heartbeat(name=name, beat_at=now)
        Heartbeat.objects.bulk_create([row], ignore_conflicts=True)  # two may be the first


def sweep() -> None:
    """Run every sweeper; one that fails does not stop the others."""
    now = clock.now()
    for name, sweeper in _sweepers.items():
        try:
            sweeper(now)
        except Exception:  # one broken rule must not hold up the mails of the others
            logger.exception("Sweeper %s failed.", name)
    beat(HEARTBEAT)
