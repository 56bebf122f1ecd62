"""The same hits on PostgreSQL and SQLite, joined to what the reader may see."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser

from network import search
from network.models import NewsItem, SearchText
from network.search import Part, Result, Source
from tests.at_once import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(autouse=True)
def source(monkeypatch):
    """News, of which only those with "open" in the slug are visible."""
    monkeypatch.setattr(search, "_sources", {})
    search.register(
        Source(
            "test",
            "Proef",
            visible=lambda user: NewsItem.objects.filter(slug__startswith="open"),
            describe=lambda obj, hit, snippet: Result(hit.title, f"#{hit.part}", "", snippet),
        )
    )


def item(slug, *texts):
    row = NewsItem.objects.create(title=slug, slug=slug, intro="")
    search.index("test", row.pk, [Part(n, f"Deel {n}", text) for n, text in enumerate(texts, 1)])
    return row


def titles(words):
    return [(r.title, r.url) for _, results in search.find(AnonymousUser(), words) for r in results]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We fietsen naar de halte", "fiets"),
        ("Een fiets voor iedereen", "fietsen"),
        ("Het café op de hoek", "cafe"),
        ("Een cafe op de hoek", "CAFÉ"),
        ("De buurtwinkel opent", "buurtw"),
        ("In Zwaneneest op de hoek", "hoek zwanen"),
        ("Twee zwanen op de vijver", "zwaan"),
        ("Brood, melk en kaas", "kaas brood"),
    ],
)
def test_a_word_finds_its_other_forms(text, words):
    item("open-a", "niets", text)
    assert titles(words) == [("Deel 2", "#2")]


@pytest.mark.parametrize(
    "words", ["", "   ", "!!!", "'\"", "& | !", "-- ;", "*", "kaas NEAR brood"]
)
def test_strange_words_find_nothing_and_break_nothing(words):
    item("open-a", "niets bijzonders")
    assert titles(words) == []


@pytest.mark.parametrize("sign", ["⑴", "ͺ", "ﷺ", "½", "a_b", "_", "™"])
def test_one_sign_that_stands_for_several_words_is_found_and_breaks_nothing(sign):
    item("open-a", f"Voor {sign} na")
    assert titles(f"voor {sign}") == [("Deel 1", "#1")]
    assert isinstance(titles(sign), list)


def test_what_the_reader_may_not_see_is_not_found():
    item("dicht-a", "een geheim over fietsen")
    assert titles("geheim") == []


def test_what_is_hidden_takes_no_place_of_what_is_not():
    for number in range(search.HITS_A_SOURCE):
        item(f"dicht-{number}", "fiets")
    item("open-a", "fiets")
    assert titles("fiets") == [("Deel 1", "#1")]


def test_one_long_object_does_not_hide_the_others():
    item("open-lang", *["fiets"] * 60)
    for number in range(5):
        item(f"open-{number}", "niets", "fiets")
    # Objects stand in the order of their keys as text, which the numbers of a run decide.
    assert sorted(titles("fiets")) == sorted(
        [
            *((f"Deel {part}", f"#{part}") for part in range(1, search.HITS_AN_OBJECT + 1)),
            *[("Deel 2", "#2")] * 5,
        ]
    )


def test_every_object_is_named_before_one_is_named_twice():
    for number in range(search.HITS_A_SOURCE):
        item(f"open-{number}", "fiets", "fiets")
    assert titles("fiets") == [("Deel 1", "#1")] * search.HITS_A_SOURCE


def test_what_is_removed_is_not_found():
    row = item("open-a", "bakker")
    search.remove("test", row.pk)
    assert titles("bakker") == []


def test_indexing_again_replaces_the_words():
    row = item("open-a", "bakker")
    search.index("test", row.pk, [Part(1, "Deel 1", "slager")])
    assert (titles("bakker"), titles("slager")) == ([], [("Deel 1", "#1")])


def test_the_snippet_marks_the_word_and_escapes_the_rest():
    wanted = search.asked("fiets")
    assert search.snippet("<b>Onze fietsen</b> & meer", wanted) == (
        "b&gt;Onze <mark>fietsen</mark>&lt;/b&gt; &amp; meer"
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_two_questions_a_source(rows, django_assert_num_queries):
    for number in range(rows):
        item(f"open-{number}", "fiets")
    with django_assert_num_queries(2):
        assert len(titles("fiets")) == rows


THREADS = 8
DUTCH = (
    "Wij fietsen samen naar de dorpswinkel waar vrijwilligers groenten en broden verkopen. "
    "De vergadering besliste over mogelijkheden, eenzaamheid en gezelligheid in de gemeenschap."
)


def test_eight_threads_stem_as_one():
    words = DUTCH.split()
    texts = [" ".join(words[n:] + words[:n]) for n in range(THREADS)]
    alone = [search.stems(text) for text in texts]
    together = at_once(lambda text: [search.stems(text) for _ in range(20)], texts)
    assert together == [[right] * 20 for right in alone]


def test_a_word_without_an_end_is_cut_and_still_found():
    endless = "heid" * 20_000
    assert search.stems(endless) == ["heid" * 15]
    item("open-a", f"voor {endless} na")
    assert titles(endless) == [("Deel 1", "#1")]


@pytest.mark.parametrize("length", [1, 7, 50])
def test_more_words_than_one_row_can_hold_are_found_by_their_beginning(length):
    """PostgreSQL refuses a row with more than a megabyte of different words."""
    signs = [chr(0x20000 + number) for number in range(40_000)]
    many = " ".join(sign * length + other for other in "12345" for sign in signs)[:600_000]
    item("open-a", f"bakker {many}")
    assert titles("bakker") == [("Deel 1", "#1")]


def test_the_upgrade_makes_the_stems_of_every_row_anew(monkeypatch):
    step = import_module("network.migrations.0006_stems_made_anew")
    monkeypatch.setattr(step, "ROWS_AT_ONCE", 2)
    item("open-a", "De fietsen", "Een bakker", "Drie winkels")
    right = list(SearchText.objects.values_list("stems", flat=True))
    SearchText.objects.update(stems="verkeerd")
    assert (titles("fiets"), len(titles("verkeerd"))) == ([], 3)
    step.make_anew(apps, None)
    assert list(SearchText.objects.values_list("stems", flat=True)) == right
    assert (titles("fiets"), titles("verkeerd")) == ([("Deel 1", "#1")], [])
