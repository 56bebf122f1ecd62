"""Pages of a PDF as pictures and text, drawn a few at a time in limited children.

Each child writes a page down as soon as it is done. What ends a child (memory, time, a crash)
costs the page it was at: the pages before it are kept, the next child begins at it, and a page
that ends its child again becomes a grey sheet that says so. No Django: the child imports this.
"""

import json
import logging
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageDraw, ImageFont

from inspiration import slide_text
from inspiration.judging import LOCKED
from network import images
from network.confined import ChildCrashed, Limits, run_limited
from network.refusal import Refused

log = logging.getLogger(__name__)

MAX_PAGES = 300
LONG_SIDE = 1600  # pixels: a page of any claimed size is drawn no larger
WIDTHS = (480, 1024, 1600)
# Of one child, never of a file: a page takes half a second, and a hundred megabytes with the
# interpreter. The wall is for a page that sleeps, not for a machine that is busy.
PAGE_LIMITS = Limits(memory=448 * 1024**2, cpu=90, wall=900)
# Starting a child takes a quarter of a second; a worker that is killed loses these pages at most.
PAGES_A_CHILD = 6
# Whoever makes 300 pages that each burn all of it holds up the photos of others: patience ends.
PATIENCE = 5
SHORT_LIMITS = Limits(memory=PAGE_LIMITS.memory, cpu=15, wall=PAGE_LIMITS.wall)

# A list of pages and how many they are, in either order, with room for a longer number.
LISTS_OF_PAGES = (
    re.compile(rb"/Count\s+(?P<count>\d+\s*)/Kids\s*\[(?P<kids>[\s\dR]*)\]"),
    re.compile(rb"/Kids\s*\[(?P<kids>[\s\dR]*)\]\s*/Count\s+(?P<count>\d+\s*)(?=[/>])"),
)

BROKEN_PDF = "Deze pdf is beschadigd. Bewaar ze opnieuw en probeer nog eens."
TOO_MANY_PAGES = "Deze pdf telt {} bladzijden; we nemen er hoogstens 300. Splits ze in delen."
NOT_DRAWN = "Dia {} konden we niet tekenen"
GREY_SHEET, GREY_PAPER, GREY_INK = (1600, 900), "#e4e4e2", "#3c3c3a"


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
        "inspiration.slides:page_count", str(source), sentence=BROKEN_PDF, limits=limits
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
    run_limited(f"inspiration.slides:{name}", *given, sentence=BROKEN_PDF, limits=limits)


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


# From here on: inside the child.


def page_count(source: str) -> int:
    _count_lost_pages(Path(source))
    count = len(_open(source))
    if not count:
        raise Refused(BROKEN_PDF)
    if count > MAX_PAGES:
        raise Refused(TOO_MANY_PAGES.format(count))
    return count


def _count_lost_pages(source: Path) -> None:
    """A file with a broken page may count its pages without that one, and pdfium then never comes
    to the last: the lists of pages decide instead, if there is a page to be won by it."""
    data = source.read_bytes()
    mended = data
    for pattern in LISTS_OF_PAGES:
        mended = pattern.sub(_with_true_count, mended)
    if mended == data:
        return
    before, after = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument(mended)
    for index in range(len(before), min(len(after), MAX_PAGES)):
        with suppress(pypdfium2.PdfiumError):
            after[index].close()
            source.write_bytes(mended)
            return


def _with_true_count(pages: re.Match[bytes]) -> bytes:
    """The same number of bytes, or every address in the file would be wrong."""
    kids, counted = pages["kids"].count(b"R"), int(pages["count"])
    start, end = (place - pages.start() for place in pages.span("count"))
    written = str(kids).encode().ljust(end - start)
    if kids <= counted or len(written) > end - start:
        return pages[0]
    return pages[0][:start] + written + pages[0][end:]


def draw(source: str, folder: str, *numbers: str) -> None:
    document = _open(source)
    # Draws what was filled in. Nothing of ours runs a script: pdfium has no engine for it here,
    # and it is given no platform to run one on.
    with suppress(pypdfium2.PdfiumError):
        document.init_forms()
    for number in map(int, numbers):
        _draw_page(document, Path(folder), number)


def draw_grey(source: str, folder: str, number: str) -> None:
    _write_down(Path(folder), int(number), None)


def _open(source: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise Refused(LOCKED) from None
        raise


def _draw_page(document: pypdfium2.PdfDocument, folder: Path, number: int) -> None:
    """The picture, or a grey sheet; with the words even then, if they can be read."""
    picture, title, text = None, "", ""
    with _own_fault_only():
        page = document[number - 1]
        with _own_fault_only():
            picture = _picture(page)
        page.close()
        with _own_fault_only():
            title, text = slide_text.read(document, number - 1)
    _write_down(folder, number, picture, title, text)


@contextmanager
def _own_fault_only() -> Iterator[None]:
    """Whatever the decoder raises about one page is about that page; but a child that is out of
    memory ends, so that the page gets a fresh one."""
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        log.info("a page: %s: %s", type(error).__name__, error)


def _picture(page: pypdfium2.PdfPage) -> Image.Image:
    width, height = page.get_size()
    # A 346-byte PDF can claim a page of 40.000 points: the output decides the scale.
    scale = min(LONG_SIDE / max(width, height, 1), 8)
    return images.as_srgb(page.render(scale=scale).to_pil())


def _write_down(
    folder: Path, number: int, picture: Image.Image | None, title: str = "", text: str = ""
) -> None:
    """The pictures first, the row last and at once: a page is there with all of it or not."""
    shown = picture or _grey_sheet(number)
    row = {
        "title": title,
        "text": text,
        "is_drawn": picture is not None,
        "files": images.write_renditions(shown, folder, f"dia-{number}", WIDTHS),
    }
    half = folder / f"dia-{number}.half"
    half.write_text(json.dumps(row))
    half.rename(folder / f"dia-{number}.json")


def _grey_sheet(number: int) -> Image.Image:
    sheet = Image.new("RGB", GREY_SHEET, GREY_PAPER)
    middle = (GREY_SHEET[0] / 2, GREY_SHEET[1] / 2)
    font = ImageFont.load_default(72)
    ImageDraw.Draw(sheet).text(
        middle, NOT_DRAWN.format(number), fill=GREY_INK, font=font, anchor="mm"
    )
    return sheet
