"""Headers are found by seeking, wherever they lie, and never by reading a whole file."""

import struct
from io import BytesIO

import pytest

from network import images, picture_headers
from network.refusal import Refused
from tests import heic, pictures


class Counted(BytesIO):
    """A file that counts what is read of it."""

    reads = total = 0

    def read(self, size=-1):
        found = super().read(size)
        self.reads += 1
        self.total += len(found)
        return found


def size(data, kind="jpeg"):
    return picture_headers.size(BytesIO(data), kind)


def segment(body, marker=0xE1):
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def jpeg_with(between):
    """A JPEG of 400 by 300 with something between its start and its first segment."""
    whole = pictures.encoded(pictures.scene())
    return whole[:2] + between + whole[2:]


def test_frame_header_behind_megabytes_of_metadata_is_found_by_seeking():
    file = Counted(jpeg_with(segment(bytes(65_000)) * 120))
    assert picture_headers.size(file, "jpeg") == (400, 300)
    assert file.total < 2000


@pytest.mark.parametrize("junk", [b"\0\1\2", b"\xff\xff\xff", b"\xff\x00" * 9, b"x" * 9_000])
def test_stray_bytes_between_segments_are_passed_over(junk):
    assert size(jpeg_with(junk)) == (400, 300)


@pytest.mark.parametrize("junk", [b"\xff\x00x", b"\xff", b"\xff\x00", b"\xff\x01", segment(b"")])
def test_search_for_a_frame_header_ends(junk):
    file = Counted(jpeg_with(junk * (8_000_000 // len(junk))))
    with pytest.raises(Refused, match="beschadigd"):
        images.judge(file)
    assert file.total <= picture_headers.MAX_BYTES + picture_headers.KIND_BYTES
    assert file.reads <= picture_headers.MAX_STEPS + 1


def test_pixels_before_any_frame_header_give_no_size():
    assert size(b"\xff\xd8" + segment(bytes(8), 0xDA) + bytes(500)) is None


@pytest.mark.parametrize("length", ["plain", "open", "long"])
@pytest.mark.parametrize("pixels_first", [False, True])
def test_heic_with_lengths_as_the_standard_has_them(pixels_first, length):
    data = heic.photo(1024, 700, pixels_first=pixels_first, length=length)
    assert picture_headers.kind(data[: picture_headers.KIND_BYTES]) == "heic"
    assert size(data, "heic") == (1024, 700)


def test_heic_with_its_pixels_before_its_header_is_not_read_whole():
    file = Counted(heic.photo(pixels_first=True, padding=3_000_000))
    assert picture_headers.size(file, "heic") == (1024, 1024)
    assert file.total < 2000


def test_heic_whose_first_box_has_a_long_length():
    data = heic.photo()
    ftyp = struct.pack(">I4sQ", 1, b"ftyp", 32) + data[8:24]
    assert picture_headers.kind(ftyp + data[24:]) == "heic"
    assert size(ftyp + data[24:], "heic") == (1024, 1024)


@pytest.mark.parametrize(
    "data",
    [
        pictures.heic_nested(5_000),
        pictures.heic_claiming((640, 480)) + pictures.box(b"free", b"") * 50_000,
        pictures.heic_claiming((640, 480)) + struct.pack(">I4sQ", 1, b"meta", 3),
        pictures.heic_claiming((640, 480)) + struct.pack(">I4s", 7, b"meta"),
    ],
)
def test_heic_of_boxes_that_lead_nowhere_is_refused(data):
    file = Counted(data)
    with pytest.raises(Refused, match="beschadigd"):
        images.judge(file)
    assert file.reads <= picture_headers.MAX_STEPS + 1


def test_heic_cut_within_a_header_is_refused():
    whole = heic.photo()
    for length in range(12, 400, 7):
        try:
            judged = images.judge(BytesIO(whole[:length]))
        except Refused:
            continue
        assert (judged.width, judged.height) in {(1024, 1024), (512, 512)}
