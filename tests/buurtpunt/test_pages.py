import re
from datetime import date, timedelta

import pytest
from django.conf import settings

from actionplans import actions
from buurtpunt.pages import PAGES
from network import clock, pagecache
from network.contact import Contact
from network.models import NewsItem
from tests import factories
from tests.actionplans import making
from tests.buurtpunt.pages import Page
from tests.inspiration import archives

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_anybody_reads_the_page_in_warm_dutch(client, page):
    text = Page(client, f"/{page.path}").text
    assert len(text.split()) > 100
    assert not {"u", "uw"} & set(text.casefold().replace(".", " ").split())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page_has_its_own_title_and_description(client, page):
    html = client.get(f"/{page.path}").content.decode()
    assert html.count("<h1") == 1
    assert "<title>Meer dorp, minder kilometers" not in html
    assert '<meta name="description" content="' in html


def test_no_link_on_the_public_pages_is_dead(client):
    pages = ["/", "/nieuws/", *(f"/{page.path}" for page in PAGES)]
    found = {link for path in pages for link in Page(client, path).paths()}
    found = {link for link in found if not link.startswith(("/static/", "/account/"))}
    dead = {link: client.get(link).status_code for link in sorted(found)}
    assert {link: status for link, status in dead.items() if status >= 400} == {}


def test_contact_offers_a_belgian_number_to_dial():
    contact = Contact(name="An", email="an@dorp.example", phone="0470 12 34 56")
    assert contact.phone_link == "tel:+32470123456"


def a_news_item(number, **fields):
    return NewsItem.objects.create(
        slug=f"bericht-{number}", title=f"Bericht {number}", intro=f"Kort {number}.", **fields
    )


def test_news_shows_what_is_published_the_newest_first(client):
    now = clock.now()
    a_news_item(1, published_at=now - timedelta(days=2))
    a_news_item(2, published_at=now - timedelta(days=1))
    a_news_item(3, published_at=now + timedelta(days=1))
    a_news_item(4)
    links = [link for link in Page(client, "/nieuws/").links if link.startswith("/nieuws/")]
    assert links == ["/nieuws/bericht-2/", "/nieuws/bericht-1/"]


def test_a_news_item_keeps_its_paragraphs_and_shows_no_markup(client):
    a_news_item(1, published_at=clock.now(), body="Eerst dit.\n\n<b>Dan</b> dat.")
    html = client.get("/nieuws/bericht-1/").content.decode()
    assert "<p>Eerst dit.</p>" in html
    assert "&lt;b&gt;Dan&lt;/b&gt; dat." in html


@pytest.mark.parametrize("rows", [1, 3])
def test_news_costs_one_query(client, rows, django_assert_num_queries):
    client.get("/nieuws/")
    pagecache.bump()
    for number in range(rows):
        a_news_item(number, published_at=clock.now())
    client.cookies[settings.SESSION_COOKIE_NAME] = ""
    with django_assert_num_queries(1):
        client.get("/nieuws/")


def test_villages_are_listed_by_edition_the_newest_first(client):
    for year, name in ((2019, "Molendonk"), (2026, "Kruishoeve")):
        edition = factories.edition(name=f"Editie {year}", starts_on=date(year, 1, 1))
        factories.village(edition=edition, name=name, summary=f"{name} bakt.")
        factories.village(edition=edition, name=f"Stil {name}", is_public=False)
    text = Page(client, "/dorpen/").text
    order = [text.index(words) for words in ("Editie 2026", "Kruishoeve bakt.", "Editie 2019")]
    assert order == sorted(order)
    assert "Stil" not in text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_villages_costs_one_query(client, rows, django_assert_num_queries):
    edition = factories.edition()
    for _ in range(rows):
        factories.village(edition=edition)
    client.cookies[settings.SESSION_COOKIE_NAME] = ""
    with django_assert_num_queries(1):
        client.get("/dorpen/")


def test_a_village_tells_only_what_it_released(client, world):
    world.village.summary = "Molendonk wil weer brood."
    world.village.save()
    text = Page(client, "/dorpen/voorjaar/molendonk/").text
    assert "Molendonk wil weer brood." in text
    assert "Marie" not in text
    assert "0470" not in text


def test_a_village_shows_what_it_opened_of_its_plan_and_nothing_else(client, world):
    lead = world.person("lead")
    plan = making.plan(village=world.village, by=lead)
    making.answer(plan=plan, by=lead, text="Brood om de hoek.")
    section = making.section(plan, "ons-dorp")
    assert "Brood om de hoek." not in Page(client, "/dorpen/voorjaar/molendonk/").text
    actions.set_visibility(plan_section=section, visibility="everyone", by=lead)
    assert "Brood om de hoek." in Page(client, "/dorpen/voorjaar/molendonk/").text
    actions.set_visibility(plan_section=section, visibility="coaches", by=lead)
    assert "Brood om de hoek." not in Page(client, "/dorpen/voorjaar/molendonk/").text


def test_the_sitemap_names_public_pages_only(client, world):
    world.other_village.is_public = False
    world.other_village.save()
    a_news_item(1, published_at=clock.now())
    archives.event(edition=world.edition, slug="dag")
    archives.event(edition=world.edition, slug="nog-niet", is_published=False)
    addresses = re.findall(r"<loc>(.*?)</loc>", client.get("/sitemap.xml").content.decode())
    paths = {address.removeprefix("http://127.0.0.1:8000") for address in addresses}
    assert {"/", "/buurtpunt/", "/nieuws/bericht-1/", "/dorpen/voorjaar/molendonk/"} <= paths
    assert "/dorpen/voorjaar/hoekskapelle/" not in paths
    assert "/archief/dag/" in paths and "/archief/nog-niet/" not in paths


def test_robots_keep_to_the_public_pages(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /plan/" in text
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in text
