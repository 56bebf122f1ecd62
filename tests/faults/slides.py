"""A long deck while its worker is killed and stopped again and again: every page is drawn, none
twice, and no good file is refused for the time it takes."""

import signal
import time
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from inspiration import actions, slides
from inspiration.models import Presentation
from network import clock, files, queue
from network.models import StoredFile
from tests.faults import site
from tests.inspiration import archives, decks

LIMIT_SECONDS = 2400


def run(*, short: bool) -> None:
    pages = 14 if short else slides.MAX_PAGES
    ends = [signal.SIGKILL] if short else [signal.SIGKILL, signal.SIGTERM] * 3
    started = time.monotonic()
    with site.running(only=["files"]) as here:
        talk = sent(here, pages)
        seen: dict[int, int] = {}
        for number in ends:
            more = len(seen) + 1
            site.wait_until(
                lambda more=more: talk.slides.count() >= more, seconds=120, what="a page"
            )
            here.kill("files", number)
            seen = drawn_so_far(talk, seen)
            print(f"{number.name} at dia {len(seen)} van {pages}", flush=True)
            if number == signal.SIGKILL:  # nobody says so: its lease of two minutes runs out
                StoredFile.objects.update(claimed_until=clock.real_now() - timedelta(seconds=1))
            else:
                assert StoredFile.objects.get().state == "waiting", "it was not given back"
            here.start("files")
            queue.wake("network.tasks.work_files")
        left = LIMIT_SECONDS - (time.monotonic() - started)
        site.wait_until(is_judged, seconds=left, what="the deck")
    check(talk, pages, seen)
    print(f"{pages} pages, {len(ends)} times ended, {time.monotonic() - started:.0f} s in all")


def sent(here: site.Site, pages: int) -> Presentation:
    """As the coordinator sends it."""
    data = decks.pdf(*[(f"Dia {n}", "Brood en kaas. " * 20) for n in range(1, pages + 1)])
    talk = actions.add_file(
        event=archives.event(edition=here.world.edition),
        upload=SimpleUploadedFile("winkel.pdf", data),
        by=here.world.person("coordinator"),
    )
    assert isinstance(talk, Presentation)
    return talk


def drawn_so_far(talk: Presentation, seen: dict[int, int]) -> dict[int, int]:
    """Keys of the slides by number; those seen before are the same rows."""
    drawn = dict(talk.slides.values_list("number", "pk"))
    assert seen.items() <= drawn.items(), "a page that was done was done again"
    return drawn


def is_judged() -> bool:
    return StoredFile.objects.get().state in {"ready", "refused", "failed"}


def check(talk: Presentation, pages: int, seen: dict[int, int]) -> None:
    file = StoredFile.objects.get()
    assert file.state == "ready", f"{file.state}: {file.reason}"
    assert (file.done, file.total) == (pages, pages)
    drawn = drawn_so_far(talk, seen)
    assert sorted(drawn) == list(range(1, pages + 1))
    assert not talk.slides.filter(is_drawn=False).exists(), "a good page became a grey sheet"
    renditions = list(file.renditions.values_list("page", "path"))
    assert {page for page, _ in renditions} == set(drawn)
    assert all(files.public().exists(path) for _, path in renditions)
