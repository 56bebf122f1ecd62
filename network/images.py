"""Every picture on the site goes through here: judged by its header, made harmless in a child.

`judge` runs in the request and decodes nothing. `make_renditions` runs in the files worker: it
turns upright, converts to sRGB, drops all metadata and writes AVIF and JPEG in several widths.
No Django here: the child that decodes imports this module.
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

import pi_heif
from PIL import Image

from network import picture_exif, picture_headers, picture_loading
from network.confined import Limits, run_limited
from network.picture_colours import as_srgb, workable
from network.refusal import Refused

# What each kind costs at its worst, in bytes a pixel, decides how many pixels we take of it
# (docs/performance.md): no file may bring a child above its memory.
MEGAPIXELS = {"jpeg": 60, "png": 50, "webp": 25, "heic": 50}
MAX_SIDE = 20_000
PHOTO_LIMITS = Limits(memory=600_000_000)
WIDTHS = (320, 640, 1024, 1600, 2400)
# A long strip is read, not looked at: it stays as wide as the encoder's memory allows.
MAX_RENDITION_PIXELS = 10_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
KINDS = {"JPEG": "jpeg", "MPO": "jpeg", "PNG": "png", "WEBP": "webp", "HEIF": "heic"}
ACCEPTED = {"jpeg": "JPEG", "png": "PNG", "webp": "WebP", "heic": "HEIC"}
# `make bench ONLY=avif`: 9 takes a quarter of the time of 8, for a sixth more bytes.
AVIF_QUALITY, AVIF_SPEED = 62, 9

BROKEN = (
    "Deze foto is beschadigd of onvolledig. Probeer het opnieuw met het oorspronkelijke bestand."
)
OTHER_TYPE = "Dit is geen foto die we kunnen tonen. Neem een JPEG, PNG, WebP of HEIC."
NAMED_TYPE = "Dit is een {}-bestand. We nemen foto’s als JPEG, PNG, WebP of HEIC."
EMPTY = "Dit bestand is leeg. Probeer het opnieuw met het oorspronkelijke bestand."
TOO_MANY_PIXELS = (
    "Deze foto is te groot om te verwerken ({} × {} beeldpunten). "
    "Maak ze kleiner dan {} megapixel{}."
)
TOO_LONG = (
    "Deze foto is te groot om te verwerken: {} beeldpunten {side}. "
    "Maak ze hoogstens {} beeldpunten {side}."
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
    """A photo made ready: its upright size, its files, and the moment it was taken as the camera
    says it (with the camera's own offset from UTC, whether its clock was right or not)."""

    width: int
    height: int
    taken_at: datetime | None
    renditions: tuple[Rendition, ...]


def judge(file: IO[bytes]) -> Judged:
    """Type and size by content, from the header alone; Refused with a Dutch sentence."""
    file.seek(0)
    head = file.read(picture_headers.KIND_BYTES)
    if not head:
        raise Refused(EMPTY)
    try:
        kind = picture_headers.kind(head)
        size = picture_headers.size(file, kind) if kind in ACCEPTED else None
    except (ValueError, struct.error):
        raise Refused(BROKEN) from None
    finally:
        file.seek(0)
    if kind not in ACCEPTED:
        raise Refused(NAMED_TYPE.format(kind.upper()) if kind else OTHER_TYPE)
    if not size or not all(size):
        raise Refused(BROKEN)
    refuse_too_large(kind, *size)
    return Judged(kind, *size)


def refuse_too_large(kind: str, width: int, height: int) -> None:
    if max(width, height) > MAX_SIDE:
        side = "breed" if width > height else "hoog"
        raise Refused(TOO_LONG.format(_dotted(max(width, height)), _dotted(MAX_SIDE), side=side))
    if width * height > MEGAPIXELS[kind] * 1_000_000:
        way_out = ", of bewaar ze als JPEG" if MEGAPIXELS[kind] < MEGAPIXELS["jpeg"] else ""
        raise Refused(TOO_MANY_PIXELS.format(width, height, MEGAPIXELS[kind], way_out))


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def make_renditions(source: Path, folder: Path, limits: Limits = PHOTO_LIMITS) -> Picture:
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
    pi_heif.register_heif_opener(decode_threads=1)  # each would have memory of its own
    Image.MAX_IMAGE_PIXELS = max(MEGAPIXELS.values()) * 1_000_000
    plain, (width, height), taken_at = _read(source)
    files = write_renditions(plain, Path(folder), "foto", WIDTHS)
    return {"width": width, "height": height, "taken_at": taken_at, "files": files}


def _read(source: str) -> tuple[Image.Image, tuple[int, int], str | None]:
    """The picture at its largest rendition, upright and plain; the size of the original, upright;
    when it was taken. Made small before anything else: the rest then costs little memory."""
    with picture_loading.readable(Path(source)) as file, Image.open(file, formats=FORMATS) as image:
        refuse_too_large(KINDS[image.format or ""], *image.size)
        size = picture_loading.load(image, largest_rendition)
        turn, taken_at = picture_exif.turn(image), picture_exif.taken(image)
        working = _made_small(workable(image), turn)
    plain = as_srgb(working.transpose(turn) if turn is not None else working)
    return plain, upright(size, turn), taken_at


def _made_small(image: Image.Image, turn: Image.Transpose | None) -> Image.Image:
    target = upright(largest_rendition(upright(image.size, turn)), turn)
    return image.resize(target, Image.Resampling.LANCZOS, reducing_gap=3.0)


def upright(size: tuple[int, int], turn: Image.Transpose | None) -> tuple[int, int]:
    return (size[1], size[0]) if turn in picture_exif.LYING else size


def largest_rendition(size: tuple[int, int]) -> tuple[int, int]:
    """The size of the largest picture made of an upright original: never larger than it."""
    width, height = size
    most = int((MAX_RENDITION_PIXELS * width / height) ** 0.5)
    widest = max(1, min(width, WIDTHS[-1], most))
    return widest, max(1, round(height * widest / width))


def widths_for(width: int, widths: Iterable[int]) -> list[int]:
    """`width` itself and those below it that spare a visitor at least a tenth of it."""
    chosen: list[int] = []
    for smaller in sorted({min(other, width) for other in widths}, reverse=True):
        if not chosen or smaller * 10 <= chosen[-1] * 9:
            chosen.append(smaller)
    return sorted(chosen)


def write_renditions(
    image: Image.Image, folder: Path, stem: str, widths: Iterable[int]
) -> list[tuple[int, int, str, str]]:
    """Writes AVIF and JPEG per width, never wider than the picture and no two within a tenth of
    each other; rows of (width, height, format, file name). `image` must come from `as_srgb`."""
    rows = []
    for width in widths_for(image.width, widths):
        height = max(1, round(image.height * width / image.width))
        sized = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
        sized.info = {}  # resize carries it along, and JPEG and AVIF would write it
        sized.save(
            folder / f"{stem}-{width}.avif",
            quality=AVIF_QUALITY,
            speed=AVIF_SPEED,
            max_threads=1,
        )
        sized.save(
            folder / f"{stem}-{width}.jpg", quality=82, optimize=True, progressive=width > 320
        )
        rows.append((width, height, "avif", f"{stem}-{width}.avif"))
        rows.append((width, height, "jpg", f"{stem}-{width}.jpg"))
    return rows
