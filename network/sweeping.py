"""What must happen by itself: floors above register a sweeper, the tick runs them all."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from network import clock
from network.models import Heartbeat

logger = logging.getLogger(__name__)

HEARTBEAT = "sweep"

Sweeper = Callable[[datetime], None]
_sweepers: dict[str, Sweeper] = {}


def register(name: str, sweeper: Sweeper) -> None:
    """A sweeper gets the moment it is and does what is due; doing it twice must be harmless."""
    _sweepers[name] = sweeper


def sweep() -> None:
    """Run every sweeper; one that fails does not stop the others."""
    now = clock.now()
    for name, sweeper in _sweepers.items():
        try:
            sweeper(now)
        except Exception:  # one broken rule must not hold up the mails of the others
            logger.exception("Sweeper %s failed.", name)
    Heartbeat.objects.update_or_create(name=HEARTBEAT, defaults={"beat_at": clock.real_now()})
