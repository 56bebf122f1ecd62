"""`make faults`: break things under load, and count (`make faults ONLY=NAME`).

A fault is a module of this package with `def run(*, short: bool) -> None`. It raises
AssertionError when something did not hold and prints what it counted. Each runs in a process of
its own, with a limit of time (its LIMIT_SECONDS, else ours).
"""

import importlib
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn

from tests.faults import ground

FOLDER = Path(__file__).parent
LIMIT_SECONDS = 900
SHORT_LIMIT_SECONDS = 150  # on a busy machine; one alone takes at most 20


def names() -> list[str]:
    """By their text, because a fault can be imported only on its ground."""
    modules = FOLDER.glob("[a-z]*.py")
    return sorted(path.stem for path in modules if "\ndef run(" in path.read_text())


def main(arguments: list[str]) -> int:
    short = "--short" in arguments
    asked = [argument for argument in arguments if argument != "--short"]
    unknown = sorted(set(asked) - set(names()))
    if unknown:
        print(f"no fault {', '.join(unknown)}; there is {', '.join(names())}")
        return 2
    if len(asked) == 1:
        run(asked[0], short=short)
        return 0
    return run_each(asked or names(), short=short)


def run_each(asked: list[str], *, short: bool) -> int:
    """One after the other; a failure does not stop the next."""
    failed = []
    for name in asked:
        command = [sys.executable, "-m", "tests.faults", name, *(["--short"] if short else [])]
        if subprocess.run(command, cwd=FOLDER.parents[1]).returncode:
            failed.append(name)
    if failed:
        print(f"did not hold: {', '.join(failed)}")
    return 1 if failed else 0


def run(name: str, *, short: bool) -> None:
    signal.signal(signal.SIGTERM, _end)  # so that the servers are ended too
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(SHORT_LIMIT_SECONDS if short else LIMIT_SECONDS)
    ground.lay()
    fault = importlib.import_module(f"tests.faults.{name}")
    if not short:
        signal.alarm(getattr(fault, "LIMIT_SECONDS", LIMIT_SECONDS))
    print(f"== {name}{' (short)' if short else ''}", flush=True)
    fault.run(short=short)
    print(f"{name}: held", flush=True)


def _end(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


def _too_long(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit("This fault took too long and was ended.")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
