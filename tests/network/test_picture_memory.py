"""No photo that we take brings the worker's child above 600 MB, not the largest of its kind.

The child's limit is of address space: what passes under it never held more.
"""

import pytest
from PIL import Image

from network import images
from network.confined import run_limited
from tests import heic

pytestmark = pytest.mark.slow  # for what it holds: a large picture is made first
MOST = 600_000_000


def jpeg(path, width, height, mode="CMYK"):
    """The dearest: progressive, no colours thinned out."""
    image = Image.new(mode, (width, height), "teal")
    image.save(path, "JPEG", quality=60, progressive=True, subsampling=0)


def png(path, width, height, mode="RGBA"):
    Image.new(mode, (width, height), 0x40208040 if mode == "RGBA" else 1).save(
        path, "PNG", compress_level=1
    )


def webp(path, width, height):
    Image.new("RGBA", (width, height), (0, 90, 90, 128)).save(path, "WEBP", method=0)


def heif(path, width, height):
    path.write_bytes(heic.photo(width, height))


@pytest.mark.parametrize(
    ("make", "kind", "size"),
    [
        (jpeg, "jpeg", (8944, 6708)),
        (jpeg, "jpeg", (3990, 10_000)),  # just too small to be decoded at a half
        (png, "png", (2500, 20_000)),
        (webp, "webp", (5773, 4330)),
        (webp, "webp", (1666, 15_000)),
        (heif, "heic", (8190, 6100)),
    ],
)
def test_largest_photo_of_each_kind_stays_within_the_memory(tmp_path, make, kind, size):
    source, folder = tmp_path / "bron", tmp_path / "uit"
    folder.mkdir()
    make(source, *size)
    with source.open("rb") as file:
        judged = images.judge(file)
    assert (judged.kind, judged.width, judged.height) == (kind, *size)
    made = run_limited(
        "tests.network.confined_cases:decode_photo",
        str(source),
        str(folder),
        sentence="geweigerd",
        limits=images.PHOTO_LIMITS,
    )
    assert (made["width"], made["height"]) == size
    assert images.PHOTO_LIMITS.memory <= MOST
    assert made["peak"] < MOST


def test_photo_of_a_telephone_of_24_megapixels_is_taken(tmp_path):
    source = tmp_path / "bron"
    source.write_bytes(heic.photo(5712, 4284))
    (tmp_path / "uit").mkdir()
    made = images.make_renditions(source, tmp_path / "uit")
    assert (made.width, made.height) == (5712, 4284)
