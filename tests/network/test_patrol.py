"""Files without a row, rows without a file, and what broke off: found daily, in small pieces."""

import logging
import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from network import clock, files, patrol, tasks
from network.models import FilePatrol, FileRemoval, Rendition, StoredFile
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
DAY = 24 * 3600


@pytest.fixture(autouse=True)
def folders(settings, tmp_path, monkeypatch):
    """Storages and a temporary folder of this test alone."""
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "network.storing.Disk",
            "OPTIONS": {"location": tmp_path / "private"},
        },
        "public": {"BACKEND": "network.storing.Disk", "OPTIONS": {"location": tmp_path / "public"}},
    }
    for name in ("private", "public", "tmp"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    return tmp_path


@pytest.fixture
def by():
    return factories.person()


def original(by):
    path = files.private().save(f"origineel-{StoredFile.objects.count()}", ContentFile(b"x"))
    return factories.stored_file(by=by, path=path)


def picture(row, width=320):
    path = files.public().save(f"ab/{row.pk}-{width}.jpg", ContentFile(b"x"))
    return Rendition.objects.create(
        file=row, width=width, height=1, format="jpg", path=path, size=1
    )


def make_old(path: Path):
    then = time.time() - 2 * DAY
    os.utime(path, (then, then))


def make_young(path: Path):
    """The disk has the machine's clock, the test its own."""
    now = time.time()
    os.utime(path, (now, now))


def round_of():
    """One whole round, however many pieces it takes."""
    steps = 0
    while steps == 0 or FilePatrol.objects.filter(ended_at=None).exists() or is_due():
        patrol.step()
        steps += 1
        assert steps < 100
    return steps


def is_due():
    return FilePatrol.objects.count() < 5


@pytest.mark.both
def test_old_files_without_a_row_go_and_young_ones_stay(by, folders):
    row = original(by)
    made = picture(row)
    strays = [
        folders / "private" / "niemand",
        folders / "private" / "niemand.ab12.part",
        folders / "public" / "zz" / "niemand-0-320.jpg",
    ]
    (folders / "public" / "zz").mkdir()
    for path in (*strays, folders / "private" / "onderweg"):
        path.write_bytes(b"x")
        make_young(path)
    for path in (
        *strays,
        Path(files.private().path(row.path)),
        Path(files.public().path(made.path)),
    ):
        make_old(path)
    round_of()
    assert not any(path.exists() for path in strays)
    assert (folders / "private" / "onderweg").exists()
    assert files.private().exists(row.path) and files.public().exists(made.path)
    assert (patrol.missing(), FileRemoval.objects.count()) == (0, 0)


@pytest.mark.both
def test_rows_without_their_file_are_told_and_nothing_is_deleted(by, caplog):
    whole, half = original(by), original(by)
    files.private().delete(half.path)
    files.public().delete(picture(whole).path)
    with caplog.at_level(logging.ERROR):
        round_of()
    assert patrol.missing() == 2
    assert f"{half.path} is not in the private storage" in caplog.text
    assert StoredFile.objects.count() == 2 and Rendition.objects.count() == 1


@pytest.mark.both
def test_a_round_goes_in_pieces_and_skips_nothing(by, monkeypatch):
    monkeypatch.setattr(patrol, "STEP", 3)
    rows = [original(by) for _ in range(7)]
    for row in rows:
        picture(row)
        files.private().delete(row.path)
        files.public().delete(row.renditions.get().path)
    assert round_of() > 8
    assert patrol.missing() == 14


def test_names_in_a_storage_are_seen_once_each(folders, monkeypatch):
    monkeypatch.setattr(patrol, "STEP", 2)
    names = ["a", "ab/1", "ab/2", "ab/3", "ab-0", "b/1", "c"]
    for name in names:
        files.public().save(name, ContentFile(b"x"))
        make_old(Path(files.public().path(name)))
    monkeypatch.setattr(patrol, "SUSPECT", 100)
    round_of()
    assert [path for path in (folders / "public").rglob("*") if path.is_file()] == []


def test_a_storage_in_which_nothing_was_ever_saved_is_no_trouble(folders):
    (folders / "public").rmdir()
    assert round_of() == 5


def test_a_strange_database_deletes_nothing(folders, caplog):
    """Somebody forgot DATABASE_URL: not one of the originals has a row."""
    paths = [folders / "private" / f"origineel-{number}" for number in range(60)]
    for path in paths:
        path.write_bytes(b"x")
        make_old(path)
    with caplog.at_level(logging.ERROR):
        round_of()
    assert all(path.exists() for path in paths)
    assert "is this the right database?" in caplog.text


def test_a_day_has_one_round(by, django_assert_num_queries):
    original(by)
    round_of()
    with django_assert_num_queries(1):
        patrol.step()
    yesterday = clock.real_now() - timedelta(hours=25)
    FilePatrol.objects.update(began_at=yesterday)
    patrol.step()
    assert FilePatrol.objects.filter(began_at=yesterday).count() == 4


def test_a_piece_costs_the_same_for_one_file_and_for_three(by):
    costs = []
    for number in (1, 2):
        for _ in range(number):
            picture(original(by))
        FilePatrol.objects.all().delete()
        costs.append(cost_of_a_round())
    assert costs[0] == costs[1]


def cost_of_a_round():
    connection.force_debug_cursor = True
    before = len(connection.queries_log)
    round_of()
    connection.force_debug_cursor = False
    return len(connection.queries_log) - before


def test_what_a_killed_process_left_is_cleared_from_the_temporary_folder(folders):
    place = folders / "tmp"
    old = [place / "buurtpunt-work-a", place / "tmp12345678.upload.jpg", place / "buurtpunt-pdf-b"]
    kept = [place / "buurtpunt-work-jong", place / "van-iemand-anders", place / "tmp1.upload"]
    for path in (old[0], old[2], kept[0]):
        path.mkdir()
        (path / "bron").write_bytes(b"x")
    for path in (old[1], *kept[1:]):
        path.write_bytes(b"x")
    for path in (*old, *kept[1:]):
        make_old(path)
    make_young(kept[0])
    round_of()
    assert sorted(place.iterdir()) == sorted(kept)


def test_a_storage_that_fails_does_not_hold_up_the_files(by, monkeypatch):
    def fail():
        raise OSError("the storage does not answer")

    monkeypatch.setattr(patrol, "step", fail)
    row = factories.stored_file(by=by, state="waiting", path="er-niet")
    tasks.work_files()
    row.refresh_from_db()
    assert row.failures == 1
