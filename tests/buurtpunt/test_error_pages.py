"""Error pages: warm words, what to do, and a number to call; the worst one needs nothing."""

import re
import sqlite3

import pytest
from django.db import (
    DatabaseError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    connection,
)
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from network.contact import NETWORK_CONTACT

PAGES = ["400", "403", "403_csrf", "404", "410", "429", "500", "503", "507"]


@pytest.mark.parametrize("name", PAGES)
def test_says_whom_to_call(name):
    html = render_to_string(f"{name}.html")
    assert f'href="{NETWORK_CONTACT.phone_link}"' in html
    assert html.count("<h1>") == 1
    assert 'lang="nl-BE"' in html


@pytest.mark.parametrize("name", PAGES)
def test_is_whole(name):
    """A page of its own, in Dutch, styled, with one landmark to land on; no database needed."""
    html = render_to_string(f"{name}.html")
    assert html.lstrip().startswith("<!doctype html>") and html.rstrip().endswith("</html>")
    assert '<html lang="nl-BE">' in html
    assert re.search(r"<title>[^<]+ · ons buurtpunt</title>", html)
    for sheet in ("tokens", "base", "layout", "button", "frame"):
        assert re.search(rf'rel="stylesheet" href="[^"]*/{sheet}[.\w]*css"', html)
    assert html.count("<main ") == html.count("</main>") == 1


def test_a_fragment_after_the_sign_in_ran_out_leads_to_the_sign_in():
    html = render_to_string("network/_signed_out.html")
    assert 'role="alert"' in html and f'href="{reverse("account_request_login_code")}"' in html
    assert "<html" not in html


@pytest.mark.parametrize(
    "name, words",
    [
        ("500", "Dat ging mis"),
        ("503", "We zijn er zo weer"),
        ("507", "De schijf van de site is vol"),
    ],
)
def test_the_worst_pages_need_no_context(name, words):
    html = engines["django"].get_template(f"{name}.html").render()
    assert words in html
    assert "<script" not in html


@pytest.mark.django_db
def test_an_unknown_address_gets_the_404_page(client):
    response = client.get("/bestaat-niet/")
    assert response.status_code == 404
    assert "Hier staat niets" in response.content.decode()


@pytest.mark.django_db
def test_a_form_without_token_gets_the_kind_page():
    response = Client(enforce_csrf_checks=True).post(
        "/aanmelden/", {"email": "x@buurtpunt.example"}
    )
    assert response.status_code == 403
    assert "Probeer het nog eens" in response.content.decode()


@pytest.fixture
def failing(client):
    """failing(error) lets every question to the database end like that from now on."""
    wrappers = []

    def fail(error):
        def execute(*words):
            raise error

        wrapper = connection.execute_wrapper(execute)
        wrapper.__enter__()
        wrappers.append(wrapper)
        return Client(raise_request_exception=False)

    yield fail
    for wrapper in wrappers:
        wrapper.__exit__(None, None, None)


def away():
    """As the drivers say it of a server, or a file, that is not there."""
    error = OperationalError("server closed the connection unexpectedly")
    error.__cause__ = sqlite3.OperationalError("database is locked")
    error.__cause__.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return error


@pytest.mark.django_db
@pytest.mark.both
@pytest.mark.parametrize("path", ["/", "/mijn/", "/archief/", "/zoeken/?q=bus"])
def test_a_database_that_is_away_is_a_page_that_says_so(failing, path):
    """The page cache asks it first, and the session after that."""
    client = failing(away())
    client.cookies["sessionid"] = "x" * 32 if path == "/mijn/" else ""

    response = client.get(path)

    assert response.status_code == 503
    assert "We zijn er zo weer" in response.content.decode()
    assert response["Retry-After"] == "15"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.postgres
@pytest.mark.parametrize(
    "error",
    [
        InterfaceError("connection already closed"),
        DatabaseError("server closed the connection unexpectedly"),
    ],
)
def test_a_connection_that_was_closed_is_the_same(failing, error):
    assert failing(error).get("/").status_code == 503


@pytest.mark.django_db
def test_a_question_that_is_wrong_is_our_own_fault(failing):
    response = failing(ProgrammingError("no such column")).get("/")
    assert response.status_code == 500
    assert "Dat ging mis" in response.content.decode()
