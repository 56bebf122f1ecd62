from io import BytesIO

import pytest
from PIL import Image

from inspiration import slides
from network.confined import Limits
from network.refusal import Refused
from tests import manifest
from tests.inspiration import decks

TALK = [
    ("Een winkel van iedereen", "Aandelen van 25 euro en dertig vrijwilligers."),
    ("De toog", "Wie bakt er brood op zondag?"),
]


def judge(data):
    return slides.judge(BytesIO(data))


def read(tmp_path, data, **options):
    source = tmp_path / "bron"
    source.write_bytes(data)
    (tmp_path / "uit").mkdir()
    return slides.read_pdf(source, tmp_path / "uit", **options)


def test_pages_become_pictures_text_and_title(tmp_path):
    pages = read(tmp_path, decks.pdf(*TALK))
    assert [page.number for page in pages] == [1, 2]
    assert [page.title for page in pages] == ["Een winkel van iedereen", "De toog"]
    assert "Aandelen van 25 euro en dertig vrijwilligers." in pages[0].text
    assert [(r.width, r.height, r.format) for r in pages[1].renditions] == [
        (width, width * 9 // 16, form) for width in (480, 1024, 1600) for form in ("avif", "jpg")
    ]
    with Image.open(pages[1].renditions[0].path) as picture:
        assert picture.getpixel((5, 5)) == (255, 255, 255)


def test_giant_page_is_drawn_small(tmp_path):
    (page,) = read(tmp_path, decks.bare_pdf(box="0 0 40000 20000"))
    assert [(r.width, r.height) for r in page.renditions[-2:]] == [(1600, 800)] * 2
    assert (page.title, page.text) == ("", "")


def test_tall_page_keeps_its_long_side_within_bounds(tmp_path):
    (page,) = read(tmp_path, decks.bare_pdf(box="0 0 600 1200"))
    assert max(r.height for r in page.renditions) == 1600


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (decks.bare_pdf(pages=301), "telt 301 bladzijden"),
        (decks.bare_pdf(pages=0), "beschadigd"),
        (b"%PDF-1.7\nniets meer", "beschadigd"),
    ],
)
def test_unreadable_pdf_is_refused_and_leaves_nothing(tmp_path, data, sentence):
    assert judge(data) == "pdf"
    with pytest.raises(Refused, match=sentence):
        read(tmp_path, data)
    assert list((tmp_path / "uit").iterdir()) == []


def test_pdf_that_takes_too_much_is_refused(tmp_path):
    with pytest.raises(Refused, match="te zwaar"):
        read(tmp_path, decks.bare_pdf(pages=300), limits=Limits(cpu=1))


@pytest.mark.parametrize(
    ("data", "kind"), [(decks.pptx(), "pptx"), (decks.odp(), "odp"), (decks.bare_pdf(), "pdf")]
)
def test_judge_goes_by_content(data, kind):
    assert judge(data) == kind


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "leeg"),
        (b"<html></html>", "geen presentatie"),
        (decks.archive({"word/document.xml": "<w/>"}), "beschadigd"),
        (decks.pptx(kind="slideshow"), "geen presentatie"),
        (decks.pptx(**{"ppt/vbaProject.bin": "Sub AutoOpen"}), "macro"),
        (decks.archive({"[Content_Types].xml": "macroEnabled"}), "macro"),
        (decks.pptx(**{"ppt/media/nul.bin": b"\0" * (251 * 1024**2)}), "uitgepakt te groot"),
        (decks.pptx(**{f"leeg/{number}": "" for number in range(5001)}), "uitgepakt te groot"),
        (decks.pptx()[:-30], "beschadigd"),
        (decks.odp(mimetype="application/vnd.oasis.opendocument.text"), "geen presentatie"),
        (decks.odp(**{"META-INF/manifest.xml": "<encryption-data/>"}), "wachtwoord"),
        (decks.odp(**{"Basic/Standard/Module1.xml": "Sub Main"}), "macro"),
        (decks.odp(**{"Scripts/python/kwaad.py": "import os"}), "macro"),
        (decks.protected_office(), "wachtwoord"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, r"\.ppt"),
    ],
)
def test_judge_refuses_with_a_sentence(data, sentence):
    with pytest.raises(Refused, match=sentence):
        judge(data)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Dorps\ufffe\r\nwinkel", "Dorpswinkel"),
        ("cafe\u0301  en\tkaas\x00\r\n\r\nmelk", "café en kaas\nmelk"),
    ],
)
def test_text_is_made_readable(raw, clean):
    assert slides.clean_text(raw) == clean


@pytest.mark.shared
@pytest.mark.parametrize("path", manifest.rows("presentaties/pdf", "DOC", "JS"))
def test_real_pdf_becomes_slides(tmp_path, path):
    assert judge(path.read_bytes()) == "pdf"
    pages = read(tmp_path, path.read_bytes())
    assert pages and all(len(page.renditions) >= 2 for page in pages)


@pytest.mark.shared
@pytest.mark.parametrize("path", manifest.rows("presentaties/office", "DOC"))
def test_real_office_presentation_is_known(path):
    assert judge(path.read_bytes()) == path.suffix.removeprefix(".")


@pytest.mark.shared
@pytest.mark.parametrize("path", manifest.rows("presentaties/", "DOCE", "DOCEITHER"))
def test_odd_presentation_is_read_or_refused(tmp_path, path):
    try:
        judge(path.read_bytes())
        assert read(tmp_path, path.read_bytes())
    except Refused as refusal:
        assert str(refusal).endswith(".")


@pytest.mark.shared
@pytest.mark.parametrize("path", manifest.rows("presentaties/", "DOCR"))
def test_bad_presentation_is_refused(tmp_path, path):
    if path.name == "pdf-named.pptx":  # taken for what it is
        assert judge(path.read_bytes()) == "pdf"
        return
    with pytest.raises(Refused):
        judge(path.read_bytes())
        read(tmp_path, path.read_bytes())
