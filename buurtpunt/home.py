"""What home shows of the running edition: the road of four sessions and the button on top."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from inspiration import access as archive
from inspiration import pictures
from inspiration.models import Event, Presentation
from network import access, clock
from network.models import Edition
from network.pagecache import fragment
from sessions import access as sessions_access
from sessions.models import WorkSession

PHOTOS = 3
PAST, NEXT, LATER, UNKNOWN = "past", "next", "later", ""


@dataclass(frozen=True)
class Stop:
    """One of the four sessions on the road; `session` is None while it is not announced."""

    number: int
    theme: str
    question: str
    session: WorkSession | None = None
    when: str = UNKNOWN

    @property
    def href(self) -> str:
        if self.session is None:
            return ""
        return reverse("worksessions:detail", args=[self.session.edition.slug, self.number])


STOPS = (
    Stop(
        1,
        "Participatie en communicatie",
        "Wie woont er, wie wil mee, en hoe krijg je het hele dorp aan tafel?",
    ),
    Stop(
        2,
        "Invulling en opstart",
        "Winkel, café, halte of werkplek: jullie kiezen wat er onder één dak komt.",
    ),
    Stop(
        3,
        "Juridisch en financieel kader",
        "Vzw of coöperatie, vergunningen, en een kas die op het einde van de maand klopt.",
    ),
    Stop(
        4, "Kansen", "Een panel van experts buigt zich over de vragen waar jullie nog mee zitten."
    ),
)


@dataclass(frozen=True)
class Call:
    """The one button on top of home, which follows the season."""

    label: str
    href: str


def shown_edition() -> Edition | None:
    """The edition whose road is on home: the running one, else the newest that is public."""
    return access.public_editions().order_by("-is_current", "-starts_on", "pk").first()


def road(edition: Edition | None) -> list[Stop]:
    """The four stops with the dates of an edition; what is cancelled has no date."""
    rows = sessions_access.announced_sessions(edition) if edition else []
    return _with_dates(rows)


def _with_dates(rows: Iterable[WorkSession]) -> list[Stop]:
    now = clock.now()
    held = {row.number: row for row in rows if not row.is_cancelled}
    ahead = sorted((row for row in held.values() if row.ends_at > now), key=lambda r: r.starts_at)
    nearest = ahead[0].pk if ahead else None
    return [_dated(stop, held.get(stop.number), nearest) for stop in STOPS]


def _dated(stop: Stop, session: WorkSession | None, nearest: int | None) -> Stop:
    if session is None:
        return stop
    return replace(stop, theme=session.theme, session=session, when=_when(session, nearest))


def _when(session: WorkSession, nearest: int | None) -> str:
    if session.pk == nearest:
        return NEXT
    return LATER if session.ends_at > clock.now() else PAST


def call(edition: Edition | None, stops: list[Stop]) -> Call:
    """Follow the edition that runs; between editions, begin yourself."""
    if edition and edition.is_current and any(stop.when == NEXT for stop in stops):
        return Call("Volg het traject", "#traject")
    return Call("Begin er zelf aan", reverse("join"))


def body() -> SafeString:
    """All of home, the same for every visitor: made once until something public changes."""
    return fragment("home", _body)


def _body() -> str:
    edition = shown_edition()
    stops = road(edition)
    context = {
        "road": stops,
        "call": call(edition, stops),
        "news": access.published_news()[:1],
        **_inspiration(),
    }
    return render_to_string("buurtpunt/_home.html", context)


def _inspiration() -> dict[str, Any]:
    """Where the Inspiratiedag is kept, and something of the newest day in the archive."""
    events = list(archive.archive())
    days = [event for event in events if event.kind == Event.Kind.INSPIRATION]
    newest = next((event for event in events if _holds_something(event)), None)
    return {
        "first_day": days[-1] if days else None,
        "newest": newest,
        "wall": _wall(newest) if newest else "",
        "talks": _talks(newest) if newest else [],
    }


def _holds_something(event: Event) -> bool:
    return bool(event.photo_count or event.presentation_count)  # type: ignore[attr-defined]


def _wall(event: Event) -> SafeString:
    photos = archive.public_photos().filter(album__event=event).select_related("file")
    return pictures.wall(list(photos[:PHOTOS]), event.slug, big_first=True, at_once=0)


def _talks(event: Event) -> list[tuple[Presentation, SafeString | str]]:
    shown = archive.presentations_of(event).filter(slide_count__gt=0)[:1]
    return [(talk, _poster(talk)) for talk in shown]


def _poster(talk: Presentation) -> SafeString | str:
    slides = talk.first_slides  # type: ignore[attr-defined]  # prefetched
    return pictures.slide_picture(slides[0], talk.file, sizes="11rem") if slides else ""
