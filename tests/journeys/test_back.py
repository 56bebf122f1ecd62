"""After a sign-out Back shows nothing, in a browser that keeps whole pages for going back."""

import pytest
from django.urls import reverse

from tests.browsing import ARGUMENTS
from tests.journeys.looking import let_in
from tests.left_out import CHROMIUM

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEEPS_PAGES = "--disable-back-forward-cache"  # what playwright says of itself, left out here


@pytest.fixture
def page(browser):
    """Of a browser with its back/forward cache on, as everybody has."""
    keeping = browser.browser_type.launch(
        executable_path=CHROMIUM, args=ARGUMENTS, ignore_default_args=[KEEPS_PAGES]
    )
    page = keeping.new_page(locale="nl-BE")
    page.set_default_timeout(10_000)
    yield page
    keeping.close()


def test_this_browser_brings_public_pages_back_from_memory(page, live_server):
    """Else the next test would prove nothing."""
    page.goto(live_server.url + reverse("news"))
    page.evaluate("addEventListener('pageshow', (event) => { window.kept = event.persisted; })")
    page.goto(live_server.url + reverse("contact"))
    page.go_back(wait_until="commit")
    page.wait_for_function("window.kept === true")


def test_back_shows_nothing_after_a_sign_out(page, world, live_server):
    let_in(page, world, "lead", live_server)
    page.goto(live_server.url + reverse("network:profile"))
    assert page.get_by_label("Naam").input_value() == "Marie Devos"
    page.goto(live_server.url + reverse("account_logout"))
    page.get_by_role("button", name="Meld me af").click()
    page.wait_for_url(live_server.url + "/")
    for _ in range(2):  # the page that asked, and the one before it
        page.go_back(wait_until="commit")
        page.wait_for_load_state()
        assert "Marie Devos" not in page.content()
    assert page.get_by_role("heading", name="Welkom terug").is_visible()
