"""Photos come in while decoders and the files worker are killed.

Nothing that was acknowledged is missing, a kill refuses nothing, and everything ends ready. A
worker that is told to stop gives back at once.
"""

import os
import signal
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

from django.db.models import QuerySet

from network import clock, files
from network.models import StoredFile
from tests.faults import site, uploads
from tests.running import is_alive

LIMIT_SECONDS = 900
PHOTOS, CHILD_KILLS, WORKER_KILLS = 60, 20, 4
SHORT_PHOTOS, SHORT_CHILD_KILLS, SHORT_WORKER_KILLS = 5, 2, 1
KILLS_A_FILE = 2  # the fourth death of its decoder is the last try of a file
STOPS_WITHIN = 10.0  # seconds from SIGTERM, on a busy machine
State = StoredFile.State


def run(*, short: bool) -> None:
    photos = SHORT_PHOTOS if short else PHOTOS
    child_kills = SHORT_CHILD_KILLS if short else CHILD_KILLS
    worker_kills = SHORT_WORKER_KILLS if short else WORKER_KILLS
    with site.running(only=["web", "files"], web_workers=1) as here:
        stream = uploads.Stream(here, photos)
        with stream.sending():
            kill_decoders(here, child_kills)
            for _ in range(worker_kills):
                kill_worker(here)
            seconds = stop_worker(here)
        here.start("mail", "beat")  # the tick finds what nobody woke
        site.wait_until(lambda: all_ready(hurry=short), seconds=400, what="every photo")
        judge(stream, seconds)


def kill_decoders(here: site.Site, most: int) -> None:
    """The kernel does the same when memory runs out."""
    killed: Counter[str] = Counter()
    deadline = time.monotonic() + 120
    while sum(killed.values()) < most and time.monotonic() < deadline:
        busy = claimed().first()
        if busy and killed[str(busy.pk)] < KILLS_A_FILE:
            for pid in decoders_of(here.pid("files")):
                os.kill(pid, signal.SIGKILL)
                killed[str(busy.pk)] += 1
                break
        hurry_up()
        files.queue.wake("network.tasks.work_files")
        time.sleep(0.1)
    assert killed, "no decoder was seen at work"
    print(f"decoders killed: {sum(killed.values())}")


def kill_worker(here: site.Site) -> None:
    wait_for_decoder(here)
    orphans = decoders_of(here.pid("files"))
    here.kill("files")
    site.wait_until(lambda: not any(map(is_alive, orphans)), seconds=10, what="its decoders")
    abandon()  # what two minutes would do
    here.start("files")


def stop_worker(here: site.Site) -> float:
    """An ordinary deploy in the middle of a photo."""
    wait_for_decoder(here)
    at_work = claimed().get()
    began = time.monotonic()
    here.kill("files", signal.SIGTERM)
    seconds = time.monotonic() - began
    assert not claimed().exists(), "it was not given back"
    assert seconds < STOPS_WITHIN, f"the worker took {seconds:.1f} s to stop"
    given_back = StoredFile.objects.get(pk=at_work.pk)
    assert given_back.failures == at_work.failures, "the stop was counted"
    here.start("files")
    return seconds


def wait_for_decoder(here: site.Site) -> None:
    def is_busy() -> bool:
        hurry_up()
        files.queue.wake("network.tasks.work_files")
        return claimed().exists() and bool(decoders_of(here.pid("files")))

    site.wait_until(is_busy, seconds=60, what="a decoder at work")


def decoders_of(worker: int) -> list[int]:
    """The children (network/confined.py) of a worker or of its pool process."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if b"network.confined" in command and worker in ancestors_of(int(folder.name)):
            found.append(int(folder.name))
    return found


def ancestors_of(pid: int) -> list[int]:
    found = []
    while pid > 1:
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            break
        pid = int(stat.rpartition(")")[2].split()[1])
        found.append(pid)
    return found


def claimed() -> QuerySet[StoredFile]:
    """What a worker that lives has in hand."""
    return StoredFile.objects.filter(state=State.CHECKING, claimed_until__gt=clock.real_now())


def hurry_up() -> None:
    """A pause before the next try is over."""
    waiting = StoredFile.objects.filter(state=State.WAITING, retry_at__isnull=False)
    waiting.update(retry_at=clock.real_now())


def abandon() -> None:
    past = clock.real_now() - timedelta(seconds=1)
    StoredFile.objects.filter(state=State.CHECKING).update(claimed_until=past)


def all_ready(*, hurry: bool) -> bool:
    if hurry:
        hurry_up()
    return not StoredFile.objects.exclude(state=State.READY).exists()


def judge(stream: uploads.Stream, seconds: float) -> None:
    states = Counter(StoredFile.objects.values_list("state", flat=True))
    print(f"answers: {dict(stream.statuses)}, files: {dict(states)}, stopped in {seconds:.1f} s")
    assert set(stream.statuses) == {201}, stream.statuses
    assert len(stream.acknowledged) == StoredFile.objects.count()
    assert not stream.missing(), "an acknowledged photo is missing"
