"""The timeline in words, for templates/components/mails.html."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from network import clock, formats, quiet
from sessions.models import WorkSession
from sessions.reminders import timeline
from sessions.reminders.timeline import Entry

NEAR_DAYS = 13


@dataclass(frozen=True)
class Moment:
    """One stop on the line; `state` is sent, here (the next one), day or nothing."""

    state: str
    on: str
    title: str
    text: str
    href: str = ""
    label: str = ""


def moments(session: WorkSession, entries: list[Entry], now: datetime) -> list[Moment]:
    """All mails and the session itself, in order."""
    coming = [entry for entry in entries if entry.going]
    shown = [
        (entry.at, _mail(session, entry, now, is_next=coming[:1] == [entry])) for entry in entries
    ]
    shown.append((session.starts_at, _day(session)))
    return [moment for _, moment in sorted(shown, key=lambda pair: pair[0])]


def _mail(session: WorkSession, entry: Entry, now: datetime, *, is_next: bool) -> Moment:
    state = "here" if is_next else "sent" if entry.count(timeline.SENT) else ""
    arguments = [session.edition.slug, session.number, entry.key.replace(":", "-")]
    return Moment(
        state,
        formats.date_day_month(entry.at),
        entry.title,
        sentence(entry, now),
        reverse("worksessions:mail", args=arguments),
        "Wie en wat",
    )


def sentence(entry: Entry, now: datetime) -> str:
    """Verstuurd aan 14 mensen. 2 overgeslagen: te laat."""
    parts = []
    if sent := entry.count(timeline.SENT):
        parts.append(f"Verstuurd aan {_people(sent)}")
    if leaving := entry.count(timeline.PLANNED, timeline.LEAVING):
        parts.append(f"{_leaves(entry, now)} naar {_people(leaving)}")
    if waits := entry.count(timeline.WAITS):
        parts.append(f"Wacht bij {_people(waits)}")
    if failed := entry.count(timeline.FAILED):
        parts.append(f"Mislukt bij {_people(failed)}")
    if unknown := entry.count(timeline.UNKNOWN):
        parts.append(f"Onzeker bij {_people(unknown)}")
    if entry.reasons:
        skipped = sum(entry.reasons.values())
        parts.append(f"{formats.number(skipped)} overgeslagen: {_why(entry)}")
    return ". ".join(parts) + "." if parts else "Voor niemand in deze groep."


def _people(count: int) -> str:
    return formats.plural(count, "mens", "mensen")


def _leaves(entry: Entry, now: datetime) -> str:
    if entry.at <= now and quiet.is_quiet(now) and not entry.is_must:
        return f"Vertrekt om {formats.time_of_day(quiet.by_day(now))}"
    if entry.at <= now:
        return "Vertrekt nu"
    today = clock.local(now).date()
    if (clock.local(entry.at).date() - today).days > NEAR_DAYS:
        return "Vertrekt"  # the day stands above it
    day = formats.relative_day(entry.at, today)
    return f"Vertrekt {day} om {formats.time_of_day(entry.at)}"


def _why(entry: Entry) -> str:
    reasons = entry.reasons.most_common()
    if len(reasons) == 1:
        return reasons[0][0]
    return ", ".join(f"{count} {reason}" for reason, count in reasons)


def _day(session: WorkSession) -> Moment:
    place = f"{formats.time_of_day(session.starts_at)}, {session.place_name}"
    title = f"Werksessie in {session.municipality}"
    return Moment("day", formats.date_day_month(session.starts_at), title, place)
