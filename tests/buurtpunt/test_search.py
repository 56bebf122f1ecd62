import pytest
from django.contrib.auth.models import AnonymousUser

from buurtpunt import search as searching
from network import clock, search
from network.models import NewsItem
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


def test_public_villages_are_found_by_name_or_municipality():
    edition = factories.edition()
    factories.village(edition=edition, name="Zwaneneest", municipality="Zonderwijk")
    factories.village(edition=edition, name="Kruishoeve", is_public=False)
    assert found("zwanen") == {"Dorpen": ["Zwaneneest"]}
    assert found("zonderwijk") == {"Dorpen": ["Zwaneneest"]}
    assert found("kruishoeve") == {}


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
        factories.village(edition=edition, name=f"Molendonk {number}")
        a_news_item(title=f"Molendonk viert {number}", published_at=clock.now())
    client.get("/zoeken/?q=molendonk")
    # villages; hits and items of news; the hits of plans, events, photos and slides
    with django_assert_num_queries(7):
        client.get("/zoeken/?q=molendonk")
