"""Type and pixel size of a picture from its first bytes, without any decoder.

Judged inside the request, so no native code touches a stranger's file there. Pure functions
over bytes; what they cannot read is None or raises ValueError, IndexError or struct.error.
"""

import struct
from collections.abc import Iterator

Size = tuple[int, int]
JPEG_SIZE_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
JPEG_BARE_MARKERS = frozenset({0x01, *range(0xD0, 0xD9)})
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis"})
HEIC_CONTAINERS = frozenset({b"meta", b"iprp", b"ipco"})


def kind(head: bytes) -> str:
    """ "jpeg", "png", "webp" or "heic"; "gif", "tiff", "avif", "svg", "html", "pdf" for what we
    can name while we refuse it; "" for the rest."""
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
    length = min(struct.unpack(">I", head[:4])[0], 256)
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, length, 4))}
    if brands & HEIC_BRANDS:
        return "heic"
    return "avif" if brands & {b"avif", b"avis"} else ""


def _text_kind(head: bytes) -> str:
    text = head[:1024].lower()
    if b"<svg" in text:
        return "svg"
    return "html" if any(tag in text for tag in (b"<html", b"<!doctype", b"<script")) else ""


def size(head: bytes, name: str) -> Size | None:
    """Width and height as the header claims them, for one of the four kinds we take."""
    return {"jpeg": _jpeg, "png": _png, "webp": _webp, "heic": _heic}[name](head)


def _png(head: bytes) -> Size | None:
    if head[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", head[16:24])
    return width, height


def _jpeg(head: bytes) -> Size | None:
    at = 2
    while at + 9 <= len(head):
        if head[at] != 0xFF:
            return None
        marker = head[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
        elif marker in JPEG_SIZE_MARKERS:
            height, width = struct.unpack(">HH", head[at + 5 : at + 9])
            return width, height
        elif marker in JPEG_BARE_MARKERS:
            at += 2
        else:
            at += 2 + struct.unpack(">H", head[at + 2 : at + 4])[0]
    return None


def _webp(head: bytes) -> Size | None:
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


def _heic(head: bytes) -> Size | None:
    """The largest picture inside: the others are its tiles, its thumbnail, a burst."""
    sizes = list(_heic_sizes(head))
    return max(sizes, key=lambda size: size[0] * size[1], default=None)


def _heic_sizes(data: bytes) -> Iterator[Size]:
    at = 0
    while at + 8 <= len(data):
        length, name = struct.unpack(">I4s", data[at : at + 8])
        if length < 8:  # "to the end" or 64 bits long: neither holds what we look for
            return
        if name == b"ispe":
            yield struct.unpack(">II", data[at + 12 : at + 20])
        elif name in HEIC_CONTAINERS:
            start = at + (12 if name == b"meta" else 8)
            yield from _heic_sizes(data[start : at + length])
        at += length
