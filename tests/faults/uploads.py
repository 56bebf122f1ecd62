"""A coordinator who sends photos one after the other, as the script of the page does."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from network import files
from network.models import StoredFile
from tests import pictures
from tests.faults import site, visitors
from tests.inspiration import archives

ENOUGH = 3  # photos that wait for the worker


class Stream:
    def __init__(self, here: site.Site, count: int) -> None:
        archives.event(edition=here.world.edition, slug="dag")
        self.address = reverse("inspiration:upload", args=["dag"])
        self.sender = here.signed_in("coordinator")
        self.count = count
        self.sent = 0
        self.statuses: Counter[int] = Counter()
        self.acknowledged: list[str] = []
        self.sentences: list[str] = []
        self.photo = pictures.photo(pictures.scene(3000, 2000))

    def send(self) -> int:
        """One photo, another one each time."""
        self.sent += 1
        name = f"IMG_{self.sent}.jpg"
        data = {"bestand": SimpleUploadedFile(name, self.photo + b"%d" % self.sent)}
        token = self.sender.cookies.setdefault(settings.CSRF_COOKIE_NAME, visitors._csrf_secret())
        headers = {
            "Content-Type": MULTIPART_CONTENT,
            "X-CSRFToken": token,
            "X-Requested-With": "fetch",
        }
        body = encode_multipart(BOUNDARY, data)
        answer = self.sender.ask("POST", self.address, body, headers)
        self.statuses[answer.status] += 1
        if answer.status == 201:
            self.acknowledged.append(name)
        else:
            self.sentences.append(answer.text)
        return answer.status

    @contextmanager
    def sending(self) -> Iterator[None]:
        """In a thread, so that the worker always has a few; `count` of them at least."""
        over = threading.Event()
        thread = threading.Thread(target=self._send_all, args=(over,))
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join(60)
        while self.sent < self.count:
            self.send()

    def _send_all(self, over: threading.Event) -> None:
        try:
            while not over.is_set() and self.sent < 5 * self.count:
                waiting = StoredFile.objects.exclude(state=StoredFile.State.READY).count()
                if waiting < ENOUGH:
                    self.send()
                else:
                    time.sleep(0.1)
        finally:
            connection.close()

    def missing(self) -> list[str]:
        """Acknowledged photos without a row, or without their original or a picture."""
        rows = {row.name: row for row in StoredFile.objects.prefetch_related("renditions")}
        return [name for name in self.acknowledged if not _is_whole(rows.get(name))]


def _is_whole(row: StoredFile | None) -> bool:
    if row is None or not row.path or not files.private().exists(row.path):
        return False
    made = list(row.renditions.all())
    return bool(made) and all(files.public().exists(rendition.path) for rendition in made)
