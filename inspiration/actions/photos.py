"""Photos: describe, publish, withdraw, and put in order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from inspiration import access, indexing, photo_dates
from inspiration.actions.gate import expose_files, exposure_of, hold, publish_albums
from inspiration.models import Event, Photo
from network import audit, files, pagecache
from network.models import Person
from network.refusal import Refused


def describe_photo(
    *, photo: Photo, by: Person, seen: Mapping[str, str] | None = None, **words: Any
) -> dict[str, Any]:
    """Alt text, caption, credit, consent, day. Taking away what the gate asks takes the photo off
    the site.

    seen: what stood on the page where the words were changed. Gives what somebody else saved
    since, by field: it stays, and an old page only makes the consent stricter.
    """
    with transaction.atomic():
        photo = locked(photo)
        kept = _saved_since(photo, words, seen) if seen is not None else {}
        changed = [
            name
            for name, value in words.items()
            if name not in kept and getattr(photo, name) != value
        ]
        if not changed:
            return kept
        for name in changed:
            setattr(photo, name, words[name])
        state = []
        if photo.state == Photo.State.PUBLISHED and photo.missing:
            photo.state, state = Photo.State.DRAFT, ["state"]
        photo.save(update_fields=changed + state)
        _photo_changed(photo)
        audit.record(by=by, verb="photo.described", obj=photo, fields=changed)
    return kept


def _saved_since(photo: Photo, words: dict[str, Any], seen: Mapping[str, str]) -> dict[str, Any]:
    kept = {}
    for name, value in words.items():
        stands = getattr(photo, name)
        # A page of release 1.0.0 does not say what stood on it: of its consent it may be old.
        is_old = not photo.same_words(seen[name], stands) if name in seen else name == "consent"
        if is_old and value != stands and not (name == "consent" and photo.is_tightened_by(value)):
            kept[name] = stands
    return kept


def credit_photos(*, event: Event, by: Person, credit: str, consent: str = "") -> int:
    """Fill in the photographer (and who is on it) where it is still open; gives how many."""
    with transaction.atomic():
        nameless = access.all_photos_of(event).filter(credit="").order_by()
        count = Photo.objects.filter(pk__in=nameless.values("pk")).update(credit=credit)
        if consent:
            unseen = access.all_photos_of(event).filter(consent=Photo.Consent.UNKNOWN).order_by()
            count += Photo.objects.filter(pk__in=unseen.values("pk")).update(consent=consent)
        audit.record(by=by, verb="photos.credited", obj=event, count=count)
    return count


def publish_photos(*, event: Event, by: Person) -> int:
    """All drafts of the event that are past the gate; gives how many."""
    with transaction.atomic():
        event = hold(event)
        drafts = access.all_photos_of(event).filter(state=Photo.State.DRAFT)
        ready = [row for row in drafts.select_for_update(of=("self",)) if not row.missing]
        keys = [photo.pk for photo in ready]
        Photo.objects.filter(pk__in=keys).update(state=Photo.State.PUBLISHED)
        for photo in ready:
            photo.state = Photo.State.PUBLISHED
            indexing.index_photo(photo)
        publish_albums(event)
        expose_files(event)
        pagecache.bump()
        audit.record(by=by, verb="photos.published", obj=event, photos=keys)
    return len(ready)


def withdraw_photo(*, photo: Photo, by: Person) -> None:
    """Off the site at once; its address answers 410."""
    with transaction.atomic():
        set_state(locked(photo), Photo.State.WITHDRAWN)
        audit.record(by=by, verb="photo.withdrawn", obj=photo)


def restore_photo(*, photo: Photo, by: Person) -> None:
    """Back on the site. Raises Refused when the gate asks something first, or somebody asked to
    have the photo taken away."""
    with transaction.atomic():
        photo = locked(photo)
        if photo.takedowns.filter(decided_at__isnull=True).exists():
            raise Refused("Iemand vroeg om deze foto weg te halen. Beslis daar eerst over.")
        put_back(photo)
        audit.record(by=by, verb="photo.restored", obj=photo)


def put_back(photo: Photo) -> None:
    if photo.missing:
        wanted = ", ".join(photo.missing)
        raise Refused(f"Deze foto kan nog niet terug. Nog nodig: {wanted}.")
    set_state(photo, Photo.State.PUBLISHED)


def order_by_time(*, event: Event, by: Person) -> None:
    """Photos in the order in which they were taken; those without a day come last."""
    with transaction.atomic():
        photos = list(access.all_photos_of(event))
        photos.sort(
            key=lambda p: photo_dates.place_in_time(p.taken_on, p.file.taken_at, p.position)
        )
        for position, photo in enumerate(photos):
            photo.position = position
        Photo.objects.bulk_update(photos, ["position"])
        pagecache.bump()
        audit.record(by=by, verb="photos.ordered", obj=event)


def locked(photo: Photo) -> Photo:
    """The photo as it is now, for this transaction alone."""
    hold(photo.album.event)
    rows = Photo.objects.select_for_update(of=("self",)).select_related("file", "album__event")
    return rows.get(pk=photo.pk)


def set_state(photo: Photo, state: str) -> None:
    photo.state = state
    photo.save(update_fields=["state"])
    publish_albums(photo.album.event)
    _photo_changed(photo)


def _photo_changed(photo: Photo) -> None:
    indexing.index_photo(photo)
    shown = access.public_photos().filter(pk=photo.pk).exists()
    files.expose(photo.file, exposure_of(photo.state, shown=shown))
