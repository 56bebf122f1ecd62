"""Events, their programme, and the files that come in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from inspiration import access, indexing, uploads
from inspiration.actions.gate import NotReady, next_position, open_files
from inspiration.models import Album, Appearance, Event, Photo, Presentation, ProgrammeItem, Speaker
from inspiration.voices import Voice
from network import audit, clock, files, pagecache
from network.models import Edition, Person, StoredFile
from network.refusal import Refused
from network.slugs import free_slug


def add_event(
    *, edition: Edition, by: Person, title: str, starts_at: datetime, **facts: Any
) -> Event:
    """A draft with one empty album, so that photos have a place at once."""
    with transaction.atomic():
        event = Event(edition=edition, title=title, starts_at=starts_at, **facts)
        event.slug = free_slug(
            f"{title} {clock.local(starts_at).year}", Event.objects.all(), otherwise="archief"
        )
        event.save()
        Album.objects.create(event=event, title="Foto’s", slug="fotos")
        audit.record(by=by, verb="event.added", obj=event)
    return event


def change_event(*, event: Event, by: Person, **facts: Any) -> None:
    with transaction.atomic():
        for name, value in facts.items():
            setattr(event, name, value)
        event.save(update_fields=list(facts))
        _event_changed(event)
        audit.record(by=by, verb="event.changed", obj=event, fields=sorted(facts))


def publish_event(*, event: Event, by: Person) -> None:
    """Everything of the event that is past its own gate becomes public with it."""
    with transaction.atomic():
        event.published_at = clock.now()
        event.save(update_fields=["published_at"])
        _event_changed(event)
        open_files(event)
        audit.record(by=by, verb="event.published", obj=event)


def add_item(
    *, event: Event, by: Person, title: str, voices: Iterable[Voice] = (), **facts: Any
) -> ProgrammeItem:
    with transaction.atomic():
        item = ProgrammeItem(event=event, title=title, **facts)
        item.position = next_position(event.items)
        item.save()
        for position, voice in enumerate(voices):
            Appearance.objects.create(
                item=item,
                speaker=voice.speaker or _new_speaker(voice),
                role=voice.role,
                organisation=voice.organisation,
                position=position,
            )
        _event_changed(event)
        audit.record(by=by, verb="programme.item_added", obj=item)
    return item


def remove_item(*, item: ProgrammeItem, by: Person) -> None:
    """Its presentations stay with the event."""
    with transaction.atomic():
        audit.record(by=by, verb="programme.item_removed", obj=item, title=item.title)
        item.delete()
        _event_changed(item.event)


def _new_speaker(voice: Voice) -> Speaker:
    """People never merge by name: a typed name is a new person."""
    person = Person.named(voice.name)
    person.save()
    slug = free_slug(person.name, Speaker.objects.all(), otherwise="spreker")
    return Speaker.objects.create(person=person, slug=slug, bio=voice.bio)


def _event_changed(event: Event) -> None:
    indexing.index_event(event)
    pagecache.bump()


def add_file(*, event: Event, upload: UploadedFile, by: Person) -> Photo | Presentation:
    """A photo for the event's last album or a presentation, whatever the file turns out to be.

    Raises Refused with the sentence for the sender; then nothing was kept.
    """
    made: list[Photo | Presentation] = []

    def attach(file: StoredFile) -> None:
        made.append(_add_photo(event, file) if uploads.is_photo(file) else _add_talk(event, file))
        audit.record(by=by, verb="archive.file_added", obj=made[0], name=file.name)

    files.store(upload=upload, purpose=uploads.PURPOSE, by=by, attach=attach)
    return made[0]


def _add_photo(event: Event, file: StoredFile) -> Photo:
    double = access.all_photos_of(event).filter(file__sha256=file.sha256).exclude(file__path="")
    for known in double[:1]:
        raise Refused(f"“{file.name}” staat al in het album “{known.album.title}”.")
    album = event.albums.last()
    if album is None:
        album = Album.objects.create(event=event, title="Foto’s", slug="fotos")
    return Photo.objects.create(album=album, file=file, position=next_position(album.photos))


def _add_talk(event: Event, file: StoredFile) -> Presentation:
    double = event.presentations.filter(file__sha256=file.sha256).exclude(file__path="")
    for known in double[:1]:
        raise Refused(f"“{file.name}” staat al bij de presentaties als “{known.title}”.")
    title = file.name.rsplit(".", 1)[0].replace("_", " ").strip()[:160] or "Presentatie"
    return Presentation.objects.create(
        event=event,
        file=file,
        title=title,
        slug=free_slug(title, event.presentations.all(), otherwise="archief"),
        position=next_position(event.presentations),
    )


def discard_refused(*, event: Event, file: StoredFile, by: Person) -> None:
    """Forget a photo or presentation whose file the worker refused."""
    if file.state != StoredFile.State.REFUSED:
        raise NotReady("Alleen een geweigerd bestand kan van de lijst.")
    with transaction.atomic():
        audit.record(by=by, verb="archive.refused_discarded", obj=event, name=file.name)
        Photo.objects.filter(file=file).delete()
        Presentation.objects.filter(file=file).delete()
        file.delete()
