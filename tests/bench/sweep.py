"""What a tick costs when nothing is due, in an edition of 300 villages next to one of 6.

Both stand in a SQLite database of their own with a session within its reminders' reach; each
figure is the processor time of a tick, the outcome the median of their ratios in one run.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.bench import server

SMALL, LARGE = 6, 300
ROUNDS = 7
TICKS_A_ROUND = 20
GOAL = 1.5


def idle_tick() -> str:
    ratios = []
    with tempfile.TemporaryDirectory() as name:
        ticking = [_Ticking(Path(name) / str(count), count) for count in (SMALL, LARGE)]
        for _ in range(ROUNDS):
            small, large = (one.milliseconds() for one in ticking)
            print(f"{SMALL} villages {small:.2f} ms, {LARGE} villages {large:.2f} ms a tick")
            ratios.append(large / small)
        for one in ticking:
            one.end()
    return f"sweep ratio={median(ratios):.2f} goal={GOAL:.2f}"


class _Ticking:
    """A process that makes its database, and then does ticks when asked."""

    def __init__(self, folder: Path, villages: int) -> None:
        folder.mkdir()
        settings = {"DJANGO_SETTINGS_MODULE": "buurtpunt.settings", "BUURTPUNT_VAR": str(folder)}
        kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.sweep_ticks", str(villages), str(TICKS_A_ROUND)],
            cwd=server.ROOT,
            env={**kept, **settings},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._line()  # its database is there

    def milliseconds(self) -> float:
        assert self._process.stdin
        self._process.stdin.write("go\n")
        self._process.stdin.flush()
        return float(self._line())

    def _line(self) -> str:
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line, "the ticking process ended"
        return line

    def end(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(30)
