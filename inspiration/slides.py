"""Pages of a PDF as pictures and text, drawn a few at a time in limited children.

Each child writes a page down as soon as it is done. What ends a child (memory, time, a crash)
costs the page it was at: the pages before it are kept, the next child begins at it, and a page
that ends its child again becomes a grey sheet that says so. What a child does is in
slide_drawing.py; this module loads no native code.
"""

import json
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from network import images
from network.confined import ChildCrashed, Limits, run_limited
from network.refusal import Refused

MAX_PAGES = 300
# Of one child, never of a file: a page takes half a second, and a hundred megabytes with the
# interpreter. The wall is for a page that sleeps, not for a machine that is busy.
PAGE_LIMITS = Limits(memory=448 * 1024**2, cpu=90, wall=900)
# Starting a child takes a quarter of a second; a worker that is killed loses these pages at most.
PAGES_A_CHILD = 6
# Whoever makes 300 pages that each burn all of it holds up the photos of others: patience ends.
PATIENCE = 5
SHORT_LIMITS = Limits(memory=PAGE_LIMITS.memory, cpu=15, wall=PAGE_LIMITS.wall)

BROKEN_PDF = "Deze pdf is beschadigd. Bewaar ze opnieuw en probeer nog eens."
TOO_MANY_PAGES = "Deze pdf telt {} bladzijden; we nemen er hoogstens 300. Splits ze in delen."


@dataclass(frozen=True)
class Page:
    """One page of a PDF: its text, the title we guess, its picture in several sizes. A page that
    could not be drawn has a grey sheet for its picture."""

    number: int
    title: str
    text: str
    is_drawn: bool
    renditions: tuple[images.Rendition, ...]


def count_pages(source: Path, limits: Limits = PAGE_LIMITS) -> int:
    """Between 1 and MAX_PAGES; Refused for a PDF that cannot be opened or has more."""
    count: int = run_limited(
        "inspiration.slide_drawing:page_count", str(source), sentence=BROKEN_PDF, limits=limits
    )
    return count


def draw_pages(
    source: Path, folder: Path, numbers: Collection[int], limits: Limits = PAGE_LIMITS
) -> Iterator[Page]:
    """The pages of these numbers, each as soon as its child is done; who takes the next page has
    no more need of the pictures of the one before."""
    waiting, lost = sorted(numbers), 0
    while waiting:
        wanted = _run_of(waiting)
        # The child's own doing is about a page; whatever else ends it goes up.
        with suppress(Refused, ChildCrashed):
            _run("draw", source, folder, *wanted, limits=limits)
        drawn = [page for number in wanted if (page := _written_down(folder, number))]
        if not drawn:
            drawn = [_grey_page(source, folder, wanted[0])]
            lost += 1
        if lost == PATIENCE:
            limits = SHORT_LIMITS
        for page in drawn:
            waiting.remove(page.number)
            yield page
            _forget(folder, page)


def _run_of(numbers: list[int]) -> list[int]:
    """The first few that follow on each other; the very first page alone, to be seen soon."""
    most = 1 if numbers[0] == 1 else PAGES_A_CHILD
    return [n for at, n in enumerate(numbers[:most]) if n == numbers[0] + at]


def _run(
    name: str, source: Path, folder: Path, *numbers: int, limits: Limits = PAGE_LIMITS
) -> None:
    given = (str(source), str(folder), *map(str, numbers))
    run_limited(f"inspiration.slide_drawing:{name}", *given, sentence=BROKEN_PDF, limits=limits)


def _grey_page(source: Path, folder: Path, number: int) -> Page:
    _run("draw_grey", source, folder, number)
    page = _written_down(folder, number)
    assert page is not None
    return page


def _written_down(folder: Path, number: int) -> Page | None:
    """What a child wrote of a page, and nothing of one that it did not finish."""
    try:
        row = json.loads((folder / f"dia-{number}.json").read_text())
    except FileNotFoundError:
        return None
    made = images.renditions_of(row["files"], folder)
    return Page(number, row["title"], row["text"], row["is_drawn"], made)


def _forget(folder: Path, page: Page) -> None:
    (folder / f"dia-{page.number}.json").unlink()
    for rendition in page.renditions:
        rendition.path.unlink()
