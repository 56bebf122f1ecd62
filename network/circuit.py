"""Leaves a service that does not answer alone for a few seconds, so that nothing piles up.

Without this every request of every thread waits for the same time-out. With it one of them looks
once in a while, and the others go on without the service at once.
"""

from __future__ import annotations

import threading
import time

PAUSE = 3.0  # seconds


class Circuit:
    """For all threads of a process; each step holds its lock for no longer than a few words."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_broken = False
        self._look_again_at = 0.0

    def may_try(self) -> bool:
        """Whether this caller asks the service. While it is away: one caller in each PAUSE."""
        with self._lock:
            if not self._is_broken:
                return True
            now = time.monotonic()
            if now < self._look_again_at:
                return False
            self._look_again_at = now + PAUSE
            return True

    def failed(self) -> bool:
        """It did not answer; True when that is news."""
        with self._lock:
            was_broken, self._is_broken = self._is_broken, True
            self._look_again_at = time.monotonic() + PAUSE
            return not was_broken

    def answered(self) -> None:
        if self._is_broken:  # read without the lock: wrong for a moment at most
            with self._lock:
                self._is_broken = False
