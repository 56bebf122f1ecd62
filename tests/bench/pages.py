"""How many public pages a second, next to a bare Django view on the same server.

Three pages, asked by nobody in particular: home, an album of 200 photos, a presentation of 40
slides. Each page is measured right after the bare view, so that a busy machine slows both; a
page's figure is the median of its five ratios, and the outcome is the worst of the three pages.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.bench import client, server

ROUNDS = 5
SECONDS = 0.8
WARM_SECONDS = 0.6
HELLO = "/hello"
GOAL_ANEW = 0.12
GOAL_CACHED = 0.50


def made_anew() -> str:
    """The pages from their kept pieces; said beside it, with no goal: from nothing at all."""
    nothing, pieces = _worst("nothing", "pieces")
    print(f"with nothing kept, not even a piece: {nothing:.3f}")
    return f"pages ratio={pieces:.2f} goal={GOAL_ANEW:.2f}"


def from_the_cache() -> str:
    (pages,) = _worst("pages")
    return f"pages-cached ratio={pages:.2f} goal={GOAL_CACHED:.2f}"


def _worst(*kept: str) -> list[float]:
    """The worst of the three pages for each of what may be kept (tests/bench/settings.py)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = _prepare(folder)
        return [_worst_when_kept(folder, paths, what) for what in kept]


def _worst_when_kept(folder: Path, paths: list[str], what: str) -> float:
    with server.running(folder, KEPT=what) as address:
        print(f"kept: {what}")
        return _measure(address, paths)


def _prepare(folder: Path) -> list[str]:
    """A database with the three pages; the paths as the program that makes it prints them."""
    made = subprocess.run(  # a fixed command of our own
        [sys.executable, "-m", "tests.bench.pages_content"],
        cwd=server.ROOT,
        env=server.environment(folder),
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        timeout=300,
    )
    return made.stdout.split()


def _measure(address: tuple[str, int], paths: list[str]) -> float:
    for path in [HELLO, *paths]:
        client.rate(address, path, WARM_SECONDS)
    ratios: dict[str, list[float]] = {path: [] for path in paths}
    floors = []
    for _ in range(ROUNDS):
        for path in paths:
            floors.append(client.rate(address, HELLO, SECONDS))
            ratios[path].append(client.rate(address, path, SECONDS) / floors[-1])
    print(f"bare view: {median(floors):.0f} requests/s")
    for path in paths:
        size = len(client.fetch(address, path)) / 1000
        print(f"{path}: {median(ratios[path]):.3f} of that, {size:.0f} kB")
    return min(median(found) for found in ratios.values())
