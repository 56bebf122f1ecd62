"""Calendar objects of one work session, as RFC 5545 and 5546 want them.

Three cases and no more: a download for anyone (PUBLISH, never an attendee), an entry for one
person who said yes (REQUEST, exactly that attendee) and its withdrawal (CANCEL). The UID is
the session's own and never changes; SEQUENCE only rises, so that a calendar moves an entry
instead of doubling it. Pure: the caller gives every moment.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vRecur,
    vText,
)

from network import plain_names

ZONE_NAME = "Europe/Brussels"
ZONE = ZoneInfo(ZONE_NAME)
PRODUCT = "-//ons buurtpunt//werksessies//NL"


@dataclass(frozen=True)
class Entry:
    """What every calendar shows of one work session."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    description: str
    url: str
    changed_at: datetime


@dataclass(frozen=True)
class Mailbox:
    name: str
    address: str


def publish(entry: Entry, *, sequence: int, made_at: datetime, is_cancelled: bool = False) -> bytes:
    """The download on the page: no attendee, no organiser, nobody is asked anything."""
    event = _event(entry, sequence, made_at, is_cancelled=is_cancelled)
    return _calendar("PUBLISH", event)


def request(
    entry: Entry,
    *,
    organiser: Mailbox,
    guest: Mailbox,
    is_certain: bool,
    sequence: int,
    made_at: datetime,
) -> bytes:
    """The entry for one person who answered yes, or maybe when not `is_certain`."""
    event = _event(entry, sequence, made_at, is_cancelled=False)
    _add_people(event, organiser, guest, "ACCEPTED" if is_certain else "TENTATIVE")
    return _calendar("REQUEST", event)


def cancel(
    entry: Entry, *, organiser: Mailbox, guest: Mailbox, sequence: int, made_at: datetime
) -> bytes:
    """Takes the entry out of one person's calendar again."""
    event = _event(entry, sequence, made_at, is_cancelled=True)
    _add_people(event, organiser, guest, "DECLINED")
    return _calendar("CANCEL", event)


def _calendar(method: str, event: Event) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_brussels())
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(entry: Entry, sequence: int, made_at: datetime, *, is_cancelled: bool) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", sequence)
    event.add("dtstamp", made_at)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", entry.starts_at.astimezone(ZONE))
    event.add("dtend", entry.ends_at.astimezone(ZONE))
    event.add("summary", entry.title)
    event.add("location", entry.place)
    event.add("description", f"{entry.url}\n\n{entry.description}".strip())
    event.add("url", entry.url)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    return event


def _add_people(event: Event, organiser: Mailbox, guest: Mailbox, part: str) -> None:
    event.add("organizer", _address(organiser))
    attendee = _address(guest)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText(part)
    # Nobody has to answer again in the calendar: the answer was given here.
    attendee.params["RSVP"] = vText("FALSE")
    event.add("attendee", attendee)


def _address(mailbox: Mailbox) -> vCalAddress:
    address = vCalAddress(f"mailto:{mailbox.address}")
    address.params["CN"] = vText(plain_names.neutral(mailbox.name))
    return address


@cache
def _brussels() -> Timezone:
    """Summer time by the European rule that holds since 1996, as two rules without an end.

    icalendar's own `add_missing_timezones` costs 5 ms each time and writes the change of
    March an hour late; a test holds these rules against tzdata year by year.
    """
    zone = Timezone()
    zone.add("tzid", ZONE_NAME)
    zone.add_component(_turn(TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), 1, 2))
    zone.add_component(_turn(TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), 2, 1))
    return zone


def _turn(
    part: TimezoneDaylight | TimezoneStandard, name: str, first: datetime, before: int, after: int
) -> TimezoneDaylight | TimezoneStandard:
    part.add("tzname", name)
    part.add("dtstart", first)
    part.add("tzoffsetfrom", timedelta(hours=before))
    part.add("tzoffsetto", timedelta(hours=after))
    part.add("rrule", vRecur(FREQ="YEARLY", BYMONTH=first.month, BYDAY="-1SU"))
    return part
