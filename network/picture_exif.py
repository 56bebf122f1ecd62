"""What a photo's EXIF block says that we use: how it was held, and when it was taken.

Runs in the child that decodes. Only the EXIF block itself is believed: Pillow also takes the
orientation of XMP, which no browser does.
"""

from contextlib import suppress
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from PIL import Image

ORIENTATION_TAG, EXIF_TAG, TAKEN_TAG, OFFSET_TAG = 0x0112, 0x8769, 0x9003, 0x9011
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
LYING = frozenset(UPRIGHT[number] for number in (5, 6, 7, 8))  # these exchange width and height


def turn(image: Image.Image) -> Image.Transpose | None:
    """What brings the picture upright, or None. Ask after loading: a PNG may say it at its end."""
    with suppress(Exception):  # a damaged EXIF block says nothing, the pixels may be fine
        return UPRIGHT.get(int(_block(image).get(ORIENTATION_TAG, 1)))
    return None


def taken(image: Image.Image) -> str | None:
    """The moment on the camera's clock, as ISO text with the camera's own offset from UTC;
    Belgian time when it names none. Whether the clock was right is not judged here."""
    with suppress(Exception):  # a damaged EXIF block says nothing
        details = _block(image).get_ifd(EXIF_TAG)
        moment = datetime.strptime(str(details[TAKEN_TAG]).strip("\0 "), "%Y:%m:%d %H:%M:%S")
        if 1970 <= moment.year < 2200:
            return moment.replace(tzinfo=_offset(details.get(OFFSET_TAG))).isoformat()
    return None


def _block(image: Image.Image) -> Image.Exif:
    block = Image.Exif()
    block.load(image.info.get("exif", b""))
    return block


def _offset(written: object) -> tzinfo | None:
    with suppress(ValueError):
        return datetime.strptime(str(written).strip("\0 "), "%z").tzinfo
    return ZoneInfo("Europe/Brussels")
