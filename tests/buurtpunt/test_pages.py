import pytest

from buurtpunt.pages import PAGES
from network.contact import Contact
from tests.buurtpunt.pages import Page

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
