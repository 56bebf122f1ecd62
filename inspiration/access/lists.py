"""Lists for public pages, with what their templates need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from inspiration.access.public import public_events, public_photos, public_presentations
from inspiration.models import (
    Album,
    Appearance,
    Event,
    Photo,
    Presentation,
    ProgrammeItem,
    Slide,
    Speaker,
)


def archive() -> QuerySet[Event]:
    """Published events with their numbers and the key of a cover photo in `cover_id`."""
    covers = public_photos().filter(album__event=OuterRef("pk"))
    return public_events().annotate(
        photo_count=number_of(public_photos(), "album__event"),
        presentation_count=number_of(public_presentations(), "event"),
        cover_id=Subquery(covers.order_by("album__position", "position", "pk").values("pk")[:1]),
    )


def number_of(rows: QuerySet, event: str) -> Coalesce:
    """How many of these rows each event has; `event` leads from a row to it. Counted apart: a
    join of 200 photos and 20 presentations would be 4000 rows to count."""
    mine = rows.filter(**{event: OuterRef("pk")}).order_by().values(event)
    return Coalesce(Subquery(mine.annotate(number=Count("pk")).values("number")), 0)


def covers(events: Iterable[Event]) -> dict[int, Photo]:
    """The cover photos of events from `archive`, by key."""
    wanted = [event.cover_id for event in events]  # type: ignore[attr-defined]  # annotated
    return public_photos().select_related("file").in_bulk([key for key in wanted if key])


def programme_of(event: Event) -> QuerySet[ProgrammeItem]:
    """Parts of the day with their speakers and, in `public_talks`, the published presentations."""
    talks = Presentation.objects.filter(state=Presentation.State.PUBLISHED)
    return event.items.prefetch_related(
        Prefetch("appearances", Appearance.objects.select_related("speaker__person")),
        Prefetch("presentations", talks, to_attr="public_talks"),
    )


def albums_of(event: Event) -> QuerySet[Album]:
    """Published albums that hold at least one published photo, with `photo_count`."""
    shown = Q(photos__state=Photo.State.PUBLISHED)
    albums = event.albums.filter(published_at__isnull=False)
    counted = albums.annotate(photo_count=Count("photos", filter=shown))
    return counted.filter(photo_count__gt=0).order_by("position", "pk")


def photos_of(album: Album) -> QuerySet[Photo]:
    """What the public sees of an album, in its order."""
    return album.photos.filter(state=Photo.State.PUBLISHED).select_related("file")


def first_photos(event: Event, count: int) -> dict[int, list[Photo]]:
    """The first published photos of each album, by the album's key; one query for all."""
    place = Window(RowNumber(), partition_by=F("album"), order_by=["position", "pk"])
    photos = public_photos().filter(album__event=event).annotate(place=place)
    found: dict[int, list[Photo]] = {}
    shown = photos.filter(place__lte=count).select_related("file")
    for photo in shown.order_by("album", "position", "pk"):
        found.setdefault(photo.album_id, []).append(photo)
    return found


def presentations_of(event: Event) -> QuerySet[Presentation]:
    return with_faces(event.presentations.filter(state=Presentation.State.PUBLISHED))


def speakers_of(presentation: Presentation) -> QuerySet[Appearance]:
    """Who held the talk that a presentation belongs to."""
    held = Appearance.objects.filter(item__presentations=presentation)
    return held.select_related("speaker__person")


def presentations_by(speaker: Speaker) -> QuerySet[Presentation]:
    mine = public_presentations().filter(item__appearances__speaker=speaker)
    return with_faces(mine.select_related("event").order_by("-event__starts_at", "position", "pk"))


def with_faces(presentations: QuerySet[Presentation]) -> QuerySet[Presentation]:
    """With the first slide, if there is one, in `first_slides`."""
    return presentations.select_related("file").prefetch_related(
        Prefetch("slides", Slide.objects.filter(number=1), to_attr="first_slides")
    )


def appearances_of(speaker: Speaker) -> QuerySet[Appearance]:
    shown = speaker.appearances.filter(item__event__in=public_events())
    return shown.select_related("item__event").order_by("-item__event__starts_at", "pk")


@dataclass(frozen=True)
class Place:
    """Where a photo stands in its album, with the ids of the photos around it."""

    number: int
    count: int
    first: str
    previous: str
    next: str
    last: str


def place_of(photo: Photo) -> Place:
    """One query: the ids of an album are few and short."""
    ids = list(photos_of(photo.album).values_list("public_id", flat=True))
    at = ids.index(photo.public_id)
    return Place(
        number=at + 1,
        count=len(ids),
        first=ids[0] if at else "",
        previous=ids[at - 1] if at else "",
        next=ids[at + 1] if at + 1 < len(ids) else "",
        last=ids[-1] if at + 1 < len(ids) else "",
    )
