"""Starts the demo's processes, watches them, and ends them together.

Each child lives in a session of its own, so that Ctrl-C in the terminal reaches the demo
alone and it can end them in order. If the demo itself is killed, the kernel (Linux) tells
the children.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
PATIENCE = 6.0  # seconds a child gets to end by itself
FIRST_PAUSE = 1.0  # seconds before a child that ended starts again; each next one is twice as long
MOST_DEATHS = 6  # in a row: about a minute
LONG_ENOUGH = 60.0  # seconds after which a death is the first one again

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Child:
    name: str
    process: "subprocess.Popen[bytes]"
    log: Path
    again: "Callable[[], Child]"  # the same once more; its log goes on

    def last_lines(self, count: int = 15) -> str:
        try:
            text = self.log.read_text(errors="replace")
        except FileNotFoundError:
            return "(the log is gone: was its folder removed?)"
        return "\n".join(text.splitlines()[-count:])


class Stopped(Exception):
    """A child ended although nobody asked it to; the text says which and why."""


def start(
    name: str, command: Sequence[str], env: Mapping[str, str], log: Path, folder: Path
) -> Child:
    """Starts a child; what it prints goes to its log, which begins anew."""
    log.unlink(missing_ok=True)
    return _start(name, command, env, log, folder)


def _start(
    name: str, command: Sequence[str], env: Mapping[str, str], log: Path, folder: Path
) -> Child:
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            env=env,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent(os.getpid()),
        )
    return Child(name, process, log, lambda: _start(name, command, env, log, folder))


def _die_with_parent(parent: int) -> Callable[[], None]:
    def ask_kernel() -> None:
        if _libc:
            _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:  # it died before the kernel was asked
                os._exit(1)

    return ask_kernel


def check(children: Sequence[Child]) -> None:
    """Raises Stopped when one of them is no more."""
    for child in children:
        code = child.process.poll()
        if code is not None:
            raise Stopped(
                f"{child.name} stopped by itself (exit {code}). Its last lines, from {child.log}:\n"
                f"{child.last_lines()}"
            )


@dataclass
class _Deaths:
    """Of one child: how many in a row, and when it starts again."""

    count: int = 0
    began_at: float = field(default_factory=time.monotonic)
    again_at: float | None = None


class Keeper:
    """Starts children that end again, each time after a longer pause, and says so.

    `children` is changed in place, so that whoever ends them ends those that run now."""

    def __init__(self, children: list[Child], say: Callable[[str], None]) -> None:
        self._children = children
        self._say = say
        self._deaths = {child.name: _Deaths() for child in children}

    def look(self) -> None:
        """To be called again and again. Raises Stopped when a child keeps ending."""
        for place, child in enumerate(self._children):
            code = child.process.poll()
            deaths = self._deaths[child.name]
            if code is None:
                continue
            if deaths.again_at is None:
                self._count(child, code, deaths)
            elif time.monotonic() >= deaths.again_at:
                _signal_group(child, signal.SIGKILL)  # its own children hold its port
                self._children[place] = child.again()
                deaths.again_at, deaths.began_at = None, time.monotonic()

    def _count(self, child: Child, code: int, deaths: _Deaths) -> None:
        now = time.monotonic()
        if now - deaths.began_at > LONG_ENOUGH:
            deaths.count = 0
        deaths.count += 1
        if deaths.count >= MOST_DEATHS:
            raise Stopped(
                f"{child.name} stopped by itself {deaths.count} times in a row (exit {code}), so "
                f"the demo ends. Its last lines, from {child.log}:\n{child.last_lines()}"
            )
        pause = FIRST_PAUSE * 2 ** (deaths.count - 1)
        deaths.again_at = now + pause
        self._say(f"{child.name} stopped by itself (exit {code}); it starts again in {pause:g} s.")


def wait_for(ready: Callable[[], bool], children: Sequence[Child], seconds: float) -> None:
    """Waits until the children are ready, and raises Stopped when they never get there."""
    deadline = time.monotonic() + seconds
    while not ready():
        check(children)
        if time.monotonic() > deadline:
            raise Stopped(f"The demo was not ready after {seconds:.0f} seconds.")
        time.sleep(0.05)


def answers(url: str) -> bool:
    """Whether a web server answers there, with whatever status."""
    try:
        with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own http address
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def said(child: Child, words: str) -> bool:
    return words in child.log.read_text(errors="replace")


def stop(children: Sequence[Child]) -> None:
    """Ends all of them: asks first, then insists, and leaves none of their own children."""
    for child in children:
        _signal(child, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.process.wait(max(0.0, deadline - time.monotonic()))
        _signal_group(child, signal.SIGKILL)
        child.process.wait()


def _signal(child: Child, number: signal.Signals) -> None:
    if child.process.poll() is None:
        child.process.send_signal(number)


def _signal_group(child: Child, number: signal.Signals) -> None:
    # macOS answers PermissionError for a group of which all are dead.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.process.pid, number)
