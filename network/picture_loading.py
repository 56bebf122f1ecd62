"""Loads the pixels of a photo within little memory, and of a JPEG whose last bytes are missing.

Runs in the child that decodes.
"""

import struct
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import IO

from PIL import Image, ImageFile

from network import picture_headers
from network.refusal import Refused

Size = tuple[int, int]
CUT_OFF = (
    "Deze foto is beschadigd of onvolledig: het einde van het bestand ontbreekt. "
    "Probeer het opnieuw met het oorspronkelijke bestand."
)
UNTOUCHED = (1, 254, 3, 252)  # no row of a photo has just this colour
BLOCK_ROWS = 20  # sixteen, and what the decoder holds back to smooth the colours


def readable(source: Path) -> IO[bytes]:
    """The file for a decoder. libheif wants each length written out; the standard allows the
    last box of a HEIC to say "to the end"."""
    file = source.open("rb")
    if file.read(8)[4:] != b"ftyp" or not (found := picture_headers.open_box(file)):
        return file
    with file:
        file.seek(0)
        data = bytearray(file.read())
    at, length = found
    data[at : at + 4] = struct.pack(">I", length)
    return BytesIO(data)


def load(image: Image.Image, needed: Callable[[Size], Size]) -> Size:
    """Loads the pixels; gives the size of the original.

    A JPEG is decoded at a half, a quarter or an eighth when that leaves the size which `needed`
    asks of the original, upright or lying. Raises Refused when a part that one would see is gone.
    """
    size = image.size
    image.draft(None, _draft_size(size, needed))
    is_reduced = image.size != size
    try:
        image.load()
    except OSError as error:
        if "truncated" not in str(error):
            raise
        if not isinstance(image, ImageFile.ImageFile) or image.format not in {"JPEG", "MPO"}:
            raise Refused(CUT_OFF) from None
        _load_cut_off(image)
    return size if is_reduced else image.size  # a HEIC may turn out to have another size


def _draft_size(size: Size, needed: Callable[[Size], Size]) -> Size:
    standing, lying = needed(size), needed((size[1], size[0]))
    return max(standing[0], lying[1]), max(standing[1], lying[0])


def _load_cut_off(image: ImageFile.ImageFile) -> None:
    """As browsers do: what is missing stays grey. But no more than the last row of blocks, or a
    fiftieth of the height."""
    if not _lacks_few_rows(image):
        raise Refused(CUT_OFF)
    ImageFile.LOAD_TRUNCATED_IMAGES = True  # the child ends after this picture
    image.load()


def _lacks_few_rows(image: ImageFile.ImageFile) -> bool:
    """Decodes over a colour that tells which rows were never reached. Of a progressive JPEG that
    is all of them: how much of it is missing cannot be seen, so it is too much."""
    untouched = UNTOUCHED[: len(image.getbands())]
    canvas = Image.new(image.mode, image.size, untouched)
    image.im = canvas.im
    with suppress(OSError):
        image.load()
    last = image.height - 1 - max(BLOCK_ROWS, image.height // 50)
    if last < 0:
        return False
    row = canvas.crop((0, last, image.width, last + 1))
    return row.getcolors(1) != [(image.width, untouched if len(untouched) > 1 else untouched[0])]
