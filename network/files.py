"""Files: one way in, one way out.

An upload is judged in the request (size, type by content: `Refused` with a Dutch sentence,
nothing stored), kept as a private original, and worked on by the worker of the queue `files`
through the purpose it was uploaded for. What visitors get are renditions under opaque names.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, Q
from django.http import FileResponse, HttpResponse, HttpResponseBase

from network import clock, formats, pagecache, queue
from network.models import Person, Rendition, StoredFile
from network.refusal import Refused

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
ATTEMPTS = 2
PUBLIC_SECONDS = 300  # short, so that a withdrawn picture is gone within minutes everywhere
State, Exposure = StoredFile.State, StoredFile.Exposure


@dataclass(frozen=True)
class Purpose:
    """What a file is for.

    max_bytes: largest size taken. judge(open file, name) gives the content type by content or
    raises Refused. process(file) runs in the worker, makes renditions and may raise Refused.
    may_send(user) says who may upload for this purpose at all.
    """

    name: str
    max_bytes: int
    judge: Callable[[IO[bytes], str], str]
    process: Callable[[StoredFile], None]
    may_send: Callable[[Any], bool]


_purposes: dict[str, Purpose] = {}


def register(purpose: Purpose) -> None:
    _purposes[purpose.name] = purpose


def purpose_for(user: Any, name: str) -> Purpose:
    """The purpose this person may upload for. Raises KeyError (unknown) or PermissionDenied."""
    purpose = _purposes[name]
    if not purpose.may_send(user):
        raise PermissionDenied
    return purpose


def private() -> Storage:
    return storages["private"]


def public() -> Storage:
    return storages["public"]


def store(
    *,
    upload: UploadedFile,
    purpose: str,
    by: Person,
    refs: dict | None = None,
    attach: Callable[[StoredFile], None] | None = None,
) -> StoredFile:
    """Judge and keep an upload, and wake the worker. Raises Refused.

    attach(row) writes what belongs with the file in the same transaction, before a worker can
    see it; it may still raise Refused.
    """
    rule = _purposes[purpose]
    name = _clean_name(upload.name or "bestand")
    if not upload.size:
        raise Refused(f"“{name}” is leeg. Kies het bestand opnieuw.")
    if upload.size > rule.max_bytes:
        limit = formats.file_size(rule.max_bytes)
        raise Refused(f"“{name}” is groter dan {limit}. Maak het kleiner en probeer opnieuw.")
    content_type = rule.judge(upload, name)
    upload.seek(0)
    row = StoredFile(
        purpose=purpose,
        name=name,
        content_type=content_type,
        size=upload.size,
        sha256=_digest(upload),
        refs=refs or {},
        by=by,
        created_at=clock.now(),
    )
    row.path = private().save(f"{row.pk}", File(upload))
    try:
        with transaction.atomic():
            row.save()
            if attach:
                attach(row)
            queue.wake("network.tasks.work_files")
    except BaseException:
        private().delete(row.path)
        raise
    return row


def keep(
    *, content: IO[bytes], name: str, content_type: str, size: int, by: Person | None
) -> StoredFile:
    """Keep a file that we made ourselves (a PDF, a ZIP): private, ready at once."""
    row = StoredFile(
        purpose="made",
        name=_clean_name(name),
        content_type=content_type,
        size=size,
        sha256=_digest(content),
        state=State.READY,
        by=by,
        created_at=clock.now(),
    )
    content.seek(0)
    row.path = private().save(f"{row.pk}", File(content))
    row.save()
    return row


def process(file_id: str) -> None:
    """Work on one waiting file, unless somebody else has it."""
    now = clock.real_now()
    mine = StoredFile.objects.filter(
        Q(state=State.WAITING) | Q(state=State.CHECKING, claimed_until__lt=now), pk=file_id
    ).update(state=State.CHECKING, claimed_until=now + LEASE, attempt=F("attempt") + 1)
    if not mine:
        return
    row = StoredFile.objects.get(pk=file_id)
    try:
        if row.attempt > ATTEMPTS:
            raise Refused(f"“{row.name}” kregen we twee keer niet verwerkt.")
        _purposes[row.purpose].process(row)
    except Refused as error:
        refuse(row, str(error))
    except Exception:  # a fault of ours: keep the file, say so, and let the queue go on
        logger.exception("File %s cannot be processed.", row.pk)
        refuse(
            row, f"“{row.name}” kregen we niet verwerkt. Bewaar het opnieuw en probeer nog eens."
        )
    else:
        StoredFile.objects.filter(pk=row.pk).update(state=State.READY, claimed_until=None)


def refuse(row: StoredFile, reason: str) -> None:
    """State "geweigerd" with the reason; the file itself is gone."""
    _delete_renditions(row)
    if row.path:
        private().delete(row.path)
    StoredFile.objects.filter(pk=row.pk).update(
        state=State.REFUSED, reason=reason[:300], path="", claimed_until=None
    )


def waiting_ids() -> list[str]:
    now = clock.real_now()
    stuck = Q(state=State.WAITING) | Q(state=State.CHECKING, claimed_until__lt=now)
    return [str(pk) for pk in StoredFile.objects.filter(stuck).values_list("pk", flat=True)]


def add_rendition(
    row: StoredFile, *, source: Path, width: int, height: int, format: str, page: int = 0
) -> Rendition:
    """Keep one picture made from the file; in the public storage under an opaque name, but
    served only while the file's exposure is public. Doing it again replaces the picture."""
    path = f"{row.public_name[:2]}/{row.public_name}-{page}-{width}.{format}"
    public().delete(path)
    with source.open("rb") as content:
        path = public().save(path, File(content))
    made, _ = Rendition.objects.update_or_create(
        file=row,
        page=page,
        width=width,
        format=format,
        defaults={"height": height, "path": path, "size": source.stat().st_size},
    )
    return made


def expose(row: StoredFile, exposure: str) -> None:
    """Open a file to the public, close it again, or withdraw it (410 from then on)."""
    StoredFile.objects.filter(pk=row.pk).update(exposure=exposure)
    row.exposure = exposure
    pagecache.bump()


def remove(row: StoredFile) -> None:
    """Delete the original and every picture made from it; the row stays as a tombstone."""
    _delete_renditions(row)
    if row.path:
        private().delete(row.path)
    StoredFile.objects.filter(pk=row.pk).update(exposure=Exposure.WITHDRAWN, path="")


def _delete_renditions(row: StoredFile) -> None:
    for rendition in row.renditions.all():
        public().delete(rendition.path)
    row.renditions.all().delete()


def response(
    storage: Storage,
    path: str,
    *,
    content_type: str,
    name: str = "",
    is_public: bool = False,
) -> HttpResponseBase:
    """The one function that answers with a file.

    With a name it is offered to be kept (attachment); without, only pictures show in the page.
    In production the web server hands the file over (FILES_ACCEL_LOCATION).
    """
    if settings.FILES_ACCEL_LOCATION:
        answer: HttpResponseBase = HttpResponse(content_type=content_type)
        folder = "public" if storage is public() else "private"
        answer["X-Accel-Redirect"] = f"{settings.FILES_ACCEL_LOCATION}/{folder}/{quote(path)}"
    else:
        answer = FileResponse(storage.open(path), content_type=content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if name:
        answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    else:
        answer["Content-Disposition"] = "inline"
    cache = f"public, max-age={PUBLIC_SECONDS}" if is_public else "private, no-store"
    answer["Cache-Control"] = cache
    return answer


def _digest(content: IO[bytes] | UploadedFile) -> str:
    content.seek(0)
    digest = hashlib.sha256()
    while block := content.read(1024 * 1024):
        digest.update(block)
    return digest.hexdigest()


def _clean_name(name: str) -> str:
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(c for c in base if c.isprintable())
    return printable.strip()[-200:] or "bestand"
