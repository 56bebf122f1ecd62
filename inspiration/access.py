"""The one door to the archive: the public sees what is published and past the gate, the
coordinator of the edition the drafts as well. Invisible is 404, taken away 410, not yours 403."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, When, Window
from django.db.models.functions import RowNumber
from django.http import Http404
from django.shortcuts import get_object_or_404

from inspiration.models import (
    Album,
    Appearance,
    Event,
    Photo,
    Presentation,
    ProgrammeItem,
    Slide,
    Speaker,
    TakedownRequest,
)
from network import access as ground
from network.models import Edition, StoredFile


class Gone(Exception):
    """The object was on the site and was taken away: the view answers 410."""


# What the public sees


def public_events() -> QuerySet[Event]:
    return Event.objects.published()


def public_photos() -> QuerySet[Photo]:
    return Photo.objects.published()


def public_presentations() -> QuerySet[Presentation]:
    return Presentation.objects.published()


def public_albums() -> QuerySet[Album]:
    return Album.objects.filter(
        published_at__isnull=False,
        event__published_at__isnull=False,
        event__edition__is_public=True,
    )


def visible_events(user: Any) -> QuerySet[Event]:
    """Published events, and the drafts of the editions that this person coordinates."""
    return Event.objects.filter(
        Q(published_at__isnull=False, edition__is_public=True)
        | Q(edition__in=ground.coordinated_editions(user))
    )


def event_or_404(user: Any, slug: str) -> Event:
    return get_object_or_404(visible_events(user), slug=slug)


def album_or_404(event: str, slug: str) -> Album:
    albums = public_albums().select_related("event")
    return get_object_or_404(albums, event__slug=event, slug=slug)


def photo_or_404(event: str, public_id: str) -> Photo:
    """A published photo. Raises Gone for one that was taken away."""
    photos = Photo.objects.filter(album__in=public_albums()).select_related("file", "album__event")
    photo = get_object_or_404(photos, album__event__slug=event, public_id=public_id)
    _answer_for_state(photo.state)
    return photo


def presentation_or_404(event: str, slug: str) -> Presentation:
    """A published presentation. Raises Gone for one that was taken away."""
    presentations = Presentation.objects.filter(event__in=public_events())
    found = get_object_or_404(
        presentations.select_related("file", "event", "item"), event__slug=event, slug=slug
    )
    _answer_for_state(found.state)
    return found


def _answer_for_state(state: str) -> None:
    if state == Photo.State.WITHDRAWN:
        raise Gone
    if state != Photo.State.PUBLISHED:
        raise Http404


def speaker_or_404(slug: str) -> Speaker:
    """A speaker has a page once one of the talks is public."""
    spoke = Q(appearances__item__event__in=public_events())
    return get_object_or_404(
        Speaker.objects.filter(spoke).select_related("person").distinct(), slug=slug
    )


# Lists for public pages, with what their templates need


def archive() -> QuerySet[Event]:
    """Published events with their numbers and the key of a cover photo in `cover_id`."""
    covers = public_photos().filter(album__event=OuterRef("pk"))
    photos = Q(albums__published_at__isnull=False, albums__photos__state=Photo.State.PUBLISHED)
    talks = Q(presentations__state=Presentation.State.PUBLISHED)
    return (  # ordered by hand: a counted query drops the order of the model
        public_events()
        .annotate(
            photo_count=Count("albums__photos", filter=photos, distinct=True),
            presentation_count=Count("presentations", filter=talks, distinct=True),
            cover_id=Subquery(
                covers.order_by("album__position", "position", "pk").values("pk")[:1]
            ),
        )
        .order_by("-starts_at", "pk")
    )


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


def posters_of(event: Event) -> QuerySet[Presentation]:
    """Published presentations with the first slide in `first_slides`, for where nobody is named."""
    first = Prefetch("slides", Slide.objects.filter(number=1), to_attr="first_slides")
    found = public_presentations().filter(event=event)
    return found.select_related("file", "event").prefetch_related(first)


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


# What the coordinator keeps


def coordinated_editions(user: Any) -> QuerySet[Edition]:
    """Editions whose archive this person keeps; 403 for who keeps none."""
    editions = ground.coordinated_editions(user)
    if not editions.exists():
        raise PermissionDenied
    return editions


def coordinated_events(user: Any) -> QuerySet[Event]:
    """For the coordinator's list, with numbers of what waits."""
    return (
        Event.objects.filter(edition__in=coordinated_editions(user))
        .annotate(
            photo_count=Count("albums__photos", distinct=True),
            presentation_count=Count("presentations", distinct=True),
            open_takedowns=Count(
                "albums__photos__takedowns",
                filter=Q(albums__photos__takedowns__decided_at__isnull=True),
                distinct=True,
            ),
        )
        .order_by("-starts_at", "pk")
    )


def coordinated_event_or_404(user: Any, slug: str) -> Event:
    """An event of an edition that this person coordinates; 403 when it is visible, not theirs."""
    event = get_object_or_404(visible_events(user).select_related("edition"), slug=slug)
    if not ground.coordinated_editions(user).filter(pk=event.edition_id).exists():
        raise PermissionDenied
    return event


def all_photos_of(event: Event) -> QuerySet[Photo]:
    photos = Photo.objects.filter(album__event=event)
    return photos.select_related("file", "album").order_by("album__position", "position", "pk")


def photo_of_event_or_404(event: Event, public_id: str) -> Photo:
    return get_object_or_404(all_photos_of(event), public_id=public_id)


def kept_photos_of(event: Event) -> QuerySet[Photo]:
    """Photos whose file was not refused, what waits first: what the gate page shows."""
    waits = Case(When(state=Photo.State.DRAFT, then=0), default=1)
    kept = all_photos_of(event).exclude(file__state=StoredFile.State.REFUSED)
    return kept.order_by(waits, "album__position", "position", "pk")


@dataclass(frozen=True)
class Work:
    """What an event still asks of its coordinator."""

    unready: list[StoredFile]
    photos: int
    published: int
    publishable: int
    undescribed: int
    not_allowed: int


def work_of(event: Event) -> Work:
    """Two queries, whatever the number of photos."""
    mine = Q(photo__album__event=event) | Q(presentation__event=event)
    unready = StoredFile.objects.filter(mine).exclude(state=StoredFile.State.READY)
    photos = list(kept_photos_of(event))
    drafts = [photo for photo in photos if photo.state == Photo.State.DRAFT]
    publishable = sum(not photo.missing for photo in drafts)
    not_allowed = sum(photo.missing == [Photo.CONSENT] for photo in drafts)
    return Work(
        unready=list(unready.order_by("created_at", "pk")),
        photos=len(photos),
        published=sum(photo.state == Photo.State.PUBLISHED for photo in photos),
        publishable=publishable,
        undescribed=len(drafts) - publishable - not_allowed,
        not_allowed=not_allowed,
    )


def refused_file_or_404(event: Event, file_id: UUID) -> StoredFile:
    mine = Q(photo__album__event=event) | Q(presentation__event=event)
    refused = StoredFile.objects.filter(mine, state=StoredFile.State.REFUSED)
    return get_object_or_404(refused, pk=file_id)


def all_presentations_of(event: Event) -> QuerySet[Presentation]:
    return with_faces(event.presentations.all())


def presentation_of_event_or_404(event: Event, slug: str) -> Presentation:
    presentations = event.presentations.select_related("file", "item", "event")
    return get_object_or_404(presentations, slug=slug)


def album_of_event_or_404(event: Event, slug: str) -> Album:
    return get_object_or_404(event.albums, slug=slug)


def item_of_event_or_404(event: Event, number: int) -> ProgrammeItem:
    return get_object_or_404(programme_of(event), pk=number)


def open_takedowns(event: Event) -> QuerySet[TakedownRequest]:
    waiting = TakedownRequest.objects.filter(photo__album__event=event, decided_at__isnull=True)
    return waiting.select_related("photo__file", "photo__album")


def open_takedown_or_404(event: Event, public_id: str) -> TakedownRequest:
    return get_object_or_404(open_takedowns(event), photo__public_id=public_id)


def draft_file_or_404(user: Any, public_name: str) -> StoredFile:
    """The file of a photo or presentation that this person keeps, published or not."""
    mine = Event.objects.filter(edition__in=ground.coordinated_editions(user))
    files = StoredFile.objects.filter(
        Q(photo__album__event__in=mine) | Q(presentation__event__in=mine)
    )
    return get_object_or_404(files, public_name=public_name)


def speakers() -> QuerySet[Speaker]:
    """Everyone who ever spoke, for the coordinator's choice in a form."""
    return Speaker.objects.select_related("person")


def open_requests_count(user: Any) -> int:
    """How many takedown requests wait for this coordinator: for the start page."""
    return TakedownRequest.objects.filter(
        decided_at__isnull=True,
        photo__album__event__edition__in=ground.coordinated_editions(user),
    ).count()
