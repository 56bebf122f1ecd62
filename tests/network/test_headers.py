"""What answers say beside their body: to somebody signed in, to everyone, at a sign-out."""

import pytest
from django.urls import reverse

from network.models import OutgoingMail
from tests import factories
from tests.cast import BACKEND

pytestmark = pytest.mark.django_db
ONE_PERSON = "private, no-store"
PAGES = ("home", "start", "network:profile", "account_change_password", "search")


@pytest.fixture
def marie(client):
    account = factories.user(person=factories.person(name="Marie Devos"))
    client.force_login(account, backend=BACKEND)
    return account


@pytest.mark.parametrize("name", PAGES)
def test_no_page_of_somebody_signed_in_is_kept(client, marie, name):
    assert client.get(reverse(name))["Cache-Control"] == ONE_PERSON


def test_neither_is_an_error_page(client, marie):
    missing = client.get("/hier-is-niets/")
    assert (missing.status_code, missing["Cache-Control"]) == (404, ONE_PERSON)


def test_a_visitor_shares_the_public_page(client):
    assert client.get(reverse("home"))["Cache-Control"].startswith("public")


def test_static_files_keep_their_own_rule(client, marie):
    assert "no-store" not in client.get("/static/img/merk.svg")["Cache-Control"]


def test_signing_out_empties_the_cache_of_the_browser(client, marie):
    assert "Clear-Site-Data" not in client.get(reverse("home"))
    assert client.post(reverse("account_logout"))["Clear-Site-Data"] == '"cache"'


def test_a_session_that_ended_elsewhere_empties_it_too(client, marie):
    marie.set_password("een-ander-geheim-woord")
    marie.save()
    answer = client.get(reverse("start"))
    assert (answer.status_code, answer["Clear-Site-Data"]) == (302, '"cache"')


@pytest.mark.parametrize("url", ["/", "/static/img/merk.svg", "/robots.txt", "/beheer/", "/weg/"])
def test_every_answer_asks_for_no_feature_and_stays_on_this_site(client, url):
    answer = client.get(url)
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_the_pictures_of_mails_may_stand_in_a_frame_of_no_site(client):
    """The preview of a mail is sandboxed: its origin is nobody's."""
    answer = client.get("/static/img/mail/horizon.png")
    assert (answer.status_code, answer["Cross-Origin-Resource-Policy"]) == (200, "cross-origin")


def test_pages_open_their_windows_apart(client):
    assert client.get("/")["Cross-Origin-Opener-Policy"] == "same-origin"
    kept = client.get("/")
    assert kept["Permissions-Policy"] and kept["Cross-Origin-Opener-Policy"] == "same-origin"


def test_every_cookie_may_carry_the_prefix_that_binds_it_to_its_host(client, settings):
    """A browser refuses __Host- without Secure, with a Domain or another path than "/"."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    settings.KNOWN_BROWSER_COOKIE = "__Host-browser"
    person = factories.person(email="marie@buurtpunt.example")
    factories.user(person=person)
    client.get(reverse("account_request_login_code"))
    asked = client.post(reverse("account_request_login_code"), {"email": person.email})
    code = OutgoingMail.objects.get().secret["code"]
    client.post(asked.url, {"code": code})
    bound = {name: cookie for name, cookie in client.cookies.items() if name != "messages"}
    assert set(bound) == {"__Host-session", "__Host-csrf", "__Host-browser"}
    for cookie in bound.values():
        assert (cookie["path"], cookie["domain"], cookie["secure"]) == ("/", "", True)
