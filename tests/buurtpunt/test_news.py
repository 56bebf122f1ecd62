import pytest
from django.contrib.auth.models import AnonymousUser

from buurtpunt import actions
from buurtpunt import search as searching
from network.models import AuditEntry, NewsItem
from tests.buurtpunt.pages import Page

WORDS = {"title": "De oven brandt", "intro": "Kom proeven.", "body": "Elke zaterdag."}


@pytest.fixture
def item(world):
    return actions.publish_news(by=world.person("coordinator"), **WORDS)


def test_coordinator_writes_a_message_that_everyone_reads_at_once(sign_in, client, world):
    assert "De oven brandt" not in Page(client, "/").text
    response = sign_in("coordinator").post("/coordinatie/nieuws/nieuw/", WORDS)
    assert (response.status_code, response.url) == (303, "/nieuws/de-oven-brandt/")
    sign_in("anonymous")
    assert "De oven brandt" in Page(client, "/").text
    assert "Elke zaterdag." in Page(client, "/nieuws/de-oven-brandt/").text
    assert AuditEntry.objects.get().verb == "news.published"


def test_no_message_takes_the_address_of_the_page_that_adds_one(world):
    item = actions.publish_news(by=world.person("coordinator"), **{**WORDS, "title": "Nieuw!"})
    assert item.slug == "nieuw-2"


def test_a_message_without_words_is_not_published_and_nothing_typed_is_lost(sign_in):
    response = sign_in("coordinator").post(
        "/coordinatie/nieuws/nieuw/", {"title": "", "intro": "Kom proeven.", "body": "Zaterdag."}
    )
    assert response.status_code == 422
    assert "Zaterdag." in response.content.decode()
    assert not NewsItem.objects.exists()


def test_a_changed_message_keeps_its_address(sign_in, item):
    response = sign_in("coordinator").post(
        "/coordinatie/nieuws/de-oven-brandt/", {**WORDS, "title": "De oven brandt weer"}
    )
    assert response.status_code == 303
    item.refresh_from_db()
    assert (item.title, item.slug) == ("De oven brandt weer", "de-oven-brandt")


def test_a_withdrawn_message_is_gone_from_site_and_search_and_can_come_back(sign_in, client, item):
    assert "De oven brandt" in Page(client, "/nieuws/").text
    sign_in("coordinator").post("/coordinatie/nieuws/de-oven-brandt/weg/")
    sign_in("anonymous")
    assert "De oven brandt" not in Page(client, "/nieuws/").text
    assert client.get("/nieuws/de-oven-brandt/").status_code == 404
    assert not NewsItem.objects.filter(published_at__isnull=False).exists()
    sign_in("coordinator").post("/coordinatie/nieuws/de-oven-brandt/terug/")
    sign_in("anonymous")
    assert "De oven brandt" in Page(client, "/nieuws/").text


def test_search_follows_the_message(item, world):
    by = world.person("coordinator")
    assert [group.label for group in searching.find(AnonymousUser(), "proeven")] == ["Nieuws"]
    actions.withdraw_news(item=item, by=by)
    assert searching.find(AnonymousUser(), "proeven") == []
    actions.restore_news(item=item, by=by)
    actions.change_news(item=item, title="Nieuw", intro="Iets anders.", body="", by=by)
    assert searching.find(AnonymousUser(), "proeven") == []


def test_two_messages_with_one_title_have_their_own_address(item, world):
    second = actions.publish_news(by=world.person("coordinator"), **WORDS)
    assert second.slug == "de-oven-brandt-2"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_as_many_queries_for_one_message_as_for_three(
    sign_in, world, rows, django_assert_num_queries
):
    for _ in range(rows):
        actions.publish_news(by=world.person("coordinator"), **WORDS)
    client = sign_in("coordinator")
    with django_assert_num_queries(5):  # session, user; may she, the list; her menu
        client.get("/coordinatie/nieuws/")
