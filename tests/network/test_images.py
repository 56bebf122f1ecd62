from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image, ImageDraw, ImageStat, PngImagePlugin

from network import images, picture_exif
from network.refusal import Refused
from tests import heic, manifest, pictures

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
        (pictures.png_claiming(8000, 8000), "8000 × 8000 beeldpunten.*kleiner dan 50 megapixel"),
        (pictures.png_claiming(20_001, 2), "20.001 beeldpunten breed.*hoogstens 20.000"),
        (pictures.png_claiming(2, 20_001), "20.001 beeldpunten hoog.*hoogstens 20.000"),
        # A panorama of 31 megapixels: its side is what is too much.
        (pictures.png_claiming(24_000, 1300), "24.000 beeldpunten breed.*beeldpunten breed.$"),
        (pictures.webp_claiming(6000, 4500), "kleiner dan 25 megapixel, of bewaar ze als JPEG"),
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


@pytest.mark.parametrize(
    ("width", "made"),
    [
        (200, [200]),
        (330, [330]),
        (350, [350]),
        (356, [320, 356]),
        (700, [320, 700]),
        (712, [320, 640, 712]),
        (1700, [320, 640, 1024, 1700]),
        (2400, [320, 640, 1024, 1600, 2400]),
        (9000, [320, 640, 1024, 1600, 2400]),
    ],
)
def test_no_two_sizes_are_within_a_tenth_of_each_other(width, made):
    assert images.widths_for(width, images.WIDTHS) == made


def test_sizes_differ_by_a_tenth_whatever_the_width():
    for width in range(1, 2700):
        made = images.widths_for(width, images.WIDTHS)
        assert made[-1] == min(width, 2400)
        assert all(one <= other * 0.9 for one, other in pairwise(made))


def test_photo_gets_no_two_sizes_that_are_nearly_the_same(tmp_path):
    picture = render(tmp_path, pictures.encoded(pictures.scene(1700, 300)))
    assert {made.width for made in picture.renditions} == {320, 640, 1024, 1700}


def test_long_strip_is_readable_when_opened(tmp_path):
    picture = render(tmp_path, pictures.encoded(pictures.scene(1200, 15_000)))
    assert (picture.width, picture.height) == (1200, 15_000)
    assert picture.renditions[-1].width == 894
    assert picture.renditions[-1].height == 11_175
    assert corner_names(picture.renditions[-1].path) == ["red", "green", "blue", "ochre"]


def test_renditions_hold_no_metadata_and_the_moment_is_kept(tmp_path):
    picture = render(tmp_path, pictures.photo(orientation=6))
    assert picture.taken_at == datetime(2026, 3, 21, 13, 5, 9, tzinfo=UTC)
    assert_silent(picture)


def test_moment_keeps_the_offset_of_the_camera(tmp_path):
    data = pictures.photo(taken="2019:03:21 03:00:00", offset="+09:00")
    taken_at = render(tmp_path, data).taken_at
    assert (taken_at.date(), taken_at.utcoffset()) == (date(2019, 3, 21), timedelta(hours=9))


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
    turn = {6: picture_exif.UPRIGHT[8], 8: picture_exif.UPRIGHT[6]}.get(
        orientation, picture_exif.UPRIGHT.get(orientation)
    )
    if turn is not None:
        stored = stored.transpose(turn)
    picture = render(tmp_path, pictures.photo(stored, orientation=orientation))
    assert (picture.width, picture.height) == (400, 300)
    for rendition in picture.renditions:
        assert corner_names(rendition.path) == ["red", "green", "blue", "ochre"]


def xmp_says(orientation):
    tag = f'<rdf:Description tiff:Orientation="{orientation}"/>'
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{tag}</x:xmpmeta>'.encode()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_orientation_of_xmp_alone_turns_nothing(tmp_path, form):
    options = {"xmp": xmp_says(6)}
    if form == "PNG":
        options = {"pnginfo": PngImagePlugin.PngInfo()}
        options["pnginfo"].add_itxt("XML:com.adobe.xmp", xmp_says(6).decode())
    picture = render(tmp_path, pictures.encoded(pictures.scene(), form, **options))
    assert (picture.width, picture.height) == (400, 300)
    assert corner_names(picture.renditions[0].path) == ["red", "green", "blue", "ochre"]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_orientation_of_exif_turns_every_kind(tmp_path, form):
    lying = pictures.scene().transpose(picture_exif.UPRIGHT[8])
    picture = render(tmp_path, pictures.photo(lying, form, orientation=6))
    assert (picture.width, picture.height) == (400, 300)
    assert corner_names(picture.renditions[0].path) == ["red", "green", "blue", "ochre"]


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


@pytest.mark.parametrize("mode", ["RGB", "L", "P"])
@pytest.mark.parametrize("has_profile", [False, True])
def test_key_colour_is_see_through(tmp_path, mode, has_profile):
    """Corners in the key colour, a darker disc: the corners come out as paper."""
    image = Image.new("L", (80, 80), 200)
    ImageDraw.Draw(image).ellipse((20, 20, 60, 60), fill=60)
    keyed = image.convert(mode)
    key = keyed.getpixel((0, 0))
    profile = pictures.profile_with_red_for_blue() if has_profile else None
    data = pictures.encoded(keyed, "PNG", transparency=key, icc_profile=profile)
    made = render(tmp_path, data).renditions[-1].path
    with Image.open(made) as shown:
        assert far(shown.getpixel((2, 2)), (255, 255, 255)) < 6
        assert far(shown.getpixel((40, 40)), (60, 60, 60)) < 12


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "PA"])
def test_profile_holds_for_every_mode_of_colours(mode):
    image = Image.new("RGB", (20, 20), (204, 51, 51)).convert(mode)
    image.info["icc_profile"] = pictures.profile_with_red_for_blue()
    assert far(images.as_srgb(image).getpixel((10, 10)), (51, 51, 204)) < 24


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


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("missing", [1, 2, 10])
def test_photo_without_its_last_bytes_is_shown(tmp_path, mode, missing):
    whole = pictures.encoded(pictures.scene(1200, 900, mode))
    picture = render(tmp_path, whole[:-missing])
    assert (picture.width, picture.height) == (1200, 900)
    assert_silent(picture)
    with Image.open(picture.renditions[-1].path) as image:
        assert corner_names(picture.renditions[-1].path)[:2] == ["red", "green"] or mode == "L"
        assert far(image.convert("RGB").getpixel((2, 2)), (0, 0, 0)) > 30


def test_progressive_photo_without_its_end_says_so(tmp_path):
    whole = pictures.encoded(pictures.scene(), progressive=True)
    with pytest.raises(Refused, match="het einde van het bestand ontbreekt"):
        render(tmp_path, whole[:-10])


@pytest.mark.parametrize("kinds", [{}, {"pixels_first": True, "padding": 1_200_000}])
@pytest.mark.parametrize("length", ["plain", "open", "long"])
def test_heic_is_shown_however_its_boxes_lie(tmp_path, kinds, length):
    data = heic.photo(1000, 800, length=length, **kinds)
    assert (judge(data).width, judge(data).height) == (1000, 800)
    picture = render(tmp_path, data)
    assert (picture.width, picture.height) == (1000, 800)
    assert corner_names(picture.renditions[0].path) == ["red", "green", "blue", "ochre"]


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_half_a_photo_is_refused_with_what_is_missing(tmp_path, form):
    whole = pictures.encoded(pictures.scene(), form)
    with pytest.raises(Refused, match="het einde van het bestand ontbreekt"):
        render(tmp_path, whole[: len(whole) // 2])
    assert list((tmp_path / "uit").iterdir()) == []


@pytest.mark.parametrize(
    "data",
    [
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


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("p03-junk-tussen-segmenten.jpg", (640, 480)),
        ("p04-xmp-orientatie-zonder-exif.jpg", (640, 480)),
        ("p05c-10-bytes-weg.jpg", (640, 480)),
        ("p07f-trns-icc.png", (200, 200)),
    ],
)
def test_photo_that_was_done_wrong_in_first_use(tmp_path, name, size):
    data = manifest.path(f"found/{name}").read_bytes()
    assert judge(data).width
    picture = render(tmp_path, data)
    assert (picture.width, picture.height) == size
    assert_silent(picture)
    if name.startswith("p07f"):
        with Image.open(picture.renditions[-1].path) as image:
            assert far(image.getpixel((2, 2)), (255, 255, 255)) < 6
            assert far(image.getpixel((100, 100)), (0, 120, 0)) < 12


@pytest.mark.shared
def test_camera_in_tokyo_says_its_own_day(tmp_path):
    data = manifest.path("found/p06g-tokyo.jpg").read_bytes()
    assert render(tmp_path, data).taken_at.isoformat() == "2019-03-21T03:00:00+09:00"
