"""From one command to a lead who is signed in: a real browser, a real SMTP server, a drain."""

import re

import pytest
from django.core.management import call_command

from network import delivery
from network.models import CoachAssignment, Membership

pytestmark = [pytest.mark.browser, pytest.mark.both, pytest.mark.django_db(transaction=True)]


def newest_link(smtp_server):
    """The link in the mail that a drain just handed over."""
    assert delivery.drain() == 1
    text = smtp_server.messages[-1].get_body(("plain",)).get_content()
    return re.search(r"/uitnodiging/\S+", text).group()


def newest_code(smtp_server):
    assert delivery.drain() == 1
    text = smtp_server.messages[-1].get_body(("plain",)).get_content()
    return re.search(r"^([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", text, re.MULTILINE).group(1)


def test_from_an_empty_database_to_a_lead(live_server, new_page, smtp_server):
    call_command(
        "begin", edition="Voorjaar 2027", name="Greet Aerts", email="greet@buurtpunt.example",
        phone="0470 12 34 56",
    )  # fmt: skip
    greet = new_page()
    greet.goto(live_server.url + newest_link(smtp_server))
    greet.get_by_role("button", name="Ik doe mee").click()
    greet.get_by_role("link", name="Open het overzicht").click()

    greet.get_by_role("link", name="Voeg een dorp toe").first.click()
    greet.get_by_label("Dorp").fill("Molendonk")
    greet.get_by_label("Gemeente").fill("Zonderwijk")
    greet.get_by_label("Postcode").fill("8999")
    greet.get_by_role("button", name="Voeg het dorp toe").click()

    greet.get_by_role("link", name="Nodig de trekker uit").click()
    greet.get_by_label("Naam").fill("Marie Devos")
    greet.get_by_label("E-mailadres").fill("marie@buurtpunt.example")
    greet.get_by_role("button", name="Stuur de uitnodiging").click()
    marie = new_page(width=360)
    marie.goto(live_server.url + newest_link(smtp_server))
    assert "Doe je mee met Molendonk?" in marie.locator("h1").inner_text()
    marie.get_by_role("button", name="Ik doe mee").click()
    assert "Molendonk" in marie.locator("main").inner_text()
    assert Membership.objects.get().role == "lead"

    greet.get_by_role("link", name="Coaches", exact=True).click()
    greet.get_by_role("link", name="Nodig een coach uit").click()
    greet.get_by_label("Naam").fill("Els Verhaeghe")
    greet.get_by_label("E-mailadres").fill("els@buurtpunt.example")
    greet.get_by_label("Dorp").select_option(label="Molendonk")
    greet.get_by_label("Invalshoek").select_option(label="Sociaal")
    greet.get_by_role("button", name="Stuur de uitnodiging").click()
    els = new_page()
    els.goto(live_server.url + newest_link(smtp_server))
    els.get_by_role("button", name="Ik doe mee").click()
    assert CoachAssignment.objects.get().village.name == "Molendonk"

    again = new_page()
    again.goto(f"{live_server.url}/aanmelden/")
    again.get_by_label("E-mail").fill("marie@buurtpunt.example")
    again.get_by_role("button", name="Mail me een code").click()
    again.locator("input[name=code]").fill(newest_code(smtp_server))
    again.get_by_role("button", name="Meld me aan").click()
    assert "Dag Marie" in again.locator("h1").inner_text()

    greet.goto(f"{live_server.url}/coordinatie/voorjaar-2027/")
    row = greet.locator("tbody tr", has_text="Molendonk")
    assert "Marie Devos" in row.inner_text() and "Els Verhaeghe" in row.inner_text()
