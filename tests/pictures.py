"""Pictures for tests, made on the spot: a scene with four corners that tell its orientation."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageCms

CORNERS = {
    "red": (200, 30, 30),
    "green": (30, 160, 30),
    "blue": (30, 30, 200),
    "ochre": (220, 170, 40),
}
GPS_IFD, MAKE, DATE, EXIF_IFD, ORIENTATION = 0x8825, 0x010F, 0x9003, 0x8769, 0x0112
OFFSET = 0x9011
EXIF_FACTS = {"orientation", "taken", "offset"}


def scene(width=400, height=300, mode="RGB"):
    """Red and green above, blue and ochre below."""
    image = Image.new("RGB", (width, height))
    half = (width // 2, height // 2)
    for at, colour in zip(
        [(0, 0), (half[0], 0), (0, half[1]), half], CORNERS.values(), strict=True
    ):
        image.paste(Image.new("RGB", (width - at[0], height - at[1]), colour), at)
    return image.convert(mode)


def exif(orientation=1, taken="2026:03:21 14:05:09", offset=None):
    tags = Image.Exif()
    tags[ORIENTATION] = orientation
    tags[MAKE] = "Verklikker 3000"
    tags.get_ifd(EXIF_IFD)[DATE] = taken
    if offset:
        tags.get_ifd(EXIF_IFD)[OFFSET] = offset
    tags.get_ifd(GPS_IFD)[2] = (50.0, 52.0, 45.0)
    tags.get_ifd(GPS_IFD)[29] = "2026:03:21"
    return tags


def photo(image=None, form="JPEG", **options):
    """Bytes of a photo that tells on its maker: EXIF with GPS, XMP, a comment."""
    image = image or scene()
    tell = {
        "exif": exif(**{name: options.pop(name) for name in EXIF_FACTS & set(options)}),
        "xmp": b"<x:xmpmeta>Geheime plek</x:xmpmeta>",
    }
    if form == "JPEG":
        tell["comment"] = b"Geheime plek"
    return encoded(image, form, **(tell | options))


def encoded(image, form="JPEG", **options):
    buffer = BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def profile_with_red_for_blue():
    """A profile whose red primary is the blue of sRGB: only a conversion shows the right colour."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"xxxx").replace(b"bXYZ", b"rXYZ").replace(b"xxxx", b"bXYZ")


def png_claiming(width, height):
    """A few bytes of PNG whose header claims any size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 64))
        + chunk(b"IEND", b"")
    )


def webp_claiming(width, height):
    body = b"VP8X" + struct.pack("<II", 10, 0) + (width - 1).to_bytes(3, "little")
    body += (height - 1).to_bytes(3, "little")
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def heic_claiming(*sizes, brand=b"heic"):
    """The boxes of a HEIC header with one "ispe" per size and no pixels."""
    ispes = b"".join(box(b"ispe", struct.pack(">III", 0, *size)) for size in sizes)
    meta = box(b"meta", b"\0\0\0\0" + box(b"iprp", box(b"ipco", ispes)))
    return box(b"ftyp", brand + b"\0\0\0\0mif1" + brand) + meta


def heic_nested(depth):
    boxes = b""
    for _ in range(depth):
        boxes = box(b"iprp", boxes)
    return heic_claiming((640, 480)) + box(b"meta", b"\0\0\0\0" + boxes)


def box(name, body):
    return struct.pack(">I", len(body) + 8) + name + body
