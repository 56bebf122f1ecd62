"""The disk fills up while photos come in, and gets room again.

Who sends then reads a sentence (507), nothing is kept by half, nothing acknowledged is refused,
and all of it ends ready once there is room.
"""

import os
from collections import Counter

from django.conf import settings

from network import clock
from network.models import StoredFile
from tests.faults import site, uploads

LIMIT_SECONDS = 600
PHOTOS, FULL = 25, 3
SHORT_PHOTOS, SHORT_FULL = 4, 1
PLENTY = 1024**3
SENTENCE = "de schijf van de site is vol"
State = StoredFile.State


def run(*, short: bool) -> None:
    photos, times = (SHORT_PHOTOS, SHORT_FULL) if short else (PHOTOS, FULL)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.faults.small_disk"
    give_room(PLENTY)
    with site.running(only=["web", "mail", "beat", "files"], web_workers=1) as here:
        stream = uploads.Stream(here, photos)
        for _ in range(times):
            fill_up(stream)
            answers = [stream.send() for _ in range(3)]
            assert set(answers) == {507}, answers
            give_room(PLENTY)
            for _ in range(photos // times):
                stream.send()
        site.wait_until(all_ready, seconds=300, what="every photo")
        judge(stream)


def fill_up(stream: uploads.Stream) -> None:
    """A photo is acknowledged, and there is no room for its pictures."""
    assert stream.send() == 201
    give_room(0)
    newest = StoredFile.objects.order_by("-created_at")[:1]

    def was_tried() -> bool:
        row = newest.get()
        assert row.state in (State.WAITING, State.CHECKING, State.READY), row.state
        return row.failures > 0 or row.state == State.READY

    site.wait_until(was_tried, seconds=60, what="the worker to try")


def give_room(size: int) -> None:
    (settings.VAR_DIR / "room").write_text(str(size))


def all_ready() -> bool:
    waiting = StoredFile.objects.filter(state=State.WAITING, retry_at__isnull=False)
    waiting.update(retry_at=clock.real_now())
    return not StoredFile.objects.exclude(state=State.READY).exists()


def judge(stream: uploads.Stream) -> None:
    states = Counter(StoredFile.objects.values_list("state", flat=True))
    waited = StoredFile.objects.filter(attempt__gt=1).count()
    print(f"answers: {dict(stream.statuses)}, files: {dict(states)}, {waited} had to wait")
    assert set(stream.statuses) <= {201, 507}, stream.statuses
    assert all(SENTENCE in text for text in stream.sentences), stream.sentences
    assert not stream.missing(), "an acknowledged photo is missing"
    kept = {row.path for row in StoredFile.objects.all()}
    on_disk = {path.name for path in settings.PRIVATE_ROOT.rglob("*") if path.is_file()}
    assert on_disk == kept, on_disk ^ kept
