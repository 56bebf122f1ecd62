"""gunicorn with one worker, as the demo runs it, on a throw-away folder."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.client import BenchError

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 30


def environment(folder: Path, **more: str) -> dict[str, str]:
    settings = {"DJANGO_SETTINGS_MODULE": "tests.bench.settings", "BUURTPUNT_VAR": str(folder)}
    return {**os.environ, **settings, **more}


@contextmanager
def running(folder: Path, **more: str) -> Iterator[tuple[str, int]]:
    """The address of a server that runs as long as the block."""
    address = ("127.0.0.1", _free_port())
    with (folder / "gunicorn.log").open("wb") as log:
        process = subprocess.Popen(  # a fixed command of our own
            _command(address), cwd=ROOT, env=environment(folder, **more), stdout=log, stderr=log
        )
        try:
            _wait_for(address, process, folder)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=15)


def _command(address: tuple[str, int]) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "tests.bench.wsgi:application"),
        *("--bind", f"{address[0]}:{address[1]}", "--workers", "1"),
        *("--worker-class", "gthread", "--threads", "4", "--keep-alive", "30"),
        *("--no-control-socket", "--log-level", "warning"),
    ]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(address: tuple[str, int], process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(address, timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise BenchError("gunicorn did not start:\n" + (folder / "gunicorn.log").read_text())
