"""The files that come in for an event, and those that were refused."""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import unquote

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from inspiration import access, uploads
from inspiration.actions.gate import hold, next_position
from inspiration.models import Album, Event, Photo, Presentation
from network import audit, files
from network.models import Person, StoredFile
from network.refusal import Refused
from network.slugs import free_slug

# Only the endings that we take: in "verslag 12.03.2019" the last point belongs to the date.
ENDING = re.compile(r"\.(pdf|pptx|ppsx|odp)$", re.IGNORECASE)
STAND_IN = "Presentatie"
LONGEST = 160


def add_file(*, event: Event, upload: UploadedFile, by: Person) -> Photo | Presentation:
    """A photo for the event's last album or a presentation, whatever the file turns out to be.

    Raises Refused with the sentence for the sender; then nothing was kept.
    """
    made: list[Photo | Presentation] = []

    def attach(file: StoredFile) -> None:
        # Files come three at a time: each looks for doubles and a free place after the other.
        hold(event)
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
    title = title_from(file.name)
    return Presentation.objects.create(
        event=event,
        file=file,
        title=title,
        slug=free_slug(title, event.presentations.all(), otherwise="presentatie"),
        position=next_position(event.presentations),
    )


def title_from(name: str) -> str:
    """A title made of a file name, to begin with: without the ending of its kind, and readable
    again when it came from an address ("Mijn%20dorp.pdf")."""
    stem = ENDING.sub("", name)
    if " " not in stem:
        with suppress(UnicodeDecodeError):
            stem = unquote(stem, errors="strict")
    printable = "".join(c if c.isprintable() else " " for c in stem)
    title = " ".join(printable.replace("_", " ").split())
    if not any(c.isalnum() for c in title):
        return STAND_IN
    return title if len(title) <= LONGEST else title[: LONGEST - 1].rstrip() + "…"


def discard_file(*, event: Event, file: StoredFile, by: Person) -> None:
    """Forget a photo or presentation whose file was refused, or failed and is not wanted."""
    with transaction.atomic():
        audit.record(by=by, verb="archive.refused_discarded", obj=event, name=file.name)
        Photo.objects.filter(file=file).delete()
        Presentation.objects.filter(file=file).delete()
        files.forget(file)


def retry_file(*, event: Event, file: StoredFile, by: Person) -> None:
    """Try a file again that failed for another reason than itself."""
    with transaction.atomic():
        if files.retry(file):
            audit.record(by=by, verb="archive.file_retried", obj=event, name=file.name)
