"""What must go is written down where it is decided, and goes."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from network import clock, files, removals
from network.models import FileRemoval, StoredFile
from tests import factories

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def row(tmp_path):
    path = files.private().save("origineel", ContentFile(b"inhoud"))
    row = factories.stored_file(by=factories.person(), path=path)
    source = tmp_path / "made.jpg"
    source.write_bytes(b"picture")
    for width in (320, 640):
        files.add_rendition(row, source=source, width=width, height=240, format="jpg")
    return row


def places_of(row):
    made = [(files.public(), rendition.path) for rendition in row.renditions.all()]
    return [*made, (files.private(), row.path)]


def are_there(places):
    return [storage.exists(path) for storage, path in places]


class Broken:
    """A storage that does not answer for a while."""

    is_broken = True

    def __init__(self, storage):
        self.storage = storage

    def delete(self, path):
        if self.is_broken:
            raise OSError("the storage does not answer")
        self.storage.delete(path)


@pytest.fixture
def broken(monkeypatch):
    broken = {place: Broken(removals.storages[place]) for place in ("private", "public")}
    monkeypatch.setattr(removals, "storages", broken)
    return broken


def test_it_goes_after_the_commit(row):
    places = places_of(row)
    files.remove(row)
    assert are_there(places) == [False] * 3
    assert FileRemoval.objects.count() == 0


def test_a_decision_that_is_rolled_back_deletes_nothing(row):
    places = places_of(row)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        files.remove(row)
        raise ZeroDivisionError
    assert are_there(places) == [True] * 3
    assert (FileRemoval.objects.count(), row.renditions.count()) == (0, 2)
    assert StoredFile.objects.get().path == row.path


def test_what_the_storage_does_not_delete_now_is_swept_until_it_is_gone(row, broken):
    places = places_of(row)
    files.remove(row)
    assert (are_there(places), FileRemoval.objects.count()) == ([True] * 3, 3)
    pauses = []
    for _ in range(3):
        make_due()
        removals.sweep()
        pauses.append(FileRemoval.objects.first().retry_at - clock.real_now())
    assert pauses == sorted(pauses) and pauses[2] > 3 * pauses[0]
    for storage in broken.values():
        storage.is_broken = False
    removals.sweep()
    assert are_there(places) == [True] * 3  # not before its moment
    make_due()
    removals.sweep()
    assert (are_there(places), FileRemoval.objects.count()) == ([False] * 3, 0)


def make_due():
    FileRemoval.objects.update(retry_at=clock.real_now() - timedelta(seconds=1))


def test_a_worker_killed_after_the_commit_leaves_it_to_the_sweep(row, monkeypatch):
    places = places_of(row)
    with monkeypatch.context() as killed:
        killed.setattr(removals, "_after_commit", lambda paths: None)
        files.remove(row)
    make_due()
    removals.sweep()
    assert (are_there(places), FileRemoval.objects.count()) == ([False] * 3, 0)


def test_one_bad_path_holds_up_no_other(row, broken):
    broken["private"].is_broken, broken["public"].is_broken = True, False
    files.remove(row)
    assert [removal.place for removal in FileRemoval.objects.all()] == ["private"]


def test_the_queries_do_not_grow_with_the_pictures(row, tmp_path, django_assert_max_num_queries):
    source = tmp_path / "more.jpg"
    source.write_bytes(b"picture")
    for page in range(1, 40):
        files.add_rendition(row, source=source, width=320, height=240, format="jpg", page=page)
    with django_assert_max_num_queries(16):
        files.remove(row)


def test_nothing_due_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        removals.sweep()
