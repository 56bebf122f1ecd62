"""Photos and decks of the demo, made here: the scenes of the look as JPEGs that tell on their
maker as a phone does, PDF decks by typst, and a small PPTX."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from PIL import Image

from network import clock
from network.confined import run_limited

SCENES = settings.BASE_DIR / "static" / "img"
PIXELS_A_POINT = 2.5  # scenes are 480 by 360 points: 1200 by 900 pixels
ORIENTATION, EXIF_IFD, GPS_IFD = 0x0112, 0x8769, 0x8825
MAKE, MODEL, TAKEN = 0x010F, 0x0110, 0x9003
# How the camera lay when it wrote this orientation: what must be undone to lie that way again.
LYING = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}


@dataclass(frozen=True)
class Shot:
    """A scene, or a part of it (left, top, right, bottom as fractions), as a camera saw it."""

    scene: str
    part: tuple[float, float, float, float] = (0, 0, 1, 1)
    orientation: int = 1
    width: int = 1024


def _compiled(source: str, **options: Any) -> bytes:
    """What typst makes of this, with the scenes at hand."""
    with TemporaryDirectory(prefix="buurtpunt-demo-") as folder:
        written, made = Path(folder, "source.typ"), Path(folder, "made")
        written.write_text(source, encoding="utf-8")
        trouble = run_limited(
            "network.typesetting:typeset",
            *(str(written), str(SCENES), str(made), json.dumps(options)),
            sentence="typst stopped",
        )
        if trouble:
            raise RuntimeError(trouble)
        return made.read_bytes()


@lru_cache
def _scene(name: str) -> Image.Image:
    source = (
        f'#set page(width: 480pt, height: 360pt, margin: 0pt)\n#image("{name}.svg", width: 100%)'
    )
    png = _compiled(source, format="png", ppi=72 * PIXELS_A_POINT)
    return Image.open(BytesIO(png)).convert("RGB")


def photo(shot: Shot, taken_at: datetime | None) -> bytes:
    """A JPEG with orientation, camera, moment and a place on the map that must not leak."""
    whole = _scene(shot.scene)
    left, top, right, bottom = shot.part
    box = (left * whole.width, top * whole.height, right * whole.width, bottom * whole.height)
    image = whole.crop(tuple(round(edge) for edge in box))  # type: ignore[arg-type]
    image = image.resize((shot.width, round(shot.width * image.height / image.width)))
    if shot.orientation in LYING:
        image = image.transpose(LYING[shot.orientation])
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=88, exif=_exif(shot.orientation, taken_at))
    return buffer.getvalue()


def _exif(orientation: int, taken_at: datetime | None) -> Image.Exif:
    tags = Image.Exif()
    tags[ORIENTATION] = orientation
    tags[MAKE], tags[MODEL] = "Molenlicht", "Zakcamera 12"
    if taken_at:
        tags.get_ifd(EXIF_IFD)[TAKEN] = f"{clock.local(taken_at):%Y:%m:%d %H:%M:%S}"
    position = tags.get_ifd(GPS_IFD)
    position[1], position[2] = "N", (50.0, 51.0, 0.0)
    position[3], position[4] = "E", (3.0, 36.0, 0.0)
    return tags


@dataclass(frozen=True)
class Slide:
    """A title and the lines below it; a first slide shows a scene instead."""

    title: str
    lines: tuple[str, ...] = ()
    scene: str = ""


DECK = """
#set page(width: 960pt, height: 540pt, margin: (x: 70pt, y: 56pt), fill: rgb("{paper}"))
#set text(lang: "nl", size: 34pt, hyphenate: false, fill: rgb("{ink}"))
#show heading: set block(below: 30pt)
#show heading: set text(size: 54pt, weight: "bold", fill: rgb("{accent}"))
#set align(horizon)
#set list(marker: [•], spacing: 30pt)
"""
INKS = (
    {"paper": "#fbf6ea", "ink": "#1e2a22", "accent": "#a5341f"},
    {"paper": "#f3e9d3", "ink": "#1e2a22", "accent": "#1f4a38"},
    {"paper": "#f4ddc6", "ink": "#1e2a22", "accent": "#84281a"},
)


PAGE_OBJECT = re.compile(rb"<</Type/Page/[^<>]*>>")  # as typst writes it


def deck(slides: Sequence[Slide], ink: int = 0) -> bytes:
    """A PDF by typst; words go in as strings, never as mark-up."""
    pages = "\n#pagebreak()\n".join(_page(slide) for slide in slides)
    source = DECK.format(**INKS[ink % len(INKS)]) + pages
    return _compiled(source)


def with_a_broken_page(pdf: bytes, number: int) -> bytes:
    """The same PDF as a program that stumbled would leave it: one page is no page any more. Not a
    byte longer or shorter, or every address in the file would be wrong."""
    page = list(PAGE_OBJECT.finditer(pdf))[number - 1]
    return pdf[: page.start()] + b"[]".ljust(len(page[0])) + pdf[page.end() :]


def _page(slide: Slide) -> str:
    heading = f"#heading(level: 1, {_text(slide.title)})"
    if slide.scene:
        words = "\n\n".join(f"#text({_text(line)})" for line in slide.lines)
        picture = f'#align(center + horizon, image("{slide.scene}.svg", height: 400pt))'
        return f"#grid(columns: (1fr, 1fr), gutter: 40pt, [{heading}\n{words}], [{picture}])"
    return heading + "\n" + "\n".join(f"- #text({_text(line)})" for line in slide.lines)


def _text(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


SPACES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{where}:1.0"'
    for name, where in (
        *(("office", "office"), ("draw", "drawing"), ("text", "text")),
        *(("svg", "svg-compatible"), ("manifest", "manifest")),
    )
)
ODP_TYPE = "application/vnd.oasis.opendocument.presentation"
ODP_PAGE = (
    '<draw:page draw:name="dia{number}"><draw:frame svg:x="2cm" svg:y="2cm" svg:width="22cm" '
    'svg:height="12cm"><draw:text-box>{words}</draw:text-box></draw:frame></draw:page>'
)
ODP_MANIFEST = (
    f'<manifest:manifest{SPACES}><manifest:file-entry manifest:full-path="/" '
    f'manifest:media-type="{ODP_TYPE}"/><manifest:file-entry manifest:full-path="content.xml" '
    'manifest:media-type="text/xml"/></manifest:manifest>'
)


def odp(slides: Sequence[Slide]) -> bytes:
    """The least that LibreOffice and PowerPoint open; this release keeps it as a file only."""
    pages = "".join(
        ODP_PAGE.format(number=number, words=_paragraphs(slide))
        for number, slide in enumerate(slides, start=1)
    )
    content = (
        f"<office:document-content{SPACES}><office:body><office:presentation>{pages}"
        "</office:presentation></office:body></office:document-content>"
    )
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODP_TYPE, compress_type=zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", ODP_MANIFEST)
        archive.writestr("content.xml", content)
    return buffer.getvalue()


def _paragraphs(slide: Slide) -> str:
    return "".join(f"<text:p>{escape(line)}</text:p>" for line in (slide.title, *slide.lines))
