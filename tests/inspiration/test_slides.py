"""Pages of a PDF: each by itself, whatever the others are."""

import json

import pypdfium2
import pytest
from PIL import Image

from inspiration import slides
from network.confined import ChildDied, Limits
from network.refusal import Refused
from tests import manifest
from tests.inspiration import decks
from tests.inspiration.found import found

TALK = [
    ("Een winkel van iedereen", "Aandelen van 25 euro en dertig vrijwilligers."),
    ("De toog", "Wie bakt er brood op zondag?"),
]


def kept(tmp_path, data):
    source = tmp_path / "bron"
    source.write_bytes(data)
    (tmp_path / "uit").mkdir()
    return source, tmp_path / "uit"


def read(tmp_path, data, numbers=None, **options):
    """(page, size of its largest picture) for every page; nothing may be left of them."""
    source, folder = kept(tmp_path, data)
    numbers = numbers or range(1, slides.count_pages(source) + 1)
    pages = []
    for page in slides.draw_pages(source, folder, numbers, **options):
        with Image.open(page.renditions[-1].path) as picture:
            pages.append((page, picture.getpixel((5, 5))))
    assert list(folder.iterdir()) == []
    return pages


def texts(tmp_path, data):
    return [page.text for page, _ in read(tmp_path, data)]


def test_pages_become_pictures_text_and_title(tmp_path):
    (first, _), (second, paper) = read(tmp_path, decks.pdf(*TALK))
    assert [first.number, second.number] == [1, 2]
    assert [first.title, second.title] == ["Een winkel van iedereen", "De toog"]
    assert "Aandelen van 25 euro en dertig vrijwilligers." in first.text
    assert [(r.width, r.height, r.format) for r in second.renditions] == [
        (width, width * 9 // 16, form) for width in (480, 1024, 1600) for form in ("avif", "jpg")
    ]
    assert paper == (255, 255, 255) and first.is_drawn and second.is_drawn


def test_giant_page_is_drawn_small(tmp_path):
    ((page, _),) = read(tmp_path, decks.bare_pdf(box="0 0 40000 20000"))
    assert [(r.width, r.height) for r in page.renditions[-2:]] == [(1600, 800)] * 2
    assert (page.title, page.text) == ("", "")


def test_tall_page_keeps_its_long_side_within_bounds(tmp_path):
    ((page, _),) = read(tmp_path, decks.bare_pdf(box="0 0 600 1200"))
    assert max(r.height for r in page.renditions) == 1600


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (decks.bare_pdf(pages=301), "telt 301 bladzijden"),
        (decks.bare_pdf(pages=0), "beschadigd"),
        (b"%PDF-1.7\nniets meer", "beschadigd"),
    ],
)
def test_unreadable_pdf_is_refused(tmp_path, data, sentence):
    source, folder = kept(tmp_path, data)
    with pytest.raises(Refused, match=sentence):
        slides.count_pages(source)
    assert list(folder.iterdir()) == []


def test_page_that_cannot_be_read_is_a_grey_sheet_among_the_good_ones(tmp_path):
    pages = read(tmp_path, decks.plain_pdf("Goed 1", "Goed 2", None, "Goed 4"))
    assert [page.is_drawn for page, _ in pages] == [True, True, False, True]
    assert [page.text for page, _ in pages] == ["Goed 1", "Goed 2", "", "Goed 4"]
    grey = pages[2]
    assert grey[1] != (255, 255, 255) and max(grey[1]) - min(grey[1]) < 10
    assert [(r.width, r.height) for r in grey[0].renditions[-2:]] == [(1600, 900)] * 2


def test_grey_sheet_says_which_page_it_stands_for(tmp_path):
    """Two sheets differ by their number, and by nothing else."""
    source, folder = kept(tmp_path, decks.plain_pdf(None, None, "Goed"))
    seen = []
    for page in slides.draw_pages(source, folder, [1, 2]):
        with Image.open(page.renditions[-1].path) as picture:
            seen.append(picture.convert("L").point(lambda grey: 255 * (grey < 128)))
    assert seen[0].tobytes() != seen[1].tobytes()
    assert all(sheet.getbbox() for sheet in seen)


@pytest.mark.parametrize("count", [2, 3])
def test_pages_after_a_broken_one_are_found_though_the_file_counts_without_it(tmp_path, count):
    data = decks.plain_pdf("Goed 1", None, "Goed 3").replace(b"/Count 3", b"/Count %d" % count)
    pages = read(tmp_path, data)
    assert [(page.text, page.is_drawn) for page, _ in pages] == [
        ("Goed 1", True),
        ("", False),
        ("Goed 3", True),
    ]


def test_page_that_ends_its_child_costs_that_page_alone(tmp_path):
    data = decks.burning_pdf(before=2, after=2)
    pages = read(tmp_path, data, limits=Limits(cpu=3, wall=120))
    assert [page.is_drawn for page, _ in pages] == [True, True, False, True, True]


def test_patience_with_pages_that_burn_all_their_time_ends(tmp_path, monkeypatch):
    """After a few of them every next child gets less time, and the file still ends."""
    monkeypatch.setattr(slides, "PATIENCE", 2)
    monkeypatch.setattr(slides, "SHORT_LIMITS", Limits(cpu=1))
    pages = read(tmp_path, decks.burning_pdf(heavy=4), limits=Limits(cpu=2))
    assert [page.is_drawn for page, _ in pages] == [False] * 4


def test_deck_is_not_bound_by_the_time_of_one_child(tmp_path):
    """All pages together need more than one child may have: none is lost."""
    count = 20
    data = decks.pdf(*[(f"Dia {n}", "Brood en kaas. " * 20) for n in range(1, count + 1)])
    pages = read(tmp_path, data, limits=Limits(cpu=5, wall=120))
    assert [page.number for page, _ in pages if page.is_drawn] == list(range(1, count + 1))


def test_only_the_asked_pages_are_drawn(tmp_path):
    data = decks.plain_pdf(*[f"Blad {n}" for n in range(1, 11)])
    assert [page.text for page, _ in read(tmp_path, data, [2, 3, 9])] == [
        "Blad 2",
        "Blad 3",
        "Blad 9",
    ]


@pytest.mark.parametrize("trouble", ["cannot begin", "too slow"])
def test_trouble_of_the_machine_is_no_verdict_on_a_page(tmp_path, monkeypatch, trouble):
    """It must never become a grey sheet: the work is done again later."""
    source, folder = kept(tmp_path, decks.burning_pdf())
    if trouble == "cannot begin":
        monkeypatch.setattr("sys.executable", "/nergens/python")
    with pytest.raises(ChildDied):
        list(slides.draw_pages(source, folder, [1], limits=Limits(cpu=60, wall=1)))


def test_half_written_page_is_not_taken_for_one(tmp_path):
    _, folder = kept(tmp_path, b"")
    (folder / "dia-1.half").write_text(json.dumps({"title": ""}))
    (folder / "dia-1-480.jpg").write_bytes(b"half")
    assert slides._written_down(folder, 1) is None


def test_text_outside_the_visible_part_is_not_found(tmp_path):
    lines = [(260, 300, "BINNEN"), (20, 20, "BUITEN geheim")]
    data = decks.plain_pdf(lines, box="0 0 900 900", crop="250 250 650 650")
    ((page, _),) = read(tmp_path, data)
    assert (page.text, page.title) == ("BINNEN", "BINNEN")


def test_filled_in_field_is_drawn_and_found(tmp_path):
    ((page, _),) = read(tmp_path, decks.form_pdf("Zwaluwdorp"))
    assert page.text == "Zwaluwdorp"


def test_hidden_field_is_neither_drawn_nor_found(tmp_path):
    assert texts(tmp_path, decks.form_pdf("Zwaluwdorp", flags=2)) == [""]


def test_pdfium_here_has_no_engine_for_scripts():
    flags = pypdfium2.version.PDFIUM_INFO.flags
    assert "V8" not in flags and "XFA" not in flags


@pytest.mark.shared
def test_found_hyphens_belong_to_their_words(tmp_path):
    first, second = texts(tmp_path, found("d01-koppeltekens.pdf"))
    for words in ("West-Vlaanderen", "Oost-Vlaanderen", "e-mailadres", "dorpswinkel"):
        assert words in first
    assert first.count("zon- en feestdagen") == 2
    assert second.splitlines()[1:] == [
        "vracht- en verzendkosten",
        "onderhouds- en installatie",
        "In- en uitvoer",
        "Noord-Brabant",
    ]


@pytest.mark.shared
def test_found_page_with_a_crop_box_shows_what_is_in_it(tmp_path):
    ((page, _),) = read(tmp_path, found("d03-gemengd.pdf"), [4])
    assert (page.text, page.title) == ("BINNEN cropbox", "BINNEN cropbox")


@pytest.mark.shared
def test_found_form_shows_what_was_filled_in(tmp_path):
    ((page, _),) = read(tmp_path, found("d06-ingevuld-formulier.pdf"))
    assert "Zwaluwdorp INGEVULD" in page.text


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("d07-een-kapotte-bladzijde.pdf", [True, False, True]),
        ("pdfjs-Pages-tree-refs.pdf", [True, False]),
    ],
)
def test_found_file_with_a_broken_page_keeps_the_good_ones(tmp_path, name, drawn):
    assert [page.is_drawn for page, _ in read(tmp_path, found(name))] == drawn


@pytest.mark.shared
@pytest.mark.parametrize("path", manifest.rows("presentaties/pdf", "DOC", "JS"))
def test_real_pdf_becomes_slides(tmp_path, path):
    source, folder = kept(tmp_path, path.read_bytes())
    numbers = range(1, min(slides.count_pages(source), 8) + 1)
    pages = list(slides.draw_pages(source, folder, numbers))
    assert [page.number for page in pages] == list(numbers)
    assert all(page.is_drawn and len(page.renditions) >= 2 for page in pages)


@pytest.mark.shared
@pytest.mark.parametrize("path", manifest.rows("presentaties/pdf", "DOCE", "DOCEITHER", "DOCR"))
def test_odd_pdf_is_read_or_refused(tmp_path, path):
    try:
        assert read(tmp_path, path.read_bytes())
    except Refused as refusal:
        assert str(refusal).endswith(".")
