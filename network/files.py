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
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.core.files.uploadedfile import UploadedFile
from django.db import Error, transaction
from django.db.models import F, Q, QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase

from network import clock, formats, full, leases, pagecache, queue, removals
from network.confined import ChildDied
from network.models import Person, Rendition, StoredFile
from network.refusal import Refused
from network.stopping import GIVE_BACK
from network.storing import Disk

logger = logging.getLogger(__name__)

# Before the next try of a file that could not be judged: a full disk or a database that was
# away gets most of a day. A decoder that died without a verdict gets three pauses only.
PAUSES = [timedelta(seconds=10), *(timedelta(minutes=m) for m in (1, 5, 30, 120, 360))]
PAUSES_OF_CHILD = PAUSES[:3]
NOT_WORKED_OUT = (
    "“{}” kregen we niet verwerkt. Dat kan aan ons liggen: het bestand zelf is goed bewaard."
)
NO_ROOM = (
    "“{}” kon er niet bij: de schijf van de site is vol. Bewaar het bestand bij jou en probeer "
    "het later opnieuw."
)
MADE = "made"  # the purpose of what we made ourselves
LONGEST_NAME = 200
PUBLIC_SECONDS = 300  # short, so that a withdrawn picture is gone within minutes everywhere
State, Exposure = StoredFile.State, StoredFile.Exposure


@dataclass(frozen=True)
class Purpose:
    """What a file is for.

    max_bytes: largest size taken. judge(open file, name) gives the content type by content or
    raises Refused. process(file) runs in the worker, makes renditions and may raise Refused.
    """

    name: str
    max_bytes: int
    judge: Callable[[IO[bytes], str], str]
    process: Callable[[StoredFile], None]


_purposes: dict[str, Purpose] = {}


def register(purpose: Purpose) -> None:
    _purposes[purpose.name] = purpose


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
    """Judge and keep an upload, and wake the worker. Raises Refused, and DiskFull when there is
    no room; then nothing was kept.

    attach(row) writes what belongs with the file in the same transaction, before a worker can
    see it; it may still raise Refused.
    """
    facts = _judged(upload, _purposes[purpose])
    try:
        row = _put_away(upload, purpose=purpose, refs=refs or {}, by=by, **facts)
        _write_row(row, attach)
    except (OSError, Error) as error:
        if full.is_cause_of(error):
            raise full.DiskFull(NO_ROOM.format(facts["name"])) from error
        raise
    return row


def _write_row(row: StoredFile, attach: Callable[[StoredFile], None] | None) -> None:
    try:
        with transaction.atomic():
            row.save()
            if attach:
                attach(row)
            queue.wake("network.tasks.work_files")
    except Error as error:
        # A connection that broke at the commit does not say whether the row is there: the
        # daily patrol deletes the file when it is not.
        if full.is_cause_of(error):
            private().delete(row.path)
        raise
    except BaseException:
        private().delete(row.path)
        raise


def _judged(upload: UploadedFile, purpose: Purpose) -> dict[str, Any]:
    """Name, size and type of an upload that we take. Raises Refused."""
    name = _clean_name(upload.name or "bestand")
    if not upload.size:
        raise Refused(f"“{name}” is leeg. Kies het bestand opnieuw.")
    if upload.size > purpose.max_bytes:
        limit = formats.file_size(purpose.max_bytes)
        raise Refused(f"“{name}” is groter dan {limit}. Maak het kleiner en probeer opnieuw.")
    return {"name": name, "size": upload.size, "content_type": purpose.judge(upload, name)}


def _put_away(content: IO[bytes] | UploadedFile, **facts: Any) -> StoredFile:
    """An unsaved row with its file in the private storage."""
    row = StoredFile(sha256=_digest(content), created_at=clock.now(), **facts)
    content.seek(0)
    row.path = private().save(f"{row.pk}", File(content))
    return row


def keep(
    *, content: IO[bytes], name: str, content_type: str, size: int, by: Person | None
) -> StoredFile:
    """Keep a file that we made ourselves (a PDF, a ZIP): private, ready at once."""
    row = _put_away(
        content,
        purpose=MADE,
        name=_clean_name(name),
        content_type=content_type,
        size=size,
        state=State.READY,
        by=by,
    )
    try:
        row.save()
    except BaseException:  # it can be made again
        private().delete(row.path)
        raise
    return row


def process(file_id: str) -> None:
    """Work on one waiting file, unless somebody else has it.

    Only a verdict on the file (Refused) deletes it. Whatever else is raised is tried again
    later, and at last the original stays in the state "mislukt". A worker that is told to stop
    gives it back at once, and that counts for nothing.
    """
    row = _claim(file_id)
    if row is None:
        return
    try:
        if leases.claims_in_round(row.attempt) > leases.MOST_CLAIMS:
            raise RuntimeError("It ended each worker that had it.")
        with leases.kept(_mine(row), worker="files"):
            _purposes[row.purpose].process(row)
    except Refused as error:
        _refuse(row, str(error))
    except GIVE_BACK:
        leases.settle()
        _finish(row, state=State.WAITING)
        raise
    except BaseException as error:  # a panic of native code is no Exception
        logger.exception("File %s cannot be processed now.", row.pk)
        leases.settle()
        _try_later_or_fail(row, PAUSES_OF_CHILD if isinstance(error, ChildDied) else PAUSES)
    else:
        _finish(row, state=State.READY, failures=0)


def _claim(file_id: str) -> StoredFile | None:
    now = clock.real_now()
    free = _waiting(now).filter(pk=file_id)
    if not free.update(
        state=State.CHECKING,
        claimed_until=now + leases.LEASE,
        attempt=F("attempt") + 1,
        retry_at=None,
        done=0,
        total=0,
    ):
        return None
    return StoredFile.objects.get(pk=file_id)


def _mine(row: StoredFile) -> QuerySet[StoredFile]:
    """Only while the claim is ours: a worker that was given up for dead decides nothing more."""
    return StoredFile.objects.filter(pk=row.pk, state=State.CHECKING, attempt=row.attempt)


def _finish(row: StoredFile, **fields: Any) -> bool:
    return bool(_mine(row).update(claimed_until=None, **fields))


def _refuse(row: StoredFile, reason: str) -> None:
    """State "geweigerd" with the reason; the file itself is gone."""
    with transaction.atomic():
        if _finish(row, state=State.REFUSED, reason=reason[:300], path=""):
            removals.write_down(row)


def _try_later_or_fail(row: StoredFile, pauses: list[timedelta]) -> None:
    """After the last pause the original stays, and somebody may ask for more (`retry`)."""
    if row.failures < len(pauses) and leases.claims_in_round(row.attempt) <= leases.MOST_CLAIMS:
        retry_at = clock.real_now() + pauses[row.failures]
        _finish(row, state=State.WAITING, failures=row.failures + 1, retry_at=retry_at)
    else:
        _finish(row, state=State.FAILED, reason=NOT_WORKED_OUT.format(row.name)[:300])


def retry(row: StoredFile) -> bool:
    """Try a file again that failed, or waits for its next try; False when it does neither."""
    stuck = Q(state=State.FAILED) | Q(state=State.WAITING, retry_at__isnull=False)
    with transaction.atomic():
        mine = StoredFile.objects.filter(stuck, pk=row.pk)
        asked = mine.update(
            state=State.WAITING,
            attempt=leases.next_round(),
            failures=0,
            retry_at=None,
            reason="",
        )
        queue.wake("network.tasks.work_files")
    return bool(asked)


def _waiting(now: datetime) -> QuerySet[StoredFile]:
    """Files that nobody works on: new ones, and those of a worker that died."""
    due = Q(state=State.WAITING) & (Q(retry_at__isnull=True) | Q(retry_at__lte=now))
    given_up = Q(state=State.CHECKING, claimed_until__lt=now)
    return StoredFile.objects.filter(due | given_up)


def waiting_ids() -> list[str]:
    """Those that may be worked on now, the oldest first."""
    rows = _waiting(clock.real_now()).order_by("created_at", "pk")
    return [str(pk) for pk in rows.values_list("pk", flat=True)]


def progress(row: StoredFile, *, done: int, total: int) -> None:
    """How far the worker is ("dia 12 van 300"), for who waits; only while the claim is ours."""
    _mine(row).update(done=done, total=total)


def add_rendition(
    row: StoredFile, *, source: Path, width: int, height: int, format: str, page: int = 0
) -> Rendition:
    """Keep one picture made from the file; in the public storage under an opaque name, but
    served only while the file's exposure is public. Doing it again replaces the picture."""
    path = f"{row.public_name[:2]}/{row.public_name}-{page}-{width}.{format}"
    if not isinstance(public(), Disk):  # that one replaces, others would choose a second name
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
    """Delete the original and every picture made from it; the row stays as a tombstone. Inside
    the transaction that decides it: what must go is written down there."""
    with transaction.atomic():
        removals.write_down(row)
        StoredFile.objects.filter(pk=row.pk).update(exposure=Exposure.WITHDRAWN, path="")


def forget(row: StoredFile) -> None:
    """Delete the file with everything made from it, and its row too."""
    with transaction.atomic():
        removals.write_down(row)
        row.delete()


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
    """
    answer = _handed_over(storage, path, content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    kept = f"attachment; filename*=UTF-8''{quote(name)}"
    answer["Content-Disposition"] = kept if name else "inline"
    cache = f"public, max-age={PUBLIC_SECONDS}" if is_public else "private, no-store"
    answer["Cache-Control"] = cache
    return answer


def _handed_over(storage: Storage, path: str, content_type: str) -> HttpResponseBase:
    """By the web server in production (FILES_ACCEL_LOCATION), else by us."""
    if not settings.FILES_ACCEL_LOCATION:
        try:
            return FileResponse(storage.open(path), content_type=content_type)
        except FileNotFoundError:  # a picture that is made again, or a loss that the patrol tells
            logger.warning("%s is asked for and is not there.", path)
            raise Http404 from None
    answer = HttpResponse(content_type=content_type)
    folder = "public" if storage is public() else "private"
    answer["X-Accel-Redirect"] = f"{settings.FILES_ACCEL_LOCATION}/{folder}/{quote(path)}"
    return answer


def _digest(content: IO[bytes] | UploadedFile) -> str:
    content.seek(0)
    digest = hashlib.sha256()
    while block := content.read(1024 * 1024):
        digest.update(block)
    return digest.hexdigest()


def _clean_name(name: str) -> str:
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(c for c in base if c.isprintable()).strip()
    # A long name loses its end; what kind of file it is stays.
    ending = Path(printable).suffix[:10] if len(printable) > LONGEST_NAME else ""
    return (printable[: LONGEST_NAME - len(ending)] + ending) or "bestand"
