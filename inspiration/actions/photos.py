"""Photos: describe, publish, withdraw, and the request to take one down."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from inspiration import access, emails, indexing
from inspiration.actions.gate import NotReady, exposure_of, open_files, publish_albums
from inspiration.models import Event, Photo, TakedownRequest
from network import audit, clock, files, pagecache
from network.models import Person


def describe_photo(*, photo: Photo, by: Person, **words: Any) -> None:
    """Alt text, caption, credit, consent. Taking away what the gate asks takes the photo off
    the site."""
    changed = [name for name, value in words.items() if getattr(photo, name) != value]
    if not changed:
        return
    with transaction.atomic():
        for name in changed:
            setattr(photo, name, words[name])
        if photo.state == Photo.State.PUBLISHED and photo.missing:
            photo.state = Photo.State.DRAFT
        photo.save(update_fields=[*changed, "state"])
        _photo_changed(photo)
        audit.record(by=by, verb="photo.described", obj=photo, fields=changed)


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


def publish_photo(*, photo: Photo, by: Person) -> None:
    """Raises NotReady while something is missing or somebody asked to take it away."""
    if photo.missing:
        raise NotReady(f"Nog nodig voor deze foto: {', '.join(photo.missing)}.")
    with transaction.atomic():
        if photo.takedowns.filter(decided_at__isnull=True).exists():
            raise NotReady("Iemand vroeg om deze foto weg te halen. Beslis daar eerst over.")
        set_state(photo, Photo.State.PUBLISHED)
        audit.record(by=by, verb="photo.published", obj=photo)


def publish_photos(*, event: Event, by: Person) -> int:
    """All drafts of the event that are past the gate; gives how many."""
    drafts = access.all_photos_of(event).filter(state=Photo.State.DRAFT)
    ready = [photo for photo in drafts if not photo.missing]
    with transaction.atomic():
        keys = [photo.pk for photo in ready]
        Photo.objects.filter(pk__in=keys).update(state=Photo.State.PUBLISHED)
        for photo in ready:
            photo.state = Photo.State.PUBLISHED
            indexing.index_photo(photo)
        publish_albums(event)
        open_files(event)
        pagecache.bump()
        audit.record(by=by, verb="photos.published", obj=event, photos=keys)
    return len(ready)


def withdraw_photo(*, photo: Photo, by: Person) -> None:
    """Off the site at once; its address answers 410."""
    with transaction.atomic():
        set_state(photo, Photo.State.WITHDRAWN)
        audit.record(by=by, verb="photo.withdrawn", obj=photo)


def order_by_time(*, event: Event, by: Person) -> None:
    """Photos in the order in which they were taken; those without a moment come last."""
    with transaction.atomic():
        photos = list(access.all_photos_of(event))
        late = max((p.file.taken_at for p in photos if p.file.taken_at), default=clock.now())
        photos.sort(key=lambda p: (p.file.taken_at is None, p.file.taken_at or late, p.position))
        for position, photo in enumerate(photos):
            photo.position = position
        Photo.objects.bulk_update(photos, ["position"])
        pagecache.bump()
        audit.record(by=by, verb="photos.ordered", obj=event)


def set_state(photo: Photo, state: str) -> None:
    photo.state = state
    photo.save(update_fields=["state"])
    publish_albums(photo.album.event)
    _photo_changed(photo)


def _photo_changed(photo: Photo) -> None:
    indexing.index_photo(photo)
    shown = access.public_photos().filter(pk=photo.pk).exists()
    files.expose(photo.file, exposure_of(photo.state, shown=shown))


def request_takedown(
    *, photo: Photo, reason: str = "", name: str = "", email: str = ""
) -> TakedownRequest:
    """Anyone may ask. The photo is off the site at once; a second request joins the first."""
    with transaction.atomic():
        request, _ = TakedownRequest.objects.get_or_create(
            photo=photo,
            decided_at=None,
            defaults={
                "reason": reason,
                "name": name,
                "email": email,
                "requested_at": clock.now(),
            },
        )
        set_state(photo, Photo.State.WITHDRAWN)
        emails.tell_coordinators(request)
        audit.record(by=None, verb="photo.takedown_requested", obj=photo)
    return request


def decide_takedown(*, request: TakedownRequest, by: Person, decision: str) -> None:
    """Put back, or remove for good: then the files are gone and a tombstone stays."""
    photo = request.photo
    restored = decision == TakedownRequest.Decision.RESTORED
    with transaction.atomic():
        request.decision, request.decided_at, request.decided_by = decision, clock.now(), by
        request.save(update_fields=["decision", "decided_at", "decided_by"])
        if restored:
            set_state(photo, Photo.State.PUBLISHED)
        audit.record(by=by, verb=f"photo.takedown_{decision}", obj=photo)
    if not restored:
        files.remove(photo.file)
