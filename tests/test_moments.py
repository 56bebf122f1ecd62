"""The clock of a test (tests/moments.py), and of the processes that it starts."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from network import clock
from tests.moments import DAYS, QUICK_DAYS, TODAY, moment_of

LEAP_DAY = "2028-02-29 10:00"
pytestmark = pytest.mark.both


@pytest.fixture
def made_at():
    return clock.now()


@pytest.mark.at(LEAP_DAY)
def test_what_is_made_for_a_test_is_made_at_its_own_moment(made_at):
    assert made_at == clock.now() == datetime(2028, 2, 29, 9, 0, tzinfo=UTC)


@pytest.mark.at(LEAP_DAY)
def test_the_clock_never_goes_back_to_before_the_cast(time_machine):
    time_machine.move_to(time_machine.began + timedelta(hours=2))
    with pytest.raises(AssertionError, match="pytest.mark.at"):
        time_machine.move_to(time_machine.began - timedelta(seconds=1))


@pytest.mark.at(LEAP_DAY)
def test_after_a_journey_the_clock_is_what_it_was(time_machine):
    with time_machine.travel(time_machine.began + timedelta(days=1)):
        time_machine.shift(timedelta(hours=1))
        assert clock.now() == time_machine.began + timedelta(days=1, hours=1)
    assert clock.now() == time_machine.began


@pytest.mark.at(LEAP_DAY, tick=True)
def test_a_process_that_a_test_starts_has_the_clock_of_the_test():
    asks = "import datetime as d; print(d.datetime.now(d.UTC).isoformat())"
    told = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert abs(datetime.fromisoformat(told.stdout.strip()) - clock.now()) < timedelta(minutes=1)


@pytest.mark.parametrize("day", ["gisteren", "2027-02-29", "29-02-2028"])
def test_what_is_no_day_is_said_before_anything_runs(day):
    with pytest.raises(pytest.UsageError, match="TODAY=2028-02-29"):
        moment_of(day)


def test_the_days_to_try_are_at_least_twelve_and_lie_ahead():
    assert len(DAYS) >= 12 and set(QUICK_DAYS) <= set(DAYS)
    assert moment_of("2027-10-31 02:30") == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    if TODAY:
        assert clock.now() - moment_of(TODAY) < timedelta(minutes=1)
