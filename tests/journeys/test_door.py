"""The pages of a mailed code, by keyboard alone, and leaving everywhere in two browsers."""

import pytest
from django.urls import reverse

from network.models import OutgoingMail
from tests.journeys.looking import faults, let_in, overflows

pytestmark = [pytest.mark.browser, pytest.mark.both, pytest.mark.django_db(transaction=True)]
LEAD = "lead@buurtpunt.example"


def newest_code() -> str:
    return OutgoingMail.objects.latest("pk").secret["code"]


def give(page, code: str) -> None:
    """Typed and sent with Enter."""
    page.get_by_label("Code", exact=True).fill(code)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def press(page, name: str) -> None:
    """By keyboard: focus goes there, Enter does the rest."""
    page.get_by_role("button", name=name).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def judged(page) -> list[str]:
    return [*faults(page), *overflows(page)]


def test_a_code_from_asking_to_a_new_password(page, world, live_server):
    page.goto(live_server.url + reverse("account_request_login_code"))
    page.get_by_label("E-mail").fill(LEAD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert judged(page) == []
    give(page, "AAAA-AAAA")
    assert judged(page) == []
    press(page, "Mail me een nieuwe code")
    for _ in range(3):
        give(page, "AAAA-AAAA")
    assert page.get_by_role("heading", name="Drie keer mis").is_visible()
    assert judged(page) == []
    page.get_by_role("link", name="Vraag een nieuwe code").click()
    page.get_by_label("E-mail").fill(LEAD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    give(page, newest_code())
    page.goto(live_server.url + reverse("network:profile"))
    assert judged(page) == []
    page.get_by_role("link", name="Kies een wachtwoord").click()
    assert judged(page) == []
    press(page, "Mail me een code")
    assert judged(page) == []
    give(page, newest_code())
    assert page.get_by_role("heading", name="Kies een wachtwoord").is_visible()


def test_leaving_everywhere_ends_the_other_browser_too(new_page, world, live_server):
    here, there = new_page(), new_page(width=360)
    for page in (here, there):
        let_in(page, world, "lead", live_server)
        page.goto(live_server.url + reverse("network:profile"))
    press(here, "Meld overal af")
    assert here.get_by_text("Je bent nu overal afgemeld.").is_visible()
    there.reload()
    assert there.get_by_role("heading", name="Welkom terug").is_visible()
    there.go_back()
    assert "Marie Devos" not in there.content()
