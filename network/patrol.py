"""Rows and storages are compared once a day, a small piece at a time.

A file without a row (an upload that broke off, a worker that was killed) goes after a day; a row
without its file is only reported, because it is what remains of something acknowledged.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path

from django.core.files.storage import Storage, storages
from django.db import transaction
from django.db.models import F

from network import clock, leases, queue, removals
from network.models import FilePatrol, FileRemoval, Rendition, StoredFile

logger = logging.getLogger(__name__)

EVERY = timedelta(days=1)
YOUNG = timedelta(days=1)  # its row may still be on its way
STEP = 100  # rows or names at a time
# So many files without a row are a wrong database rather than rubbish: nothing is deleted.
SUSPECT = STEP // 5
# What a killed process leaves in the temporary folder: work of the decoders and of the paper,
# and the uploads that Django was still receiving.
LEFT_OVERS = ("buurtpunt-work-*", "buurtpunt-pdf-*", "tmp????????.upload*")
ORIGINALS, PICTURES, WORK = "originals", "pictures", "work"
PLACES = [str(place) for place in FileRemoval.Place]


def step() -> None:
    """One piece of today's round; one query when it is done."""
    patrol = _current()
    if patrol is None:
        return
    if patrol.name == ORIGINALS:
        cursor, missing = _look_for_originals(patrol.cursor)
    elif patrol.name == PICTURES:
        cursor, missing = _look_for_pictures(patrol.cursor)
    elif patrol.name == WORK:
        cursor, missing = _clear_work(), 0
    else:
        cursor, missing = _look_for_rows(patrol.name, patrol.cursor), 0
    ended_at = None if cursor else clock.real_now()
    FilePatrol.objects.filter(pk=patrol.pk).update(
        cursor=cursor, ended_at=ended_at, missing=F("missing") + missing
    )


def missing() -> int:
    """Rows without their file, as the last whole round found them."""
    rows = FilePatrol.objects.filter(ended_at__isnull=False)
    return sum(rows.values_list("missing", flat=True))


def _current() -> FilePatrol | None:
    """The part that is under way, or the next one that is due."""
    known = {patrol.name: patrol for patrol in FilePatrol.objects.all()}
    for patrol in known.values():
        if patrol.ended_at is None:
            return patrol
    now = clock.real_now()
    for name in (ORIGINALS, PICTURES, *PLACES, WORK):
        if name not in known or known[name].began_at <= now - EVERY:
            fresh = {"cursor": "", "began_at": now, "ended_at": None, "missing": 0}
            return FilePatrol.objects.update_or_create(name=name, defaults=fresh)[0]
    return None


def _look_for_originals(cursor: str) -> tuple[str, int]:
    rows = StoredFile.objects.exclude(path="").order_by("pk")
    if cursor:
        rows = rows.filter(pk__gt=cursor)
    found = list(rows.values_list("pk", "path")[:STEP])
    gone = _absent("private", [path for _, path in found])
    return (str(found[-1][0]) if len(found) == STEP else ""), gone


def _look_for_pictures(cursor: str) -> tuple[str, int]:
    rows = Rendition.objects.filter(pk__gt=int(cursor or 0)).order_by("pk")
    found = list(rows.values_list("pk", "path")[:STEP])
    gone = _absent("public", [path for _, path in found])
    return (str(found[-1][0]) if len(found) == STEP else ""), gone


def _absent(place: str, paths: list[str]) -> int:
    absent = [path for path in paths if not storages[place].exists(path)]
    for path in absent:
        logger.error("%s is not in the %s storage, although a row names it.", path, place)
    return len(absent)


def _look_for_rows(place: str, cursor: str) -> str:
    storage = storages[place]
    names = list(islice(_names(storage, cursor), STEP))
    known = set(FileRemoval.objects.filter(place=place, path__in=names).values_list("path"))
    rows = StoredFile if place == FileRemoval.Place.PRIVATE else Rendition
    known |= set(rows._default_manager.filter(path__in=names).values_list("path"))
    unknown = [name for name in names if (name,) not in known and _is_old(storage, name)]
    if len(unknown) > SUSPECT:
        logger.error(
            "%s of %s files in the %s storage have no row: is this the right database? "
            "Nothing was deleted.",
            *(len(unknown), len(names), place),
        )
    elif unknown:
        logger.warning("Without a row, and deleted: %s (%s)", ", ".join(unknown), place)
        removals.write_down_paths([(FileRemoval.Place(place), name) for name in unknown])
    return names[-1] if len(names) == STEP else ""


def _names(storage: Storage, after: str) -> Iterator[str]:
    """The names in a storage and in its folders, in order, from the one after `after`."""
    try:
        folders, files = storage.listdir("")
    except FileNotFoundError:  # nothing was ever saved there
        return
    for name in sorted([*folders, *files]):
        if name < after.partition("/")[0]:
            continue
        inside = storage.listdir(name)[1] if name in folders else []
        paths = [f"{name}/{file}" for file in sorted(inside)] if name in folders else [name]
        yield from (path for path in paths if path.partition("/") > after.partition("/"))


def _is_old(storage: Storage, name: str) -> bool:
    try:
        return storage.get_modified_time(name) < clock.real_now() - YOUNG
    except FileNotFoundError:
        return False


def _clear_work() -> str:
    """Uploads that broke off and work of killed processes, on this machine only."""
    oldest = time.time() - YOUNG.total_seconds()
    temporary = Path(tempfile.gettempdir())
    for path in [path for pattern in LEFT_OVERS for path in temporary.glob(pattern)]:
        try:
            facts = path.lstat()
            if facts.st_mtime < oldest and facts.st_uid == os.getuid():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        except OSError:
            logger.warning("%s could not be deleted.", path)
    return ""


def remake_missing() -> int:
    """Queue every file of which a picture is gone from the public storage, and give their
    number. For a site whose folder `public` was not in the backup."""
    queued, last = 0, 0
    while batch := list(Rendition.objects.filter(pk__gt=last).order_by("pk")[: 10 * STEP]):
        last = batch[-1].pk
        gone = [made for made in batch if not storages["public"].exists(made.path)]
        with transaction.atomic():
            ready = StoredFile.objects.filter(state=StoredFile.State.READY).exclude(path="")
            again = ready.filter(pk__in={made.file_id for made in gone})
            # The purpose makes what has no row, and leaves what is there.
            Rendition.objects.filter(pk__in=[made.pk for made in gone]).delete()
            queued += again.update(
                state=StoredFile.State.WAITING, attempt=leases.next_round(), failures=0
            )
    queue.wake("network.tasks.work_files")
    return queued
