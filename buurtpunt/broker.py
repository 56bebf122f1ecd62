"""The broker of the demo and of one small machine: messages as files in a folder.

kombu has one, which shows a file before it is written: a worker that looks in between reads half
a message and ends. Here a file is written under another name and renamed. A message only says
"look": the database is the truth, so what cannot be read is no message, and no more than a few
wait for a worker that is away.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem, virtual
from kombu.transport.filesystem import exchange_queue_t
from kombu.utils.json import dumps, loads

logger = logging.getLogger(__name__)

SCHEME = "folder"
TRANSPORT_ALIASES[SCHEME] = "buurtpunt.broker:Transport"
MOST_WAITING = 50  # of one queue; the oldest go
UNFINISHED, TAKEN = ".new", ".taken"
LEFTOVER_SECONDS = 60  # whoever wrote or took it did not live to end it


class Channel(filesystem.Channel):
    """kombu's, with its files written and read in our way."""

    # kombu's own two signatures differ.
    def _put(self, queue: str, message: Any, **kwargs: Any) -> None:  # type: ignore[override]
        folder = Path(self.data_folder_out)
        name = f"{time.time_ns():020d}_{uuid.uuid4().hex}.{queue}.msg"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _write(folder / name, dumps(message))
            _make_room(folder, queue)
        except OSError as error:
            raise ChannelError(f"Cannot write {folder / name}: {error}") from error

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        for path in _waiting(Path(self.data_folder_in), queue):
            taken = path.with_name(path.name + TAKEN)
            try:
                # A message may be old, its taking is not: _make_room() of another process sees
                # no leftover between the renaming and the reading.
                os.utime(path)
                path.rename(taken)
            except OSError:  # another worker was quicker
                continue
            payload = _read(taken)
            with contextlib.suppress(OSError):
                taken.unlink()
            if payload is not None:
                return payload
        raise Empty()

    def _size(self, queue: str) -> int:
        return len(_waiting(Path(self.data_folder_in), queue))

    def _purge(self, queue: str) -> int:
        return _remove(_waiting(Path(self.data_folder_in), queue))

    def get_table(self, exchange: str) -> list[Any]:
        rows = _read(self._exchange_file(exchange))
        return [exchange_queue_t(*row) for row in rows or []]

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        row = exchange_queue_t(routing_key or "", pattern or "", queue or "")
        self._change(exchange, lambda rows: rows if row in rows else [row, *rows])

    def _delete(
        self, queue: str, exchange: str, routing_key: str, pattern: str, *args: Any, **kwargs: Any
    ) -> None:
        virtual.Channel._delete(self, queue, exchange, routing_key, pattern, *args, **kwargs)
        row = exchange_queue_t(routing_key or "", pattern or "", queue or "")
        self._change(exchange, lambda rows: [other for other in rows if other != row])

    def _change(self, exchange: str, change: Callable[[list[Any]], list[Any]]) -> None:
        path = self._exchange_file(exchange)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with _only_one(path.parent):
                before = self.get_table(exchange)
                after = change(before)
                if after != before or not path.exists():
                    _write(path, dumps(after))
        except OSError as error:
            raise ChannelError(f"Cannot write {path}: {error}") from error


class Transport(filesystem.Transport):
    Channel = Channel
    global_state = virtual.BrokerState()
    driver_type = SCHEME
    driver_name = SCHEME


def _write(path: Path, text: str) -> None:
    """Whole or not at all, for whoever reads at the same moment."""
    unfinished = path.with_name(path.name + UNFINISHED)
    try:
        unfinished.write_text(text)
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def _read(path: Path) -> Any:
    """What was written there, or None: half of something is nothing."""
    try:
        return loads(path.read_bytes()) or None
    except FileNotFoundError:
        return None
    except Exception:  # whatever else lies in the folder must not end a worker
        logger.warning("%s cannot be read and is left out.", path.name)
        return None


def _waiting(folder: Path, queue: str) -> list[Path]:
    """The messages for one queue, oldest first."""
    try:
        names = sorted(path.name for path in folder.iterdir())
    except FileNotFoundError:
        return []
    end = f"{queue}.msg"
    return [folder / name for name in names if name.partition(".")[2] == end]


def _make_room(folder: Path, queue: str) -> None:
    _remove(_waiting(folder, queue)[:-MOST_WAITING])
    since = time.time() - LEFTOVER_SECONDS
    for path in [*folder.glob(f"*{UNFINISHED}"), *folder.glob(f"*{TAKEN}")]:
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < since:
                path.unlink()


def _remove(paths: list[Path]) -> int:
    """How many of them were still there."""
    removed = 0
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink()
            removed += 1
    return removed


@contextlib.contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """Of all that change what stands in the control folder."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
