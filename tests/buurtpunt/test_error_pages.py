"""Error pages: warm words, what to do, and a number to call; the worst one needs nothing."""

import re

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from network.contact import NETWORK_CONTACT

PAGES = ["400", "403", "403_csrf", "404", "410", "429", "500", "507"]


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


def test_the_worst_page_needs_no_context():
    html = engines["django"].get_template("500.html").render()
    assert "Dat ging mis" in html
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
