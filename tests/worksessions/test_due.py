"""The pure rules: no database, no clock of its own."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network import clock
from sessions.models import ReminderRule, WorkSession
from sessions.reminders import due
from sessions.reminders.due import Guest
from tests.worksessions.made import at, rule

START = at("2026-12-01 13:30")
MICROSECOND = timedelta(microseconds=1)


def session(**fields) -> WorkSession:
    values = {"pk": 7, "starts_at": START, "ends_at": at("2026-12-01 17:00")}
    told = {"status": "published", "published_at": at("2026-09-01 10:00")}
    return WorkSession(**{**values, **told, **fields})


@pytest.mark.parametrize(
    ("key", "days", "leaves"),
    [
        ("invitation", 28, "2026-11-03 09:00"),
        ("prepare", 7, "2026-11-24 09:00"),
        ("practical", 1, "2026-11-30 09:00"),
        ("after", 1, "2026-12-02 09:00"),
    ],
)
def test_a_rule_counts_days_from_the_session(key, days, leaves):
    assert due.due_at(rule(key, days=days), session()) == at(leaves)


@pytest.mark.parametrize(
    ("start", "leaves"),
    [("2026-03-29 13:30", "2026-03-28T08:00"), ("2026-10-25 13:30", "2026-10-24T07:00")],
)
def test_nine_o_clock_before_the_sunday_of_the_change_is_nine_o_clock(start, leaves):
    moved = session(starts_at=at(start), ends_at=at(start) + timedelta(hours=3))
    assert due.due_at(rule("practical"), moved).isoformat().startswith(leaves)


@pytest.mark.parametrize(("day", "utc_hour"), [("2026-03-29", 7), ("2026-10-25", 8)])
def test_nine_o_clock_on_the_sunday_of_the_change_is_nine_o_clock(day, utc_hour):
    start = at(f"{day} 13:30") + timedelta(days=1)
    changed = session(starts_at=start, ends_at=start + timedelta(hours=3))
    assert due.due_at(rule("practical"), changed).hour == utc_hour


def test_a_time_that_the_spring_night_skips_moves_on_and_one_that_comes_twice_is_the_first():
    assert clock.local(clock.at(date(2026, 3, 29), 2, 30)).time() == time(3, 30)
    assert clock.at(date(2026, 10, 25), 2, 30).hour == 0


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        ("2026-11-30 23:15", "2026-12-01 07:00"),
        ("2026-11-30 02:00", "2026-11-30 07:00"),
        ("2026-11-30 21:59", "2026-11-30 21:59"),
        ("2026-11-30 07:00", "2026-11-30 07:00"),
    ],
)
def test_nothing_leaves_at_night(moment, leaves):
    assert due.by_day(at(moment)) == at(leaves)


@given(st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 1, 1)))
def test_by_day_is_by_day_and_never_earlier(naive):
    moment = naive.replace(tzinfo=clock.BRUSSELS)
    shifted = due.by_day(moment)
    assert 7 <= clock.local(shifted).hour < 22
    assert timedelta() <= shifted - moment <= timedelta(hours=10)


def test_an_invitation_leaves_with_a_late_announcement():
    told = session(published_at=at("2026-11-20 15:10"))
    assert due.due_at(rule("invitation", days=28), told) == at("2026-11-20 15:10")
    told = session(published_at=at("2026-11-20 23:10"))
    assert due.due_at(rule("invitation", days=28), told) == at("2026-11-21 07:00")


SOMEBODY = Guest(1)


def why_not(key, now, *, guest=SOMEBODY, rule_fields=None, **fields):
    one = rule(key, **(rule_fields or {}))
    return due.why_not(one, session(**fields), guest, at(now))


def test_on_time_it_goes():
    assert why_not("practical", "2026-11-30 09:00") == ""
    assert why_not("practical", "2026-11-30 15:00") == ""


def test_six_hours_later_it_is_too_late():
    assert why_not("practical", "2026-11-30 15:01") == due.TOO_LATE


def test_never_after_the_start_even_within_the_grace():
    early = {"rule_fields": {"days": 0, "at": time(9)}}
    assert why_not("practical", "2026-12-01 13:29", **early) == ""
    assert why_not("practical", "2026-12-01 13:30", **early) == due.TOO_LATE


def test_a_rule_that_falls_after_the_start_is_mistimed_and_never_goes():
    late = {"days": 0, "at": time(14)}
    assert due.is_mistimed(rule("practical", **late), session())
    assert why_not("practical", "2026-12-01 14:00", rule_fields=late) == due.TOO_LATE


@pytest.mark.parametrize(
    ("key", "fields", "last"),
    [
        ("practical", {}, at("2026-11-30 15:00")),
        ("practical", {"days": 0}, START - MICROSECOND),
        ("invitation", {"days": 28}, at("2026-11-06 09:00")),
        ("after", {}, at("2026-12-02 15:00")),
    ],
)
def test_the_last_moment_itself_is_still_in_time(key, fields, last):
    one = rule(key, **fields)
    assert due.last_moment(one, session()) == last
    assert due.why_not(one, session(), Guest(1), last) == ""
    assert due.why_not(one, session(), Guest(1), last + MICROSECOND) == due.TOO_LATE


def test_a_rule_at_the_very_start_is_mistimed_and_one_a_minute_before_is_not():
    assert due.is_mistimed(rule("practical", days=0, at=time(13, 30)), session())
    assert not due.is_mistimed(rule("practical", days=0, at=time(13, 29)), session())


def test_an_invitation_may_wait_three_days():
    rule_fields = {"days": 28}
    assert why_not("invitation", "2026-11-06 08:59", rule_fields=rule_fields) == ""
    assert why_not("invitation", "2026-11-06 09:01", rule_fields=rule_fields) == due.TOO_LATE


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"status": "cancelled"}, due.CANCELLED),
        ({"status": "draft"}, due.NOT_PUBLISHED),
        ({"moved_at": at("2026-11-30 10:00")}, due.TOLD_BY_MOVE),
        ({"moved_at": at("2026-11-29 10:00")}, ""),
        # The very moment at which the mail leaves: that of the move says it already.
        ({"moved_at": at("2026-11-30 09:00")}, due.TOLD_BY_MOVE),
        ({"moved_at": at("2026-11-30 09:00") - MICROSECOND}, ""),
    ],
)
def test_the_state_of_the_session_counts(fields, reason):
    assert why_not("practical", "2026-11-30 11:00", **fields) == reason


@pytest.mark.parametrize(
    ("guest", "reason"),
    [
        (None, due.GONE),
        (Guest(1, "no"), "antwoordde intussen nee"),
        (Guest(1, "yes"), ""),
        (Guest(1, joined_on=date(2026, 12, 1)), due.JOINED_LATER),
        (Guest(1, joined_on=date(2026, 11, 30)), ""),
        (Guest(1, unreachable="geen e-mailadres"), "geen e-mailadres"),
    ],
)
def test_the_person_counts(guest, reason):
    assert why_not("practical", "2026-11-30 11:00", guest=guest) == reason


def test_a_rule_switched_off_sends_nothing():
    off = {"is_on": False}
    assert why_not("practical", "2026-11-30 11:00", rule_fields=off) == due.SWITCHED_OFF


@pytest.mark.parametrize(
    ("audience", "answers"),
    [
        ("everyone", ["", "yes", "maybe", "no"]),
        ("not_no", ["", "yes", "maybe"]),
        ("coming", ["yes", "maybe"]),
        ("silent", [""]),
    ],
)
def test_audiences(audience, answers):
    one = rule("nudge", audience=audience)
    assert [a for a in ["", "yes", "maybe", "no"] if due.is_in_audience(one, a)] == answers
    assert audience in ReminderRule.Audience.values


def test_planned_names_everyone_in_the_audience_with_reason():
    rules = [rule("practical"), rule("nudge", audience="silent", days=14)]
    guests = [Guest(1, "yes"), Guest(2), Guest(3, "no"), Guest(4, unreachable="stil")]
    found = list(due.planned(rules, session(), guests, at("2026-11-30 09:00")))
    assert [(one.rule.key, one.person_id, one.reason) for one in found] == [
        ("practical", 1, ""),
        ("practical", 2, ""),
        ("practical", 4, "stil"),
        ("nudge", 2, due.TOO_LATE),
        ("nudge", 4, "stil"),
    ]


def test_the_key_holds_session_start_rule_and_person():
    rules, guests, now = [rule("practical")], [Guest(5)], at("2026-11-30 09:00")
    [one] = due.planned(rules, session(), guests, now)
    assert one.key == "worksession:7:20261201T1230Z:practical:5"
    moved = session(starts_at=START + timedelta(hours=1))
    assert [other.key != one.key for other in due.planned(rules, moved, guests, now)] == [True]
