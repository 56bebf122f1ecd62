"""Draws pages of a PDF: the only module that lets pdfium at a file, run in a limited child by
slides.py. No Django.
"""

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageDraw, ImageFont

from inspiration import slide_text
from inspiration.judging import LOCKED
from inspiration.slides import BROKEN_PDF, MAX_PAGES, TOO_MANY_PAGES
from network import images
from network.refusal import Refused

log = logging.getLogger(__name__)

LONG_SIDE = 1600  # pixels: a page of any claimed size is drawn no larger
WIDTHS = (480, 1024, 1600)
NOT_DRAWN = "Dia {} konden we niet tekenen"
GREY_SHEET, GREY_PAPER, GREY_INK = (1600, 900), "#e4e4e2", "#3c3c3a"
# A list of pages and how many they are, in either order, with room for a longer number.
LISTS_OF_PAGES = (
    re.compile(rb"/Count\s+(?P<count>\d+\s*)/Kids\s*\[(?P<kids>[\s\dR]*)\]"),
    re.compile(rb"/Kids\s*\[(?P<kids>[\s\dR]*)\]\s*/Count\s+(?P<count>\d+\s*)(?=[/>])"),
)


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
