from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions import calendars
from tests.at_once import at_once

BRUSSELS = ZoneInfo("Europe/Brussels")
START = datetime(2026, 12, 1, 12, 30, tzinfo=UTC)
MADE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ENTRY = calendars.Entry(
    uid="werksessie-0b5d@buurtpunt.example",
    title="Werksessie 2: invulling en opstart",
    starts_at=START,
    ends_at=START + timedelta(hours=3, minutes=30),
    place="Zaal De Klok, Dorpsplein 3, 8999 Molendonk",
    description="Breng mee: de resultaten; jullie één foto, en goesting",
    url="https://buurtpunt.example/werksessies/2026/2/",
    changed_at=datetime(2026, 11, 1, 9, 0, tzinfo=UTC),
)
COORDINATOR = calendars.Mailbox("Els Wouters", "els@netwerk.example")
MARIE = calendars.Mailbox("Marie Devos", "marie@molendonk.example")


def parse(data: bytes) -> tuple[icalendar.Calendar, icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(data)
    [event] = calendar.walk("VEVENT")
    return calendar, event


def requested(**changes: object) -> bytes:
    values = {"organiser": COORDINATOR, "guest": MARIE, "is_certain": True, "sequence": 3}
    return calendars.request(ENTRY, made_at=MADE, **{**values, **changes})


def test_a_download_asks_nobody_anything():
    calendar, event = parse(calendars.publish(ENTRY, sequence=4, made_at=MADE))
    assert calendar["METHOD"] == "PUBLISH"
    assert "ATTENDEE" not in event
    assert "ORGANIZER" not in event
    assert event["UID"] == ENTRY.uid
    assert event["SEQUENCE"] == 4
    assert event["STATUS"] == "CONFIRMED"


def test_a_download_of_a_cancelled_session_says_so():
    data = calendars.publish(ENTRY, sequence=5, made_at=MADE, is_cancelled=True)
    calendar, event = parse(data)
    assert (calendar["METHOD"], event["STATUS"]) == ("PUBLISH", "CANCELLED")


def test_what_was_written_is_read_back():
    _, event = parse(requested())
    assert event["SUMMARY"] == ENTRY.title
    assert event["LOCATION"] == ENTRY.place
    assert event["DESCRIPTION"] == f"{ENTRY.url}\n\n{ENTRY.description}"
    assert event["URL"] == ENTRY.url
    assert event.decoded("DTSTART") == ENTRY.starts_at
    assert event.decoded("DTEND") == ENTRY.ends_at
    assert event.decoded("DTSTAMP") == MADE
    assert event.decoded("LAST-MODIFIED") == ENTRY.changed_at
    assert event["DTSTART"].params["TZID"] == "Europe/Brussels"


@pytest.mark.parametrize(("is_certain", "part"), [(True, "ACCEPTED"), (False, "TENTATIVE")])
def test_a_yes_is_a_request_with_one_attendee(is_certain: bool, part: str):
    calendar, event = parse(requested(is_certain=is_certain))
    assert calendar["METHOD"] == "REQUEST"
    assert event["ATTENDEE"] == "mailto:marie@molendonk.example"
    assert event["ATTENDEE"].params["PARTSTAT"] == part
    assert event["ATTENDEE"].params["RSVP"] == "FALSE"
    assert event["ORGANIZER"] == "mailto:els@netwerk.example"
    assert event["ORGANIZER"].params["CN"] == "Els Wouters"


def test_a_no_afterwards_takes_the_same_entry_away():
    data = calendars.cancel(ENTRY, organiser=COORDINATOR, guest=MARIE, sequence=4, made_at=MADE)
    calendar, event = parse(data)
    assert (calendar["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert event["UID"] == parse(requested())[1]["UID"]
    assert event["SEQUENCE"] == 4


def test_lines_end_in_crlf_and_hold_75_octets_at_most():
    name = calendars.Mailbox("Eléonore de Béthune–Łukasiewicz " * 4, "e@dorp.example")
    data = requested(guest=name)
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert parse(data)[1]["ATTENDEE"].params["CN"] == name.name


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), max_size=200))
def test_any_text_survives(text: str):
    entry = calendars.Entry(**{**ENTRY.__dict__, "title": text, "place": text})
    data = calendars.publish(entry, sequence=0, made_at=MADE)
    _, event = parse(data)
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == (text, text)
    assert max(len(line) for line in data.split(b"\r\n")) <= 75


def test_a_session_past_midnight_keeps_its_end():
    entry = calendars.Entry(**{**ENTRY.__dict__, "ends_at": START + timedelta(hours=12)})
    _, event = parse(calendars.publish(entry, sequence=0, made_at=MADE))
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(hours=12)


@pytest.mark.parametrize("year", range(2019, 2038, 3))
def test_the_zone_in_the_file_turns_when_tzdata_does(year: int):
    """Read with the file's own rules, as a calendar does that does not know the zone's name."""
    data = calendars.publish(ENTRY, sequence=0, made_at=MADE)
    zone = icalendar.Calendar.from_ical(
        data.replace(b"Europe/Brussels", b"Eigen zone")
    ).walk("VTIMEZONE")[0].to_tz()  # fmt: skip
    for month in (3, 10):
        last = max(date(year, month, day) for day in range(25, 32) if _is_sunday(year, month, day))
        for minutes in range(-180, 600, 30):
            wall = datetime(last.year, last.month, last.day) + timedelta(minutes=minutes)
            if _exists_once(wall):
                assert wall.replace(tzinfo=zone).utcoffset() == _offset(wall), wall


def _is_sunday(year: int, month: int, day: int) -> bool:
    return date(year, month, day).weekday() == 6


def _offset(wall: datetime) -> timedelta | None:
    return wall.replace(tzinfo=BRUSSELS).utcoffset()


def _exists_once(wall: datetime) -> bool:
    return _offset(wall) == wall.replace(tzinfo=BRUSSELS, fold=1).utcoffset()


def test_eight_threads_write_the_calendar_that_one_writes():
    """They share the parts about summer time, which are made once and only read."""
    calendars._brussels.cache_clear()
    together = at_once(lambda number: [requested(sequence=number) for _ in range(5)], range(8))
    assert together == [[requested(sequence=number)] * 5 for number in range(8)]
