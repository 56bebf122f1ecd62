from datetime import UTC, date, datetime, timedelta

import pytest

from network import clock
from network.models import ClockOffset

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_offset(monkeypatch):
    monkeypatch.setattr(clock, "_offset_read_at", -10.0)
    monkeypatch.setattr(clock, "_offset", timedelta())


@pytest.mark.at(datetime(2027, 3, 1, 12, 0, tzinfo=UTC))
def test_the_clock_is_the_machines_own_outside_demo_mode(settings):
    settings.DEMO = False
    ClockOffset.objects.create(pk=1, seconds=86400)
    assert clock.now() == datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.at(datetime(2027, 3, 1, 12, 0, tzinfo=UTC))
def test_a_jump_moves_everybody_forward_in_demo_mode(settings):
    settings.DEMO = True
    clock.jump(by=timedelta(days=1))
    clock.jump(by=timedelta(days=7))
    assert clock.now() == datetime(2027, 3, 9, 12, 0, tzinfo=UTC)
    assert clock.real_now() == datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


def test_outside_demo_mode_nobody_can_jump(settings):
    settings.DEMO = False
    with pytest.raises(RuntimeError):
        clock.jump(by=timedelta(days=1))


def test_demo_data_can_have_a_past():
    long_ago = datetime(2019, 3, 21, 9, 0, tzinfo=UTC)
    with clock.standing_at(long_ago):
        assert (clock.now(), clock.today()) == (long_ago, date(2019, 3, 21))
    assert clock.now() > long_ago


def test_a_real_network_has_only_its_own_past(settings):
    settings.PRODUCTION = True
    with pytest.raises(RuntimeError), clock.standing_at(datetime(2019, 3, 21, tzinfo=UTC)):
        pass


@pytest.mark.at(datetime(2027, 3, 1, 23, 30, tzinfo=UTC))
def test_today_is_the_day_in_brussels():
    assert clock.today() == date(2027, 3, 2)


@pytest.mark.parametrize(
    ("day", "hour", "utc"),
    [
        (date(2027, 1, 4), 9, datetime(2027, 1, 4, 8, 0, tzinfo=UTC)),
        (date(2027, 7, 5), 9, datetime(2027, 7, 5, 7, 0, tzinfo=UTC)),
        # 2.00 uur does not exist on the last Sunday of March: an hour on.
        (date(2027, 3, 28), 2, datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        # 2.00 uur comes twice on the last Sunday of October: the first.
        (date(2027, 10, 31), 2, datetime(2027, 10, 31, 0, 0, tzinfo=UTC)),
    ],
)
def test_a_wall_clock_time_becomes_one_moment(day, hour, utc):
    assert clock.at(day, hour) == utc
