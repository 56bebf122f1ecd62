"""Type and pixel size of a picture from its header, without any decoder.

Judged inside the request, so no native code touches a stranger's file there. A header may lie
behind megabytes of something else (Samsung writes the pixels of a HEIC first, a depth portrait
carries 1.3 MB of XMP), so it is looked for by seeking: a few bytes a step, at most MAX_STEPS
steps and MAX_BYTES bytes. What cannot be read is None or raises ValueError or struct.error.
"""

import os
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

Size = tuple[int, int]
MAX_STEPS = 20_000
MAX_BYTES = 1024 * 1024
# In a real HEIC what we look for lies three deep: meta, iprp, ipco.
MAX_DEPTH = 6
KIND_BYTES = 1024  # what `kind` wants to see
JUNK_BLOCK = 4096

JPEG_MARKER = re.compile(rb"\xff[^\x00\xff]", re.DOTALL)
JPEG_SIZE_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
JPEG_BARE_MARKERS = frozenset({0x01, *range(0xD0, 0xD9)})
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis"})
HEIC_CONTAINERS = frozenset({b"meta", b"iprp", b"ipco"})


def kind(head: bytes) -> str:
    """By the first KIND_BYTES: "jpeg", "png", "webp" or "heic"; "gif", "tiff", "avif", "svg",
    "html", "pdf" for what we can name while we refuse it; "" for the rest."""
    if head[4:8] == b"ftyp":
        return _iso_kind(head)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    starts = {
        b"\xff\xd8\xff": "jpeg",
        b"\x89PNG\r\n\x1a\n": "png",
        b"GIF8": "gif",
        b"II*\x00": "tiff",
        b"MM\x00*": "tiff",
        b"%PDF-": "pdf",
    }
    for start, name in starts.items():
        if head.startswith(start):
            return name
    return _text_kind(head)


def _iso_kind(head: bytes) -> str:
    length = struct.unpack(">I", head[:4])[0]
    # A length of 1 means that eight bytes with the true length follow, before the brands.
    start, end = (16, 256) if length == 1 else (8, min(length or 256, 256))
    brands = {head[start : start + 4]}
    brands |= {head[at : at + 4] for at in range(start + 8, end, 4)}
    if brands & HEIC_BRANDS:
        return "heic"
    return "avif" if brands & {b"avif", b"avis"} else ""


def _text_kind(head: bytes) -> str:
    text = head[:1024].lower()
    if b"<svg" in text:
        return "svg"
    return "html" if any(tag in text for tag in (b"<html", b"<!doctype", b"<script")) else ""


def size(file: IO[bytes], name: str) -> Size | None:
    """Width and height as the header claims them, for one of the four kinds we take."""
    reader = _Reader(file)
    return {"jpeg": _jpeg, "png": _png, "webp": _webp, "heic": _heic}[name](reader)


class _Reader:
    """Pieces of a file by their place, until they are too many or too much."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.length = file.seek(0, os.SEEK_END)
        self.steps, self.bytes = 0, 0

    def read(self, at: int, count: int) -> bytes:
        """Exactly `count` bytes from `at`."""
        found = self.read_up_to(at, count)
        if len(found) < count:
            raise ValueError("the file ends within its header")
        return found

    def read_up_to(self, at: int, count: int) -> bytes:
        self.steps += 1
        self.bytes += count
        if self.steps > MAX_STEPS or self.bytes > MAX_BYTES:
            raise ValueError("no size in a reasonable part of the file")
        self.file.seek(at)
        return self.file.read(count)


def _png(reader: _Reader) -> Size | None:
    head = reader.read(0, 24)
    if head[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", head[16:24])
    return width, height


def _jpeg(reader: _Reader) -> Size | None:
    """The frame header; stray bytes between the segments are passed over, as decoders do."""
    at = 2
    while True:
        at = _next_marker(reader, at)
        marker = reader.read(at + 1, 1)[0]
        if marker in JPEG_SIZE_MARKERS:
            height, width = struct.unpack(">HH", reader.read(at + 5, 4))
            return width, height
        if marker in {0xD9, 0xDA}:  # the end, or pixels before any size
            return None
        bare = marker in JPEG_BARE_MARKERS
        at += 2 if bare else 2 + max(2, struct.unpack(">H", reader.read(at + 2, 2))[0])


def _next_marker(reader: _Reader, at: int) -> int:
    """Where the next marker begins: an FF with something behind it that is no filler."""
    count = 2
    while True:
        block = reader.read_up_to(at, count)
        if found := JPEG_MARKER.search(block):
            return at + found.start()
        if len(block) < count:
            raise ValueError("no marker before the end")
        at += count - 1  # the last byte may be the first of a marker
        count = JUNK_BLOCK


def _webp(reader: _Reader) -> Size | None:
    head = reader.read(0, 30)
    form = head[12:16]
    if form == b"VP8X":
        return _uint24(head, 24) + 1, _uint24(head, 27) + 1
    if form == b"VP8L":
        bits = struct.unpack("<I", head[21:25])[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if form == b"VP8 " and head[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", head[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None


def _uint24(head: bytes, at: int) -> int:
    low, high = struct.unpack("<HB", head[at : at + 3])
    return low | high << 16


@dataclass(frozen=True)
class _Box:
    name: bytes
    at: int
    start: int  # of what is in it
    end: int
    is_open: bool  # its length is written as "to the end"


def open_box(file: IO[bytes]) -> tuple[int, int] | None:
    """Place and true length of the outermost box of a HEIC that only says "to the end"."""
    reader = _Reader(file)
    for box in _boxes(reader, 0, reader.length):
        if box.is_open:
            return box.at, box.end - box.at
    return None


def _heic(reader: _Reader) -> Size | None:
    """The largest picture inside: the others are its tiles, its thumbnail, a burst."""
    sizes = list(_heic_sizes(reader, 0, reader.length, depth=0))
    return max(sizes, key=lambda size: size[0] * size[1], default=None)


def _heic_sizes(reader: _Reader, start: int, end: int, *, depth: int) -> Iterator[Size]:
    if depth > MAX_DEPTH:
        raise ValueError("boxes in boxes without end")
    for box in _boxes(reader, start, end):
        if box.name == b"ispe":
            width, height = struct.unpack(">II", reader.read(box.start + 4, 8))
            yield width, height
        elif box.name in HEIC_CONTAINERS:
            inner = box.start + (4 if box.name == b"meta" else 0)
            yield from _heic_sizes(reader, inner, box.end, depth=depth + 1)


def _boxes(reader: _Reader, start: int, end: int) -> Iterator[_Box]:
    """The boxes of ISO 14496-12, 4.2: a length of 0 reaches to the end of what holds the box,
    a length of 1 says that the true one follows in eight bytes."""
    at = start
    while at + 8 <= end:
        length, name = struct.unpack(">I4s", reader.read(at, 8))
        header, is_open = 8, length == 0
        if length == 1:
            header, length = 16, struct.unpack(">Q", reader.read(at + 8, 8))[0]
        elif is_open:
            length = end - at
        if length < header:
            raise ValueError("a box smaller than its own header")
        yield _Box(name, at, at + header, min(at + length, end), is_open)
        at += length
