"""A file that was acknowledged is lost by nothing but the decoder's own verdict."""

import errno
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError

from network import clock, files, leases, stopping, tasks
from network.confined import ChildDied
from network.files import Purpose
from network.models import Heartbeat, StoredFile
from network.refusal import Refused
from tests import factories
from tests.network.confined_cases import Panic
from tests.running import wait_until

pytestmark = pytest.mark.django_db

TROUBLE = [
    ChildDied("killed by signal 9"),
    OperationalError("server closed the connection unexpectedly"),
    InterfaceError("connection already closed"),
    OSError(errno.ENOSPC, "No space left on device"),
    FileNotFoundError(errno.ENOENT, "the storage is not mounted"),
    MemoryError(),
    RuntimeError("a mistake of ours"),
    Panic("native code"),
]


@pytest.fixture(autouse=True)
def asked_to_stop(monkeypatch):
    monkeypatch.setattr(stopping, "_all", bytearray(1))


@pytest.fixture
def work(monkeypatch):
    """work(error) makes an uploaded file whose processing raises this, as long as it is set."""
    monkeypatch.setattr(files, "_purposes", {})
    raised = []

    def process(row):
        if raised:
            raise raised[0]

    files.register(Purpose("proef", 1000, lambda upload, name: "text/plain", process))

    def make(error=None):
        raised[:] = [error] if error else []
        upload = SimpleUploadedFile("foto.jpg", b"inhoud")
        return files.store(upload=upload, purpose="proef", by=factories.person())

    make.repair = raised.clear
    return make


def is_kept(row):
    return files.private().open(row.path).read() == b"inhoud"


def let_time_pass():
    past = clock.real_now() - timedelta(seconds=1)
    StoredFile.objects.filter(retry_at__isnull=False).update(retry_at=past)


@pytest.mark.parametrize("error", TROUBLE, ids=lambda error: type(error).__name__)
def test_trouble_that_is_not_the_files_fault_is_tried_again_later(work, error):
    row = work(error)
    files.process(str(row.pk))
    row.refresh_from_db()
    assert (row.state, row.failures, row.claimed_until) == ("waiting", 1, None)
    assert row.retry_at > clock.real_now()
    assert is_kept(row) and files.waiting_ids() == []
    let_time_pass()
    work.repair()
    assert files.waiting_ids() == [str(row.pk)]
    files.process(str(row.pk))
    row.refresh_from_db()
    assert (row.state, row.failures, row.retry_at) == ("ready", 0, None)


@pytest.mark.parametrize(("error", "tries"), [(ChildDied("killed"), 4), (OSError("disk"), 7)])
def test_after_growing_pauses_it_has_failed_and_the_original_stays(work, error, tries):
    row, pauses = work(error), []
    for _ in range(tries):
        let_time_pass()
        files.process(str(row.pk))
        row.refresh_from_db()
        if row.retry_at:
            pauses.append(row.retry_at - clock.real_now())
    assert pauses == sorted(pauses) and len(pauses) == tries - 1
    assert row.state == "failed" and "goed bewaard" in row.reason
    assert is_kept(row) and files.waiting_ids() == []


def test_who_asks_for_one_more_try_gets_it(work):
    row = work()
    StoredFile.objects.update(state="failed", reason="Mislukt.", failures=4, attempt=60)
    assert files.retry(row)
    files.process(str(row.pk))
    row.refresh_from_db()
    assert (row.state, row.reason) == ("ready", "")
    assert not files.retry(row)


def test_a_claim_of_before_another_try_decides_nothing_in_it(work):
    row = work()
    old = files._claim(str(row.pk))
    StoredFile.objects.update(state="failed", claimed_until=None)
    assert files.retry(row)
    new = files._claim(str(row.pk))
    files._refuse(old, "Beschadigd.")
    row.refresh_from_db()
    assert (row.state, new.attempt != old.attempt) == ("checking", True)
    assert is_kept(row)


@pytest.mark.parametrize("ending", [stopping.Stopping, SystemExit, KeyboardInterrupt])
def test_a_worker_that_ends_gives_back_at_once_and_nothing_is_counted(work, ending):
    row = work(ending())
    with pytest.raises(ending):
        files.process(str(row.pk))
    row.refresh_from_db()
    assert (row.state, row.failures, row.retry_at) == ("waiting", 0, None)
    assert is_kept(row) and files.waiting_ids() == [str(row.pk)]


def test_a_stop_ends_the_task_in_order_and_takes_no_next_file(work):
    rows = [work(stopping.Stopping()) for _ in range(3)]
    tasks.work_files()
    assert {row.attempt for row in StoredFile.objects.all()} == {0, 1}
    assert StoredFile.objects.filter(state="waiting").count() == len(rows)
    stopping.ask()
    tasks.work_files()
    assert StoredFile.objects.filter(attempt=0).count() == 2


def test_a_killed_attempt_counts_for_nothing_and_is_free_after_two_minutes(work):
    row = work()
    now = clock.real_now()
    for attempt in range(1, 20):
        StoredFile.objects.update(
            state="checking", claimed_until=now + timedelta(minutes=2), attempt=attempt
        )
        assert files.waiting_ids() == []
        StoredFile.objects.update(claimed_until=now - timedelta(seconds=1))
        assert files.waiting_ids() == [str(row.pk)]
    files.process(str(row.pk))
    row.refresh_from_db()
    assert (row.state, row.failures) == ("ready", 0)


def test_a_file_that_ends_every_worker_is_given_up_and_kept(work):
    row = work()
    StoredFile.objects.update(
        state="checking",
        claimed_until=clock.real_now() - timedelta(seconds=1),
        attempt=leases.MOST_CLAIMS,
    )
    files.process(str(row.pk))
    row.refresh_from_db()
    assert row.state == "failed" and is_kept(row)


def test_the_oldest_file_goes_first(work):
    rows = [work() for _ in range(3)]
    assert files.waiting_ids() == [str(row.pk) for row in rows]


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_the_lease_is_renewed_while_the_work_lasts(work, monkeypatch):
    monkeypatch.setattr(leases, "BEAT", 0.02)
    row = work()
    ends = clock.real_now() + timedelta(seconds=1)

    def slow(file):
        StoredFile.objects.update(claimed_until=ends)
        wait_until(lambda: StoredFile.objects.get().claimed_until > ends)

    files.register(Purpose("proef", 1000, lambda upload, name: "", slow))
    files.process(str(row.pk))
    row.refresh_from_db()
    assert (row.state, row.claimed_until) == ("ready", None)
    # /healthz sees that the worker lives, however long one file takes.
    assert Heartbeat.objects.filter(name="files").exists()


@pytest.mark.django_db(transaction=True)
def test_a_verdict_deletes_the_original(work):
    row = work(Refused("Dit bestand is stuk."))
    files.process(str(row.pk))
    assert not files.private().exists(row.path)
