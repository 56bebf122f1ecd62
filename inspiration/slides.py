"""Presentations: which file is one (judged in the request), and a PDF's pages as pictures and text.

`judge` opens no PDF and unpacks no more than two small members of a ZIP. `read_pdf` does the
work in a limited child. PPTX and ODP are kept as files; their slides come in a later release.
No Django here: the child imports this module.
"""

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pypdfium2
import pypdfium2.raw as pdfium

from network import images
from network.confined import Limits, run_limited
from network.refusal import Refused

MAX_PAGES = 300
LONG_SIDE = 1600  # pixels: a page of any claimed size is drawn no larger
WIDTHS = (480, 1024, 1600)
MAX_TEXT = 20_000  # characters kept of one page
MAX_TITLE = 120
# Enough for 300 pages; one page takes a tenth of a second or two.
PDF_LIMITS = Limits(memory=2 * 1024**3, cpu=400, wall=600)

MAX_MEMBERS = 5_000
MAX_UNPACKED = 250 * 1024**2
MAX_READ = 4 * 1024**2
PPTX_TYPE = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
ODP_TYPE = b"application/vnd.oasis.opendocument.presentation"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

OTHER_TYPE = "Dit is geen presentatie die we kennen. Neem een pdf, pptx of odp."
BROKEN_PDF = (
    "Deze pdf is beschadigd of te zwaar om te verwerken. Bewaar ze opnieuw en probeer nog eens."
)
BROKEN_OFFICE = "Deze presentatie is beschadigd. Bewaar ze opnieuw of neem een pdf."
LOCKED = "Deze presentatie is beveiligd met een wachtwoord. Bewaar ze zonder en probeer opnieuw."
OLD_PPT = "Dit is een oude PowerPoint (.ppt). Bewaar ze als pptx of pdf en probeer opnieuw."
MACROS = "In deze presentatie zitten macro’s; die nemen we niet. Bewaar ze als gewone pptx of pdf."
TOO_LARGE = "Deze presentatie is uitgepakt te groot. Maak de beelden kleiner of neem een pdf."
TOO_MANY_PAGES = "Deze pdf telt {} bladzijden; we nemen er hoogstens 300. Splits ze in delen."
EMPTY = "Dit bestand is leeg. Probeer het opnieuw met het oorspronkelijke bestand."


@dataclass(frozen=True)
class Page:
    """One page of a PDF: its text, the title we guess, its picture in several sizes."""

    number: int
    title: str
    text: str
    renditions: tuple[images.Rendition, ...]


def judge(file: IO[bytes]) -> str:
    """ "pdf", "pptx" or "odp" by content; Refused with a Dutch sentence for anything else."""
    file.seek(0)
    head = file.read(1024)
    try:
        return _kind(file, head)
    finally:
        file.seek(0)


def _kind(file: IO[bytes], head: bytes) -> str:
    if not head:
        raise Refused(EMPTY)
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(OLE_MAGIC):
        raise Refused(LOCKED if _holds_encrypted_package(file) else OLD_PPT)
    if head.startswith(b"PK\x03\x04"):
        return _office_kind(file)
    raise Refused(OTHER_TYPE)


def _holds_encrypted_package(file: IO[bytes]) -> bool:
    """Office puts a presentation with a password in an OLE container with this stream."""
    file.seek(0)
    return "EncryptedPackage".encode("utf-16-le") in file.read(MAX_UNPACKED)


def _office_kind(file: IO[bytes]) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            _refuse_bomb(archive)
            return _odp_kind(archive) if "mimetype" in archive.namelist() else _pptx_kind(archive)
    except Refused:
        raise
    except Exception:  # zipfile and zlib raise many things on a ZIP that is not one
        raise Refused(BROKEN_OFFICE) from None


def _refuse_bomb(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise Refused(TOO_LARGE)


def _pptx_kind(archive: zipfile.ZipFile) -> str:
    types = _read(archive, "[Content_Types].xml")
    if b"macroEnabled" in types or _has_member(archive, r"vbaProject\.bin$"):
        raise Refused(MACROS)
    if PPTX_TYPE not in types:
        raise Refused(OTHER_TYPE)
    archive.getinfo("ppt/presentation.xml")
    return "pptx"


def _odp_kind(archive: zipfile.ZipFile) -> str:
    if _read(archive, "mimetype").strip() != ODP_TYPE:
        raise Refused(OTHER_TYPE)
    if b"encryption-data" in _read(archive, "META-INF/manifest.xml"):
        raise Refused(LOCKED)
    # Every ODP may carry an empty library; a module in it or a script beside it is code.
    if _has_member(archive, r"^Scripts/.+[^/]$|^Basic/.+/(?!script-l[bc]\.xml$)[^/]+$"):
        raise Refused(MACROS)
    archive.getinfo("content.xml")
    return "odp"


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(MAX_READ)


def _has_member(archive: zipfile.ZipFile, pattern: str) -> bool:
    return any(re.search(pattern, name) for name in archive.namelist())


def read_pdf(source: Path, folder: Path, limits: Limits = PDF_LIMITS) -> list[Page]:
    """The pages of a PDF with their pictures in `folder`; Refused when it cannot be read."""
    rows = run_limited(
        "inspiration.slides:draw_pages",
        str(source),
        str(folder),
        sentence=BROKEN_PDF,
        limits=limits,
    )
    return [
        Page(number, row["title"], row["text"], images.renditions_of(row["files"], folder))
        for number, row in enumerate(rows, start=1)
    ]


# From here on: inside the child.


def draw_pages(source: str, folder: str) -> list[dict[str, object]]:
    document = _open(source)
    if not len(document):
        raise Refused(BROKEN_PDF)
    if len(document) > MAX_PAGES:
        raise Refused(TOO_MANY_PAGES.format(len(document)))
    return [_draw(document[index], Path(folder), index + 1) for index in range(len(document))]


def _open(source: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise Refused(LOCKED) from None
        raise


def _draw(page: pypdfium2.PdfPage, folder: Path, number: int) -> dict[str, object]:
    width, height = page.get_size()
    # A 346-byte PDF can claim a page of 40.000 points: the output decides the scale.
    scale = min(LONG_SIDE / max(width, height, 1), 8)
    picture = page.render(scale=scale, may_draw_forms=False).to_pil()
    textpage = page.get_textpage()
    row: dict[str, object] = {
        "title": _title(textpage),
        "text": clean_text(textpage.get_text_range(count=min(textpage.count_chars(), MAX_TEXT))),
        "files": images.write_renditions(images.as_srgb(picture), folder, f"dia-{number}", WIDTHS),
    }
    textpage.close()
    page.close()
    return row


def _title(textpage: pypdfium2.PdfTextPage) -> str:
    """The first lines in the largest letters of the page: what a reader takes for its title."""
    lines = _lines_with_size(textpage)
    sizes = [size for _, size in lines]
    if not lines or min(sizes) == max(sizes):  # running text: its first line says most
        return shorten(lines[0][0]) if lines else ""
    start = sizes.index(max(sizes))
    words = [text for text, size in lines[start : start + 3] if size == max(sizes)]
    return shorten(" ".join(words))


def _lines_with_size(textpage: pypdfium2.PdfTextPage) -> list[tuple[str, float]]:
    """Lines of at least two letters with the size of their largest letter, rounded."""
    count = min(textpage.count_chars(), 2_000)
    text = textpage.get_text_range(count=count)
    lines, at = [], 0
    for line in re.split(r"(\r?\n)", text):
        if line.strip() and sum(letter.isalpha() for letter in line) > 1:
            sizes = [pdfium.FPDFText_GetFontSize(textpage, at + i) for i in range(len(line))]
            lines.append((clean_text(line), round(max(sizes), 1)))
        at += len(line)
    return lines


def shorten(title: str) -> str:
    return title if len(title) <= MAX_TITLE else title[: MAX_TITLE - 1].rsplit(" ", 1)[0] + "…"


def clean_text(text: str) -> str:
    """Readable lines: whole letters, words that a line end cut joined, no control characters."""
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"[\ufffe\u00ad\x02]\s*", "", text)  # how pdfium writes a hyphen at a line end
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = "".join(
        c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs", "Co", "Cn"}
    )
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)[:MAX_TEXT]
