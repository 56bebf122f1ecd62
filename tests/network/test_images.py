from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image, ImageStat

from network import images
from network.refusal import Refused
from tests import manifest, pictures

TELL_TALES = [b"Exif", b"http://ns.adobe.com", b"xmpmeta", b"Photoshop 3.0", b"ICC_PROFILE"]
TELL_TALES += [b"Geheime plek", b"Verklikker", b"<script", b"<?php", b"GPSLatitude"]


def judge(data):
    return images.judge(BytesIO(data))


def render(tmp_path, data):
    source = tmp_path / "bron"
    source.write_bytes(data)
    (tmp_path / "uit").mkdir(exist_ok=True)
    return images.make_renditions(source, tmp_path / "uit")


def corner_names(path):
    """The colour names of the four corners, row by row."""
    with Image.open(path) as image:
        shrunk = image.convert("RGB").resize((8, 8), Image.Resampling.BOX)
    found = [shrunk.getpixel(at) for at in ((1, 1), (6, 1), (1, 6), (6, 6))]
    return [min(pictures.CORNERS, key=lambda name: far(pictures.CORNERS[name], c)) for c in found]


def far(one, other):
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_judge_tells_type_and_size_from_the_header(form):
    judged = judge(pictures.photo(form=form))
    assert (judged.kind, judged.width, judged.height) == (form.lower(), 400, 300)


@pytest.mark.parametrize("options", [{"lossless": True}, {"quality": 50}])
def test_judge_reads_both_plain_kinds_of_webp(options):
    judged = judge(pictures.encoded(pictures.scene(), "WEBP", **options))
    assert (judged.kind, judged.width, judged.height) == ("webp", 400, 300)


def test_judge_takes_the_largest_picture_of_a_heic():
    judged = judge(pictures.heic_claiming((512, 512), (4032, 3024), (320, 240)))
    assert (judged.kind, judged.width, judged.height) == ("heic", 4032, 3024)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "leeg"),
        (pictures.encoded(pictures.scene(), "GIF"), "GIF-bestand"),
        (pictures.encoded(pictures.scene(), "TIFF"), "TIFF-bestand"),
        (pictures.encoded(pictures.scene(), "AVIF"), "AVIF-bestand"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "SVG-bestand"),
        (b"<html><script>alert(1)</script></html>", "HTML-bestand"),
        (b"%PDF-1.7\n", "PDF-bestand"),
        (b"zomaar wat tekst", "geen foto"),
        (b"\x89PNG\r\n\x1a\n", "beschadigd"),
        (b"\xff\xd8\xff", "beschadigd"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8X", "beschadigd"),
        (pictures.heic_claiming(), "beschadigd"),
        (pictures.png_claiming(0, 10), "beschadigd"),
        (pictures.png_claiming(8000, 8000), "8000 × 8000"),
        (pictures.png_claiming(20_001, 2), "te groot"),
        (pictures.heic_claiming((60_000, 60_000)), "te groot"),
    ],
)
def test_judge_refuses_with_a_sentence(data, sentence):
    with pytest.raises(Refused, match=sentence):
        judge(data)


def test_renditions_are_smaller_never_larger(tmp_path):
    picture = render(tmp_path, pictures.photo(pictures.scene(1200, 900)))
    assert (picture.width, picture.height) == (1200, 900)
    assert [(r.width, r.height, r.format) for r in picture.renditions] == [
        (width, width * 3 // 4, form)
        for width in (320, 640, 1024, 1200)
        for form in ("avif", "jpg")
    ]
    for rendition in picture.renditions:
        with Image.open(rendition.path) as image:
            assert image.format == {"avif": "AVIF", "jpg": "JPEG"}[rendition.format]
            assert image.size == (rendition.width, rendition.height)
            assert image.mode == "RGB"


def test_renditions_hold_no_metadata_and_the_moment_is_kept(tmp_path):
    picture = render(tmp_path, pictures.photo(orientation=6))
    assert picture.taken_at == datetime(2026, 3, 21, 13, 5, 9, tzinfo=UTC)
    assert_silent(picture)


def assert_silent(picture):
    assert picture.renditions
    for rendition in picture.renditions:
        data = rendition.path.read_bytes()
        assert [tale for tale in TELL_TALES if tale in data] == []
        with Image.open(rendition.path) as image:
            assert not image.getexif()
            assert not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & set(image.info)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_out_upright(tmp_path, orientation):
    stored = pictures.scene()
    turn = {6: images.UPRIGHT[8], 8: images.UPRIGHT[6]}.get(
        orientation, images.UPRIGHT.get(orientation)
    )
    if turn is not None:
        stored = stored.transpose(turn)
    picture = render(tmp_path, pictures.photo(stored, orientation=orientation))
    assert (picture.width, picture.height) == (400, 300)
    for rendition in picture.renditions:
        assert corner_names(rendition.path) == ["red", "green", "blue", "ochre"]


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "CMYK", "1", "LA"])
def test_other_colour_modes_become_plain_rgb(tmp_path, mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    picture = render(tmp_path, pictures.encoded(pictures.scene(mode=mode), form))
    if mode in {"P", "RGBA", "CMYK"}:
        assert corner_names(picture.renditions[0].path) == ["red", "green", "blue", "ochre"]
    with Image.open(picture.renditions[0].path) as image:
        assert image.mode == "RGB"


def test_sixteen_bits_of_grey_keep_their_brightness(tmp_path):
    grey = Image.new("I;16", (40, 40), 0x8000)
    picture = render(tmp_path, pictures.encoded(grey, "PNG"))
    with Image.open(picture.renditions[1].path) as image:
        assert far(image.getpixel((20, 20)), (128, 128, 128)) < 6


def test_transparency_lies_on_white(tmp_path):
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    picture = render(tmp_path, pictures.encoded(clear, "PNG"))
    with Image.open(picture.renditions[1].path) as image:
        assert far(image.getpixel((20, 20)), (255, 255, 255)) < 6


def test_colour_profile_is_converted_not_dropped():
    image = pictures.scene()
    image.info["icc_profile"] = pictures.profile_with_red_for_blue()
    plain = images.as_srgb(image)
    assert far(plain.getpixel((10, 10)), (30, 30, 200)) < 12
    assert plain.info == {}


def test_broken_colour_profile_is_ignored():
    image = pictures.scene()
    image.info["icc_profile"] = b"geen profiel"
    assert images.as_srgb(image).getpixel((10, 10)) == pictures.CORNERS["red"]


@pytest.mark.parametrize(
    "data",
    [
        pictures.photo()[:2000],
        pictures.encoded(pictures.scene(), "PNG")[:300],
        pictures.png_claiming(4000, 4000),
        pictures.heic_claiming((640, 480)),
        b"\xff\xd8\xff\xe0" + b"\0" * 200,
    ],
)
def test_broken_photo_is_refused_and_leaves_nothing(tmp_path, data):
    with pytest.raises(Refused, match="beschadigd"):
        render(tmp_path, data)
    assert list((tmp_path / "uit").iterdir()) == []


@pytest.mark.shared
@pytest.mark.parametrize("path", manifest.rows("photos/", "OK", "OKROT", "OKCONV", "XSS"))
def test_real_photo_is_accepted_clean(tmp_path, path):
    data = path.read_bytes()
    assert judge(data).width > 0
    assert_silent(render(tmp_path, data))


@pytest.mark.shared
@pytest.mark.parametrize("path", manifest.rows("photos/", "EITHER"))
def test_odd_photo_is_cleaned_or_refused(tmp_path, path):
    try:
        judge(path.read_bytes())
        picture = render(tmp_path, path.read_bytes())
    except Refused as refusal:
        assert str(refusal).endswith(".")
    else:
        assert_silent(picture)


@pytest.mark.shared
@pytest.mark.parametrize("path", manifest.rows("photos/", "REFUSE"))
def test_hostile_photo_is_refused(tmp_path, path):
    with pytest.raises(Refused):
        judge(path.read_bytes())
        render(tmp_path, path.read_bytes())


@pytest.mark.shared
@pytest.mark.parametrize("number", range(2, 9))
def test_real_orientations_and_profiles_look_alike(tmp_path, number):
    first = render(tmp_path, manifest.path("photos/orientation/landscape_1.jpg").read_bytes())
    with Image.open(first.renditions[1].path) as image:
        expected = ImageStat.Stat(image.resize((30, 20))).mean
    other = manifest.path(f"photos/orientation/landscape_{number}.jpg").read_bytes()
    with Image.open(render(tmp_path, other).renditions[1].path) as image:
        found = ImageStat.Stat(image.resize((30, 20))).mean
    assert far([round(c) for c in expected], [round(c) for c in found]) < 12
