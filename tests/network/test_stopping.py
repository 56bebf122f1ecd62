"""A worker that is told to stop in the middle of a photo, with the pool of one small machine; the
pool of production is in tests/faults/child_killed.py."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from inspiration import actions
from network import queue
from network.models import StoredFile
from tests import pictures
from tests.inspiration import archives
from tests.running import wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


def test_a_worker_told_to_stop_gives_its_photo_back(celery_worker, world):
    day = archives.event(edition=world.edition, slug="dag")
    data = pictures.photo(pictures.scene(6000, 4000))
    big = SimpleUploadedFile("groot.jpg", data)
    row = actions.add_file(event=day, upload=big, by=world.person("coordinator")).file
    worker = celery_worker("files")
    queue.wake("network.tasks.work_files")
    wait_until(lambda: state_of(row) == "checking")
    worker.terminate()
    worker.wait(30)
    row.refresh_from_db()
    assert (row.state, row.failures, row.claimed_until) == ("waiting", 0, None)


def state_of(row):
    return StoredFile.objects.values_list("state", flat=True).get(pk=row.pk)
