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
    return f"pages ratio={_worst(page_cache=False):.2f} goal={GOAL_ANEW:.2f}"


def from_the_cache() -> str:
    return f"pages-cached ratio={_worst(page_cache=True):.2f} goal={GOAL_CACHED:.2f}"


def _worst(*, page_cache: bool) -> float:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = _prepare(folder)
        with server.running(folder, PAGE_CACHE=str(int(page_cache))) as address:
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
