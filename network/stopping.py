"""Whether this worker was asked to stop, so that long work gives back what it holds at once.

Celery's warm stop waits for the running task, and a PDF takes minutes. Long work therefore asks
`check()` between its steps, and a decoder's child is ended as soon as a stop was asked.
"""

from __future__ import annotations

import mmap
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# Bytes and no locks: they are written inside signal handlers. The first one is shared with the
# pool processes that Celery forks, because its main process hears of the stop and they work.
_all = mmap.mmap(-1, 1)
_this_process = {"asked": False, "works": False}


class Stopping(BaseException):
    """The worker stops; what is under way goes back to waiting. No Exception, so that nobody who
    handles a failure takes it for one."""


# What ends this process, whoever asked: the work is not to blame, and this counts for nothing.
GIVE_BACK = (Stopping, SystemExit, KeyboardInterrupt)


def ask(**_: object) -> None:
    """The worker was told to stop; takes what Celery's signal `worker_shutting_down` sends."""
    _all[0] = 1


def is_asked() -> bool:
    return _all[0] == 1 or _this_process["asked"]


def check() -> None:
    """Between two steps of long work. Raises Stopping."""
    if is_asked():
        raise Stopping


@contextmanager
def at_work() -> Iterator[None]:
    """Around a task that gives back by itself: its Stopping ends here, and so does a pool process
    that was signalled directly."""
    _this_process["works"] = True
    try:
        yield
    except Stopping:
        pass
    finally:
        _this_process["works"] = False
    if _this_process["asked"]:
        raise SystemExit(0)


def listen_in_pool(**_: object) -> None:
    """In a pool process, for `worker_process_init`: systemd may signal it beside its main process,
    and Celery's default ends it in the middle of its work."""
    signal.signal(signal.SIGTERM, _leave)


def _leave(number: int, frame: FrameType | None) -> None:
    _this_process["asked"] = True
    if not _this_process["works"]:
        raise SystemExit(0)
