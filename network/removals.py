"""What must go from a storage: written down in the transaction that decides it, deleted after
the commit, and swept until the storage says that it is gone."""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial

from django.core.files.storage import storages
from django.db import Error, transaction
from django.db.models import F

from network import clock
from network.models import FileRemoval, StoredFile

logger = logging.getLogger(__name__)

Place = FileRemoval.Place
AT_ONCE = 100  # paths a tick
BATCH = 200  # rows a query
FIRST_SWEEP = timedelta(minutes=2)  # whoever wrote it down deletes it first
LONGEST_PAUSE = timedelta(hours=6)


def write_down(row: StoredFile) -> None:
    """The original and the pictures of a file must go; call it inside the transaction that also
    empties the row's path or deletes the row."""
    with transaction.atomic():
        paths = [(Place.PUBLIC, path) for path in row.renditions.values_list("path", flat=True)]
        if row.path:
            paths.append((Place.PRIVATE, row.path))
        write_down_paths(paths)
        row.renditions.all().delete()


def write_down_paths(paths: list[tuple[Place, str]]) -> None:
    """The same for paths without a row."""
    now = clock.real_now()
    FileRemoval.objects.bulk_create(
        (
            FileRemoval(place=place, path=path, asked_at=now, retry_at=now + FIRST_SWEEP)
            for place, path in paths
        ),
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    transaction.on_commit(partial(_after_commit, paths))


def sweep() -> None:
    """What could not be deleted before, each try after a longer pause."""
    due = list(FileRemoval.objects.filter(retry_at__lte=clock.real_now())[:AT_ONCE])
    gone = _delete([(Place(removal.place), removal.path) for removal in due])
    for removal in due:
        if (removal.place, removal.path) not in gone:
            pause = min(FIRST_SWEEP * 2**removal.failures, LONGEST_PAUSE)
            FileRemoval.objects.filter(pk=removal.pk).update(
                failures=F("failures") + 1, retry_at=clock.real_now() + pause
            )


def _after_commit(paths: list[tuple[Place, str]]) -> None:
    try:
        _delete(paths)
    except Error:  # the sweep deletes once more, and then forgets
        logger.exception("What was deleted could not be crossed off.")


def _delete(paths: list[tuple[Place, str]]) -> set[tuple[str, str]]:
    """Delete what can be, cross it off, and give it."""
    gone = set()
    for place, path in paths:
        try:
            storages[place].delete(path)
        except Exception:  # each storage has errors of its own; the sweep comes again
            logger.exception("%s of the %s storage is not deleted yet.", path, place)
        else:
            gone.add((str(place), path))
    for place in Place:
        names = [path for where, path in sorted(gone) if where == place]
        for start in range(0, len(names), BATCH):
            batch = names[start : start + BATCH]
            FileRemoval.objects.filter(place=place, path__in=batch).delete()
    return gone
