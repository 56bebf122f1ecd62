"""What everyone sees: published and past the gate."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from inspiration.models import Album, Event, Photo, Presentation, Speaker
from inspiration.models.events import event_is_public
from network import access as ground


class Gone(Exception):
    """The object was on the site and was taken away: the view answers 410."""


def public_events() -> QuerySet[Event]:
    return Event.objects.published()


def public_photos() -> QuerySet[Photo]:
    return Photo.objects.published()


def public_presentations() -> QuerySet[Presentation]:
    return Presentation.objects.published()


def public_albums() -> QuerySet[Album]:
    return Album.objects.published()


def visible_events(user: Any) -> QuerySet[Event]:
    """Published events, and the drafts of the editions that this person coordinates."""
    mine = Q(edition__in=ground.coordinated_editions(user))
    return Event.objects.filter(event_is_public() | mine)


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
