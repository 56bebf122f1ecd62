"""Every picture on the site goes through here: judged by its header, made harmless in a child.

`judge` runs in the request and decodes nothing. `make_renditions` runs in the files worker: it
turns upright, converts to sRGB, drops all metadata and writes AVIF and JPEG in several widths.
No Django here: the child that decodes imports this module.
"""

import struct
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from io import BytesIO
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

import pi_heif
from PIL import Image, ImageCms

from network import picture_headers
from network.confined import Limits, run_limited
from network.refusal import Refused

MAX_PIXELS = 60_000_000
MAX_SIDE = 20_000
# A header with a thumbnail, a colour profile and pages of XMP still fits.
HEAD_BYTES = 1024 * 1024
WIDTHS = (320, 640, 1024, 1600, 2400)
MAX_HEIGHT = 3600
ACCEPTED = {"jpeg": "JPEG", "png": "PNG", "webp": "WebP", "heic": "HEIC"}

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
BROKEN = (
    "Deze foto is beschadigd of onvolledig. Probeer het opnieuw met het oorspronkelijke bestand."
)
OTHER_TYPE = "Dit is geen foto die we kunnen tonen. Neem een JPEG, PNG, WebP of HEIC."
NAMED_TYPE = "Dit is een {}-bestand. We nemen foto’s als JPEG, PNG, WebP of HEIC."
EMPTY = "Dit bestand is leeg. Probeer het opnieuw met het oorspronkelijke bestand."
TOO_LARGE = (
    "Deze foto is te groot om te verwerken ({} × {} beeldpunten). Maak ze kleiner dan 60 megapixel."
)


@dataclass(frozen=True)
class Judged:
    """What the header claims; the orientation is not applied yet."""

    kind: str
    width: int
    height: int


@dataclass(frozen=True)
class Rendition:
    width: int
    height: int
    format: str  # "avif" or "jpg"
    path: Path


@dataclass(frozen=True)
class Picture:
    """A photo made ready: its upright size, its files and the moment it was taken."""

    width: int
    height: int
    taken_at: datetime | None
    renditions: tuple[Rendition, ...]


def judge(file: IO[bytes]) -> Judged:
    """Type and size by content, from the header alone; Refused with a Dutch sentence."""
    file.seek(0)
    head = file.read(HEAD_BYTES)
    file.seek(0)
    if not head:
        raise Refused(EMPTY)
    try:
        kind = picture_headers.kind(head)
        size = picture_headers.size(head, kind) if kind in ACCEPTED else None
    except (ValueError, IndexError, struct.error):
        raise Refused(BROKEN) from None
    if kind not in ACCEPTED:
        raise Refused(NAMED_TYPE.format(kind.upper()) if kind else OTHER_TYPE)
    if not size or not all(size):
        raise Refused(BROKEN)
    refuse_too_large(*size)
    return Judged(kind, *size)


def refuse_too_large(width: int, height: int) -> None:
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise Refused(TOO_LARGE.format(width, height))


def make_renditions(source: Path, folder: Path, limits: Limits | None = None) -> Picture:
    """Decodes `source` in a limited child and writes its renditions into `folder`.

    Raises Refused for a file that cannot be decoded within the limits.
    """
    made = run_limited(
        "network.images:decode_photo", str(source), str(folder), sentence=BROKEN, limits=limits
    )
    taken_at = datetime.fromisoformat(made["taken_at"]) if made["taken_at"] else None
    return Picture(made["width"], made["height"], taken_at, renditions_of(made["files"], folder))


def renditions_of(
    files: Iterable[tuple[int, int, str, str]], folder: Path
) -> tuple[Rendition, ...]:
    """The rows that a child answered (`write_renditions`) as Rendition objects."""
    return tuple(
        Rendition(width, height, form, folder / name) for width, height, form, name in files
    )


# From here on: inside the child.


def decode_photo(source: str, folder: str) -> dict[str, object]:
    pi_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    with Image.open(source, formats=["JPEG", "PNG", "WEBP", "HEIF"]) as image:
        refuse_too_large(*image.size)
        taken_at = _taken_at(image)
        turn = UPRIGHT.get(_orientation(image))
        width, height = upright_size(image.size, turn)
        _read_only_what_is_needed(image)
        image.load()
        upright = image.transpose(turn) if turn is not None else image
        plain = as_srgb(upright)
    files = write_renditions(plain, Path(folder), "foto", WIDTHS, original_width=width)
    return {"width": width, "height": height, "taken_at": taken_at, "files": files}


def upright_size(size: tuple[int, int], turn: Image.Transpose | None) -> tuple[int, int]:
    lying = {UPRIGHT[5], UPRIGHT[6], UPRIGHT[7], UPRIGHT[8]}
    return (size[1], size[0]) if turn in lying else size


def _read_only_what_is_needed(image: Image.Image) -> None:
    """A JPEG can be decoded at a half, a quarter or an eighth: a fraction of the memory."""
    image.draft(None, (min(image.width, MAX_HEIGHT), min(image.height, MAX_HEIGHT)))


def _orientation(image: Image.Image) -> int:
    with suppress(Exception):  # a damaged EXIF block says nothing, the pixels may be fine
        return int(image.getexif().get(ORIENTATION_TAG, 1))
    return 1


def _taken_at(image: Image.Image) -> str | None:
    """The moment on the camera's clock, as ISO text; Belgian time when it names no offset."""
    with suppress(Exception):  # a damaged EXIF block says nothing
        details = image.getexif().get_ifd(EXIF_TAG)
        taken = datetime.strptime(str(details[TAKEN_TAG]).strip("\0 "), "%Y:%m:%d %H:%M:%S")
        moment = taken.replace(tzinfo=_offset(details.get(OFFSET_TAG)))
        return moment.astimezone(UTC).isoformat() if 1990 <= moment.year < 2200 else None
    return None


def _offset(written: object) -> tzinfo | None:
    with suppress(ValueError):
        return datetime.strptime(str(written).strip("\0 "), "%z").tzinfo
    return ZoneInfo("Europe/Brussels")


def as_srgb(image: Image.Image) -> Image.Image:
    """8-bit sRGB on white paper, without anything that came along in the file."""
    converted = _by_profile(image) or _by_mode(image)
    plain = Image.new("RGB", converted.size, "white")
    if converted.mode == "RGBA":
        plain.paste(converted, mask=converted.getchannel("A"))
    else:
        plain.paste(converted)
    return plain


def _by_profile(image: Image.Image) -> Image.Image | None:
    """Dropping a profile without converting shifts the colours (14 of 255 was measured)."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA", "CMYK", "L"}:
        return None
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode=mode,
        )
    return None


def _by_mode(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16") or image.mode in {"I", "F"}:
        # 16 bits of grey: keep the upper eight.
        return image.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
    see_through = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    return image.convert("RGBA" if see_through else "RGB")


def write_renditions(
    image: Image.Image,
    folder: Path,
    stem: str,
    widths: Iterable[int],
    *,
    original_width: int | None = None,
) -> list[tuple[int, int, str, str]]:
    """Writes AVIF and JPEG per width, never wider than the original; rows of
    (width, height, format, file name). `image` must come from `as_srgb`."""
    widest = min(original_width or image.width, image.width)
    ceiling = max(1, min(widest, image.width * MAX_HEIGHT // image.height))
    rows = []
    for width in sorted({min(width, ceiling) for width in widths}):
        height = max(1, round(image.height * width / image.width))
        sized = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
        sized.info = {}  # resize carries it along, and JPEG and AVIF would write it
        sized.save(folder / f"{stem}-{width}.avif", quality=62, speed=8, max_threads=1)
        sized.save(
            folder / f"{stem}-{width}.jpg", quality=82, optimize=True, progressive=width > 320
        )
        rows.append((width, height, "avif", f"{stem}-{width}.avif"))
        rows.append((width, height, "jpg", f"{stem}-{width}.jpg"))
    return rows
