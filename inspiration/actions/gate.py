"""What the actions of the archive share: the gate, and what opens with an event."""

from __future__ import annotations

from typing import Any

from django.db.models import Max, Q

from inspiration import access
from inspiration.models import Album, Event, Photo
from network import clock
from network.models import StoredFile

Exposure = StoredFile.Exposure


def hold(event: Event) -> Event:
    """The event, for this transaction alone: whoever publishes or takes away waits here, before
    anything is read, so that what is opened is what is public then. Always the first lock."""
    return Event.objects.select_for_update(of=("self",)).get(pk=event.pk)


def exposure_of(state: str, *, shown: bool) -> str:
    if state == Photo.State.WITHDRAWN:
        return Exposure.WITHDRAWN
    return Exposure.PUBLIC if shown else Exposure.PRIVATE


def expose_files(event: Event) -> None:
    """The pictures of the event are as public as what they belong to; who calls holds the event.
    What was taken away stays away."""
    photos = access.public_photos().filter(album__event=event).values("file")
    talks = access.public_presentations().filter(event=event).values("file")
    mine = StoredFile.objects.exclude(exposure=Exposure.WITHDRAWN).filter(
        Q(photo__album__event=event) | Q(presentation__event=event)
    )
    mine.update(exposure=Exposure.PRIVATE)
    for shown in (photos, talks):
        mine.filter(pk__in=shown).update(exposure=Exposure.PUBLIC)


def publish_albums(event: Event) -> None:
    """An album is public with its first photo."""
    filled = event.albums.filter(photos__state=Photo.State.PUBLISHED, published_at__isnull=True)
    Album.objects.filter(pk__in=filled.values("pk")).update(published_at=clock.now())


def next_position(rows: Any) -> int:
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1
