"""What the coordinator keeps: drafts, what waits, what was taken away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.http import Http404
from django.shortcuts import get_object_or_404

from inspiration.access.lists import number_of, with_faces
from inspiration.access.public import visible_events
from inspiration.models import (
    Event,
    Photo,
    Presentation,
    ProgrammeItem,
    Speaker,
    TakedownRequest,
)
from network import access as ground
from network.models import Edition, StoredFile


def coordinated_editions_or_404(user: Any) -> QuerySet[Edition]:
    """Editions whose archive this person keeps; 404 for who keeps none."""
    editions = ground.coordinated_editions(user)
    if not editions.exists():
        raise Http404
    return editions


def coordinated_events_or_404(user: Any) -> QuerySet[Event]:
    """For the coordinator's list, with numbers of what there is and of what waits."""
    photos = Photo.objects.exclude(file__path="")  # neither refused nor removed for good
    talks = Presentation.objects.exclude(file__path="")
    asked = TakedownRequest.objects.filter(decided_at__isnull=True)
    return Event.objects.filter(edition__in=coordinated_editions_or_404(user)).annotate(
        photo_count=number_of(photos, "album__event"),
        presentation_count=number_of(talks, "event"),
        open_takedowns=number_of(asked, "photo__album__event"),
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
    """Photos that still have their file (neither refused nor removed for good), what waits
    first: what the gate page shows. `is_asked_away`: a request is open."""
    waits = Case(When(state=Photo.State.DRAFT, then=0), default=1)
    asked = TakedownRequest.objects.filter(photo=OuterRef("pk"), decided_at__isnull=True)
    kept = all_photos_of(event).exclude(file__path="").annotate(is_asked_away=Exists(asked))
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
    unready = _files_of(event).exclude(state=StoredFile.State.READY)
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


def unusable_file_or_404(event: Event, file_id: UUID) -> StoredFile:
    """A file of the event that was refused, or failed."""
    ended = [StoredFile.State.REFUSED, StoredFile.State.FAILED]
    return get_object_or_404(_files_of(event).filter(state__in=ended), pk=file_id)


def failed_file_or_404(event: Event, file_id: UUID) -> StoredFile:
    """One that can be tried again."""
    return get_object_or_404(_files_of(event).filter(state=StoredFile.State.FAILED), pk=file_id)


def _files_of(event: Event) -> QuerySet[StoredFile]:
    mine = Q(photo__album__event=event) | Q(presentation__event=event)
    return StoredFile.objects.filter(mine)


def all_presentations_of(event: Event) -> QuerySet[Presentation]:
    """Those whose file was not refused."""
    return with_faces(event.presentations.exclude(file__path=""))


def presentation_of_event_or_404(event: Event, slug: str) -> Presentation:
    presentations = event.presentations.select_related("file", "item", "event")
    return get_object_or_404(presentations, slug=slug)


def item_of_event_or_404(event: Event, number: int) -> ProgrammeItem:
    return get_object_or_404(event.items, pk=number)


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
