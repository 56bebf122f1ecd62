"""HEIC photos for tests, put together from four coded tiles of one colour each.

There is no encoder of HEVC among our packages, and a photo of fifty megapixels would be large.
So the four tiles of 512 by 512 pixels lie here (made by us, with libheif), and a photo is a grid
of them, like the photos of telephones: red and green above, blue and ochre below.
"""

import struct
from base64 import b64decode
from math import ceil

from tests.pictures import box

SIDE = 512
DECODER = b64decode(
    "AAAAeGh2Y0MBA3AAAACQAAAAAABa8AD8/fj4AAAPA2AAAQAYQAEMAf//A3AAAAMAkAAAAwAAAwBaugJAYQAB"
    "ACtCAQEDcAAAAwCQAAADAAADAFqgBAIAgFlupJKa5uAhoMCAAAAMgAAAAwCEYgABAAdEAcFysGJA"
)
TILES = {
    "red": b64decode(
        "AAAA1igBrwnEGrYWXVVUgCE5dV///Rjf//wjTyH7XLB0HMPLuNNZ4fr3Mxd0AABZAAClAAZgAAADALeAovcz"
        "F3QAAGQAAOcAC8AAAAMAAAMAAAMBF5MAAP8ADCAAAAMAAAMAAAMAAAMAAASMhwAAAwAAAwAAAwAAAwAAAwAA"
        "AwAAAwJeAAADAAADAAADAAADAAADAAADAAAEFAAAAwAAAwAAAwAAAwAAAwAAAwAAc0AAAAMAAAMAAAMAAAMA"
        "AAMAAAMAA9oAAAMAAAMAAAMAAAMAAAMAAAMADtg="
    ),
    "green": b64decode(
        "AAAA1SgBrwnEGqYWXVVUgCE5dV//+ZV///UUX//lAbnQcw8u401nh+vczF3QAAFkAAKUABmAAAADAt6i9zMX"
        "dAAAZAAA5wALwAAAAwAAAwAAAwEXkwAA/wAMIAAAAwAAAwAAAwAAAwAABIyHAAADAAADAAADAAADAAADAAAD"
        "AAADAl4AAAMAAAMAAAMAAAMAAAMAAAMAAAQUAAADAAADAAADAAADAAADAAADAABzQAAAAwAAAwAAAwAAAwAA"
        "AwAAAwAD2gAAAwAAAwAAAwAAAwAAAwAAAwAO2A=="
    ),
    "blue": b64decode(
        "AAAA1igBrwnEGrYWXVVUgCE5dV///i7/73+nt3/+VhR0HMPLuNNZ4fr3Mxd0AABZAAClAAZgAAADALeAovcz"
        "F3QAAGQAAOcAC8AAAAMAAAMAAAMBF5MAAP8ADCAAAAMAAAMAAAMAAAMAAASMhwAAAwAAAwAAAwAAAwAAAwAA"
        "AwAAAwJeAAADAAADAAADAAADAAADAAADAAAEFAAAAwAAAwAAAwAAAwAAAwAAAwAAc0AAAAMAAAMAAAMAAAMA"
        "AAMAAAMAA9oAAAMAAAMAAAMAAAMAAAMAAAMADtg="
    ),
    "ochre": b64decode(
        "AAAA1igBrwnEGrYWXVVUgCE5dV9f/Jvf//5gu8h9O2B0HMPLuNNZ4fr3Mxd0AABZAAClAAZgAAADALeAovcz"
        "F3QAAGQAAOcAC8AAAAMAAAMAAAMBF5MAAP8ADCAAAAMAAAMAAAMAAAMAAASMhwAAAwAAAwAAAwAAAwAAAwAA"
        "AwAAAwJeAAADAAADAAADAAADAAADAAADAAAEFAAAAwAAAwAAAwAAAwAAAwAAAwAAc0AAAAMAAAMAAAMAAAMA"
        "AAMAAAMAA9oAAAMAAAMAAAMAAAMAAAMAAAMADtg="
    ),
}


def photo(width=1024, height=1024, *, pixels_first=False, padding=0, length="plain"):
    """Bytes of a HEIC of this size. pixels_first: the boxes in the order of Samsung phones.

    padding: bytes of nothing beside the pixels. length: how the length of the last box is written,
    "plain", "open" (0: to the end) or "long" (1: in 64 bits)."""
    ftyp = box(b"ftyp", b"heic\0\0\0\0mif1heic")
    pixels = b"".join(TILES.values()) + bytes(padding)
    size_of_meta = len(_meta(width, height, 0))
    header = 16 if length == "long" else 8
    if pixels_first:
        meta = _meta(width, height, len(ftyp) + 8)
        return ftyp + box(b"mdat", pixels) + _with_length(meta, length)
    meta = _meta(width, height, len(ftyp) + size_of_meta + header)
    return ftyp + meta + _with_length(box(b"mdat", pixels), length)


def _with_length(plain, kind):
    if kind == "open":
        return b"\0\0\0\0" + plain[4:]
    if kind == "long":
        return struct.pack(">I4sQ", 1, plain[4:8], len(plain) + 8) + plain[8:]
    return plain


def _meta(width, height, pixels_at):
    columns, rows = ceil(width / SIDE), ceil(height / SIDE)
    ids = range(2, 2 + columns * rows)
    handler = box(b"hdlr", bytes(8) + b"pict" + bytes(13))
    primary = box(b"pitm", struct.pack(">IH", 0, 1))
    links = struct.pack(">HH", 1, len(ids)) + struct.pack(f">{len(ids)}H", *ids)
    return box(
        b"meta",
        bytes(4)
        + handler
        + primary
        + _item_infos(ids)
        + _item_places(columns, rows, pixels_at)
        + box(b"iref", bytes(4) + box(b"dimg", links))
        + _properties(width, height, ids)
        + box(b"idat", struct.pack(">BBBBII", 0, 1, rows - 1, columns - 1, width, height)),
    )


def _item_infos(ids):
    kinds = {1: b"grid"} | dict.fromkeys(ids, b"hvc1")
    infos = [
        box(
            b"infe",
            struct.pack(">IHH4sB", 0x02000001 if item > 1 else 0x02000000, item, 0, kind, 0),
        )
        for item, kind in kinds.items()
    ]
    return box(b"iinf", struct.pack(">IH", 0, len(infos)) + b"".join(infos))


def _item_places(columns, rows, pixels_at):
    """The grid lies in "idat", each tile in "mdat"; tiles of one colour share their bytes."""
    places = [struct.pack(">HHHHII", 1, 1, 0, 1, 0, 12)]
    starts, at = {}, pixels_at
    for name, data in TILES.items():
        starts[name] = (at, len(data))
        at += len(data)
    for number in range(columns * rows):
        name = list(TILES)[2 * (number // columns >= rows / 2) + (number % columns >= columns / 2)]
        places.append(struct.pack(">HHHHII", number + 2, 0, 0, 1, *starts[name]))
    return box(b"iloc", b"\x01\0\0\0\x44\0" + struct.pack(">H", len(places)) + b"".join(places))


def _properties(width, height, ids):
    sizes = [struct.pack(">III", 0, *size) for size in ((width, height), (SIDE, SIDE))]
    shared = box(b"ispe", sizes[0]) + box(b"ispe", sizes[1]) + DECODER
    used = struct.pack(">HBB", 1, 1, 1)
    used += b"".join(struct.pack(">HBBB", item, 2, 2, 0x83) for item in ids)
    links = box(b"ipma", struct.pack(">II", 0, 1 + len(ids)) + used)
    return box(b"iprp", box(b"ipco", shared) + links)
