"""Runs one function on an untrusted file in a child process with limits.

The decoders of pictures and PDFs are native code that a stranger's file may crash, hang or
blow up. In a child with its own memory and time that costs one file and nothing else. The
child is a fresh interpreter without Django, database or secrets in its environment.
"""

import importlib
import json
import logging
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from network.refusal import Refused

log = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parent.parent
# What an interpreter needs to start; nothing else of our environment reaches a decoder.
KEPT_ENVIRONMENT = ("PATH", "LANG", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONPATH")


@dataclass(frozen=True)
class Limits:
    memory: int = 2 * 1024**3  # bytes of address space
    cpu: int = 60  # seconds, all threads together
    wall: int = 120  # seconds
    file_size: int = 200 * 1024**2  # bytes of one written file


def run_limited(function: str, *arguments: str, sentence: str, limits: Limits | None = None) -> Any:
    """Calls `function` ("module:name") with string arguments in a limited child.

    Returns what it returned (JSON values). Raises Refused with the function's own sentence, or
    with `sentence` for any other failure of the child, being killed included.
    """
    limits = limits or Limits()
    order = json.dumps({"function": function, "arguments": arguments, "limits": asdict(limits)})
    try:
        child = subprocess.run(
            [sys.executable, "-m", "network.confined"],
            input=order.encode(),
            capture_output=True,
            cwd=ROOT,
            env={name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ},
            timeout=limits.wall,
        )
    except subprocess.TimeoutExpired:
        log.warning("%s took longer than %s seconds", function, limits.wall)
        raise Refused(sentence) from None
    return _answer(function, child, sentence)


def _answer(function: str, child: "subprocess.CompletedProcess[bytes]", sentence: str) -> Any:
    if child.returncode < 0:
        log.warning("%s was killed by signal %s", function, -child.returncode)
        raise Refused(sentence)
    try:
        answer = json.loads(child.stdout)
    except ValueError:
        # Not the file's fault: the child could not even begin.
        raise RuntimeError(f"{function}: {child.stderr.decode(errors='replace')}") from None
    if "failure" in answer:
        log.info("%s refused: %s", function, answer["failure"])
    if "value" not in answer:
        raise Refused(answer.get("refused") or sentence)
    return answer["value"]


def _child() -> None:
    order = json.load(sys.stdin)
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
    except Exception as error:  # decoders raise nearly everything: that is what the child is for
        return {"failure": f"{type(error).__name__}: {error}"[:500]}


def _limit(limits: Limits) -> None:
    wanted = {
        resource.RLIMIT_AS: limits.memory,
        resource.RLIMIT_CPU: limits.cpu,
        resource.RLIMIT_FSIZE: limits.file_size,
        resource.RLIMIT_CORE: 0,
    }
    for kind, value in wanted.items():
        # macOS knows some of these only by name; the time limit of the parent still holds.
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (value, value))


if __name__ == "__main__":
    _child()
