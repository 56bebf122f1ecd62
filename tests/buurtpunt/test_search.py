from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser

from buurtpunt import search as searching
from network import clock, search
from network.actions import villages
from network.models import NewsItem, Village
from tests import factories
from tests.buurtpunt.pages import Page

pytestmark = pytest.mark.django_db


def found(words):
    groups = searching.find(AnonymousUser(), words)
    return {group.label: [result.title for result in group.results] for group in groups}


def a_news_item(*, title, intro="", published_at=None):
    item = NewsItem.objects.create(
        slug=title.lower().replace(" ", "-"), title=title, intro=intro, published_at=published_at
    )
    search.index("news", item.pk, [search.Part(0, title, intro)])
    return item


def test_a_word_of_a_page_finds_the_page_and_marks_it(client):
    page = Page(client, "/zoeken/?q=bakfietsen")
    assert "/voorbeelden/beveren/" in page.links
    assert "<mark>bakfiets</mark>" in client.get("/zoeken/?q=bakfietsen").content.decode()


def test_accents_and_endings_do_not_matter():
    assert found("repaircafe") == {"Pagina’s": ["Wat is een buurtpunt?"]}


def test_every_word_must_be_there_and_the_last_may_be_a_beginning():
    assert "Dorpspunt Beveren aan de IJzer" in found("brood westh")["Pagina’s"]
    assert found("brood zeppelin") == {}


def test_news_is_found_when_it_is_published():
    a_news_item(title="De oven brandt", published_at=clock.now())
    a_news_item(title="De oven dooft")
    assert found("oven") == {"Nieuws": ["De oven brandt"]}


def a_village(name, *, edition=None, **fields):
    place = villages.add_village(
        edition=edition or factories.edition(),
        name=name,
        municipality=fields.pop("municipality", "Zonderwijk"),
        summary=fields.pop("summary", ""),
        by=None,
    )
    Village.objects.filter(pk=place.pk).update(**fields)
    return place


@pytest.mark.parametrize("words", ["zwanen", "ZONDERWIJK", "cafe", "CAFÉS", "een cafe zwaneneest"])
def test_public_villages_are_found_by_name_municipality_and_sentence(words):
    a_village("Zwaneneest", summary="Eén café voor iedereen.")
    assert found(words)["Dorpen"] == ["Zwaneneest"]


def test_a_village_that_is_not_public_is_not_found():
    a_village("Zwaneneest", is_public=False)
    a_village("Zwaneneest", edition=factories.edition(slug="dicht", is_public=False))
    assert found("zwaneneest") == {}


def test_a_village_is_found_by_what_it_is_called_now(client):
    place = a_village("Zwaneneest")
    assert "Zwaneneest" in client.get("/dorpen/").content.decode()
    villages.change_village(
        village=place,
        name="Kruishoeve",
        municipality="Lindeveld",
        postcode="",
        summary="",
        by=factories.person(),
    )
    assert found("zwaneneest") == {} and found("kruishoeve") == {"Dorpen": ["Kruishoeve"]}
    assert "Kruishoeve" in client.get("/dorpen/").content.decode()


def test_villages_of_before_come_in_with_the_migration():
    place = factories.village(edition=factories.edition(), name="Zwaneneest")
    step = import_module("network.migrations.0004_villages_in_search")
    step.index(apps, None)
    assert found("zwanen") == {"Dorpen": ["Zwaneneest"]}
    step.forget(apps, None)
    assert found("zwanen") == {} and Village.objects.get() == place


def test_nothing_found_helps_further(client):
    text = Page(client, "/zoeken/?q=zeppelin").text
    assert "Niets gevonden voor ‘zeppelin’" in text
    assert "Probeer een ander woord" in text


def test_the_empty_box_explains_itself(client):
    assert "Eén vak voor alles" in Page(client, "/zoeken/").text
    assert "Eén vak voor alles" in Page(client, "/zoeken/?q=%20%20").text


def test_what_was_typed_is_shown_as_text(client):
    html = client.get("/zoeken/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


@pytest.mark.parametrize(
    "words", ["'", '"', "a*b", "%", "OR", "NEAR(", "x" * 5000, "\x00", "é" * 90]
)
def test_odd_questions_are_answered(client, words):
    assert client.get("/zoeken/", {"q": words}).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_searching_costs_as_many_queries_for_one_hit_as_for_three(
    client, rows, django_assert_num_queries
):
    edition = factories.edition()
    for number in range(rows):
        a_village(f"Molendonk {number}", edition=edition)
        a_news_item(title=f"Molendonk viert {number}", published_at=clock.now())
    client.get("/zoeken/?q=molendonk")
    # hits and rows of villages and news; the hits of plans, events, photos and slides
    with django_assert_num_queries(8):
        client.get("/zoeken/?q=molendonk")
