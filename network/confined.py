"""Runs one function on an untrusted file in a child process with limits.

The decoders of pictures and PDFs are native code that a stranger's file may crash, hang or
blow up. In a child with its own memory and time that costs one file and nothing else. The
child is a fresh interpreter without Django, database or secrets in its environment.

A child that answers gave its verdict on the file. One that was killed, took too long or could
not begin gave none: that may be the machine's trouble, and nothing may be lost by it.
"""

import ctypes
import errno
import importlib
import json
import logging
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from network import stopping
from network.refusal import Refused

log = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parent.parent
# What an interpreter needs to start; nothing else of our environment reaches a decoder.
KEPT_ENVIRONMENT = ("PATH", "LANG", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONPATH")
GLANCE = 0.2  # seconds between two looks whether the worker must stop
TOO_HEAVY = "Dit bestand is te zwaar om te verwerken. Maak het kleiner en probeer opnieuw."
# The machine's trouble, not the file's. A decoder's own OSError has no number, or another one.
MACHINE_TROUBLE = {
    *(errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.ESTALE),
    *(errno.EMFILE, errno.ENFILE, errno.EACCES, errno.EPERM, errno.ENOENT, errno.EAGAIN),
}
# Reached under the child's own limits (RLIMIT_AS, RLIMIT_FSIZE).
OWN_LIMIT = {errno.ENOMEM, errno.EFBIG}
PR_SET_PDEATHSIG = 1
# How a process ends by its own doing; the others come from outside.
OWN_DOING = {
    *(signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGILL),
    *(signal.SIGXCPU, signal.SIGTRAP, signal.SIGSYS),
}


class ChildDied(Exception):
    """The child ended without a verdict on the file: killed, too slow, out of disk, or not able
    to begin. Trying again later may give one."""


class ChildCrashed(ChildDied):
    """It ended by what it did itself: crashed, or used up its own CPU time. No verdict, but more
    tries will hardly give one."""


@dataclass(frozen=True)
class Limits:
    memory: int = 2 * 1024**3  # bytes of address space
    cpu: int = 60  # seconds, all threads together
    wall: int = 120  # seconds
    file_size: int = 200 * 1024**2  # bytes of one written file


def run_limited(
    function: str,
    *arguments: str,
    sentence: str,
    too_heavy: str = TOO_HEAVY,
    limits: Limits | None = None,
) -> Any:
    """Calls `function` ("module:name") with string arguments in a limited child.

    Returns what it returned (JSON values). Raises Refused with the function's own sentence, or
    with `sentence` when the function failed on the file, with `too_heavy` when the file needs
    more memory than allowed. Raises ChildDied when there is no verdict (ChildCrashed when that
    was the child's own doing), and Stopping when the worker stops.
    """
    limits = limits or Limits()
    order = {
        "function": function,
        "arguments": arguments,
        "limits": asdict(limits),
        "parent": os.getpid(),
    }
    try:
        child = subprocess.Popen(
            [sys.executable, "-m", "network.confined"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env={name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ},
            start_new_session=True,  # Ctrl-C is for the worker, which then ends it in order
        )
    except OSError as error:
        raise ChildDied(f"{function} could not begin: {error}") from error
    with child:
        try:
            out, complaints = _wait(child, json.dumps(order).encode(), limits.wall)
        except BaseException:
            child.kill()
            raise
    answer = _answer(function, child.returncode, out, complaints)
    if "failure" in answer:
        log.info("%s refused: %s", function, answer["failure"])
    if "value" not in answer:
        raise Refused(answer.get("refused") or (too_heavy if "heavy" in answer else sentence))
    return answer["value"]


def _wait(child: "subprocess.Popen[bytes]", order: bytes, seconds: float) -> tuple[bytes, bytes]:
    deadline = time.monotonic() + seconds
    tell: bytes | None = order
    while True:
        try:
            return child.communicate(tell, timeout=GLANCE)
        except subprocess.TimeoutExpired:
            tell = None  # it may be given only once
        stopping.check()
        if time.monotonic() > deadline:
            raise ChildDied(f"it took longer than {seconds} seconds")


def _answer(function: str, code: int, out: bytes, complaints: bytes) -> dict[str, Any]:
    if code < 0:
        ended = ChildCrashed if -code in OWN_DOING else ChildDied
        raise ended(f"{function} was ended by signal {-code}")
    try:
        answer: dict[str, Any] = json.loads(out)
    except ValueError:
        raise ChildDied(f"{function}: {complaints[-2000:].decode(errors='replace')}") from None
    if "trouble" in answer:
        raise ChildDied(f"{function}: {answer['trouble']}")
    return answer


# From here on: inside the child.


def _child() -> None:
    _end_with_parent()
    order = json.load(sys.stdin)
    if os.getppid() != order["parent"]:  # it died before the kernel was asked
        os._exit(1)
    # A decoder that prints must not spoil the answer.
    channel = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    module, _, name = order["function"].partition(":")
    function: Callable[..., Any] = getattr(importlib.import_module(module), name)
    _limit(Limits(**order["limits"]))
    with channel:
        json.dump(_attempt(function, order["arguments"]), channel)
    # Native libraries may hang or crash while they are torn down; the answer is out.
    os._exit(0)


def _attempt(function: Callable[..., Any], arguments: list[str]) -> dict[str, Any]:
    try:
        return {"value": function(*arguments)}
    except Refused as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"heavy": True}
    except (ImportError, SystemExit, KeyboardInterrupt) as error:
        return {"trouble": _short(error)}
    except OSError as error:
        if error.errno in OWN_LIMIT:
            return {"heavy": True}
        return {"trouble" if error.errno in MACHINE_TROUBLE else "failure": _short(error)}
    except BaseException as error:  # decoders raise nearly everything, a panic is no Exception
        return {"failure": _short(error)}


def _short(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:500]


def _limit(limits: Limits) -> None:
    wanted = {
        resource.RLIMIT_AS: (limits.memory, limits.memory),
        # The soft one has a signal of its own (SIGXCPU), the hard one kills like anybody else.
        resource.RLIMIT_CPU: (limits.cpu, limits.cpu + 1),
        resource.RLIMIT_FSIZE: (limits.file_size, limits.file_size),
        resource.RLIMIT_CORE: (0, 0),
    }
    for kind, soft_and_hard in wanted.items():
        # macOS knows some of these only by name; the time limit of the parent still holds.
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, soft_and_hard)


def _end_with_parent() -> None:
    """The kernel (Linux) ends this child with the worker that waits for it, however that dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    _child()
