"""The clock of a test: one moment for everything in it, set before its first row is made.

- Without more a test runs at the real time.
- `TODAY=2028-02-29 pytest` (or `TODAY="2027-10-31 02:30"`) runs every test as at that moment in
  Brussels (noon when no time is given), and so do the processes that a test starts (tests/moved).
- `@pytest.mark.at("2026-11-24 09:00")` gives a test a moment of its own, whatever the day. There
  the clock stands still, unless the mark says tick=True.

From there a test moves its clock with the fixture `time_machine`, and only forward: what was made
before (the cast, an assignment that "ended yesterday") would otherwise lie in its future.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine as machine

from network import clock

TODAY = os.environ.get("TODAY", "")
MOVED = Path(__file__).parent / "moved"
# Days on which a suite, or a demo, may wake up (tests/days.py).
DAYS = (
    "2026-11-30 23:59",
    "2026-12-31 23:59",
    "2027-01-01 00:01",
    "2027-02-14",  # a Sunday
    "2027-03-27 23:30",  # the night before the clock goes forward
    "2027-03-28 03:05",  # just after 02:00 became 03:00
    "2027-03-28",
    "2027-07-21",  # a public holiday
    "2027-10-30 23:30",
    "2027-10-31 02:30",  # an hour that comes twice
    "2027-10-31",
    "2028-02-29",
    "2036-11-26",  # ten years ahead
)
# Those that every `make test` tries with the quick part.
QUICK_DAYS = ("2027-03-28 03:05", "2028-02-29", "2026-12-31 23:59")


def moment_of(text: str) -> datetime:
    """A wall-clock moment in Brussels, aware, in UTC: "2028-02-29" is noon of that day. Raises
    pytest.UsageError for anything else."""
    try:
        wall = datetime.fromisoformat(text if len(text) > len("2028-02-29") else f"{text} 12:00")
    except ValueError:
        raise pytest.UsageError(f"TODAY={text} is no day: say TODAY=2028-02-29.") from None
    return wall.replace(tzinfo=clock.BRUSSELS).astimezone(UTC)


class Hands:
    """Moves the clock of one test, never to before where it stood when the test began."""

    def __init__(self, *, ticks: bool) -> None:
        self.began = clock.real_now()
        self._ticks = ticks
        self._travels: list[machine.travel] = []
        self._last: machine.Traveller | None = None

    def move_to(self, moment: datetime, *, tick: bool | None = None) -> None:
        """It ticks from there, or stands still, as the test's clock does unless `tick` says."""
        assert moment >= self.began, (
            f"The clock of this test began at {self.began} and goes back to {moment}: "
            "give the test that moment with @pytest.mark.at, before its rows are made."
        )
        tick = self._ticks if tick is None else tick
        travel = machine.travel(moment.astimezone(UTC), tick=tick)
        self._last = travel.start()
        self._travels.append(travel)

    def shift(self, by: timedelta | float) -> None:
        """From where it stands now; it goes on ticking, or standing still, as it did."""
        if self._last is None:
            self.move_to(clock.real_now())
        assert self._last
        self._last.shift(by)

    @contextmanager
    def travel(self, moment: datetime, *, tick: bool | None = None) -> Iterator["Hands"]:
        """Inside it is that moment; after it the clock is what it was."""
        last, depth = self._last, len(self._travels)
        self.move_to(moment, tick=tick)
        try:
            yield self
        finally:
            self._back_to(depth)
            self._last = last

    def _back_to(self, depth: int) -> None:
        while len(self._travels) > depth:
            self._travels.pop().stop()

    def end(self) -> None:
        self._back_to(0)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "at(moment, tick=False): when this test takes place")
    if TODAY:
        # What is worked out at import, and what many tests share, is made at that moment too.
        travel = machine.travel(moment_of(TODAY), tick=False)
        travel.start()
        config.add_cleanup(travel.stop)


def pytest_report_header() -> str:
    return f"as on {TODAY} in Brussels" if TODAY else ""


@pytest.fixture(autouse=True)
def time_machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch):
    """Before anything of the test is made; see the top of this file."""
    mark = request.node.get_closest_marker("at")
    if not mark and not TODAY:
        hands = Hands(ticks=True)
        yield hands
        hands.end()
        return
    began = mark.args[0] if mark else TODAY
    began = moment_of(began) if isinstance(began, str) else began.astimezone(UTC)
    ahead = began - _real_now()
    ticks = mark is None or mark.kwargs.get("tick", False)
    with machine.travel(began, tick=ticks):
        monkeypatch.setenv("BUURTPUNT_CLOCK_AHEAD", str(ahead.total_seconds()))
        monkeypatch.setenv("PYTHONPATH", python_path())
        hands = Hands(ticks=ticks)
        yield hands
        hands.end()


def _real_now() -> datetime:
    """The machine's own time, also when the whole run was moved already."""
    hatch = machine.escape_hatch
    return hatch.datetime.datetime.now(UTC) if hatch.is_travelling() else clock.real_now()


def python_path() -> str:
    """With tests/moved in it, from which every Python that a test starts takes its clock."""
    kept = os.environ.get("PYTHONPATH", "")
    return f"{MOVED}{os.pathsep}{kept}" if kept else str(MOVED)
