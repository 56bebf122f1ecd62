"""One person with the same plan open in two tabs: nothing is refused, nothing is overwritten."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from actionplans.models import Answer, AnswerRevision
from network import delivery
from network.models import StoredFile
from tests import pictures
from tests.actionplans import making
from tests.cast import build_world
from tests.inspiration import archives

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.both]

DRAFT = "() => Object.entries(localStorage).map(([key, text]) => JSON.parse(text).fields)"


@pytest.fixture
def village(db):
    world = build_world()
    making.plan(village=world.village, by=world.person("lead"))
    return world


@pytest.fixture
def sign_in(live_server, smtp_server):
    """Signs a page in the way people do: with a code by mail, which renews the CSRF token."""

    def go(page, person, then="/mijn/"):
        page.goto(f"{live_server.url}/aanmelden/?next={then}")
        page.get_by_label("E-mail").fill(person.email)
        page.get_by_role("button", name="Mail me een code").click()
        assert delivery.drain() == 1
        text = smtp_server.messages[-1].get_body(("plain",)).get_content()
        code = re.search(r"^([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", text, re.MULTILINE).group(1)
        page.locator("input[name=code]").fill(code)
        page.get_by_role("button", name="Meld me aan").click()
        page.wait_for_url(f"**{then}")

    return go


@pytest.fixture
def marie(village, new_page, sign_in):
    page = new_page()
    sign_in(page, village.person("lead"), "/plan/voorjaar/molendonk/ons-dorp/")
    return page


def field(page):
    return page.get_by_label("Schets jullie dorp")


def status(page):
    return page.locator("#schets [data-status]")


def expect_saved(page):
    expect(status(page)).to_have_text(re.compile("Bewaard om"))


def second_tab(page):
    other = page.context.new_page()
    other.goto(page.url)
    return other


def sketch() -> Answer:
    return Answer.objects.get(question__key="schets")


def test_after_signing_out_and_in_again_elsewhere_the_first_tab_still_saves(
    marie, village, sign_in, live_server
) -> None:
    before = marie.locator("#schets [name=csrfmiddlewaretoken]").input_value()
    other = second_tab(marie)
    other.goto(f"{live_server.url}/afmelden/")
    other.get_by_role("button", name="Meld me af").click()
    field(marie).fill("Getypt in de oude tab")
    expect(status(marie)).to_contain_text("Meld je opnieuw aan")
    sign_in(other, village.person("lead"))
    with marie.expect_request("**/schets/") as sent:
        marie.evaluate("window.dispatchEvent(new Event('focus'))")
    assert "csrfmiddlewaretoken" not in sent.value.post_data
    expect_saved(marie)
    assert sketch().text == "Getypt in de oude tab"
    assert marie.locator("#schets [name=csrfmiddlewaretoken]").input_value() == before


def test_files_go_up_after_a_sign_in_in_another_tab(
    village, new_page, sign_in, live_server
) -> None:
    archives.event(edition=village.edition, slug="dag")
    greet = new_page()
    sign_in(greet, village.person("coordinator"), reverse("inspiration:event-keep", args=["dag"]))
    other = second_tab(greet)
    other.context.clear_cookies(name="sessionid")
    sign_in(other, village.person("coordinator"))
    photo = {"name": "een.jpg", "mimeType": "image/jpeg", "buffer": pictures.photo()}
    greet.set_input_files("#bestand", [photo])
    greet.get_by_role("button", name="Voeg toe").click()
    expect(greet.locator("[data-upload-status]")).to_have_text("1 van 1 verstuurd.")
    assert StoredFile.objects.count() == 1


def test_a_text_found_back_in_a_second_tab_leaves_each_tab_its_own_name(marie) -> None:
    marie.route("**/schets/", lambda route: route.abort())
    field(marie).fill("Een dorp")
    expect(status(marie)).to_contain_text("Je tekst staat op dit toestel.")
    other = second_tab(marie)
    expect(field(other)).to_have_value("Een dorp")
    expect_saved(other)
    write(other, "Een dorp met een linde en een bakker")

    names = list(sketch().revisions.order_by("number").values_list("client", flat=True))
    assert len(set(names)) == 2 and "" not in names


def test_a_stale_tab_gets_both_texts_and_overwrites_nothing(marie) -> None:
    marie.route("**/schets/", lambda route: route.abort())
    field(marie).fill("Een dorp")
    expect(status(marie)).to_contain_text("Je tekst staat op dit toestel.")
    other = second_tab(marie)
    expect_saved(other)
    write(other, "Een dorp met een linde en een bakker")

    marie.unroute("**/schets/")
    field(marie).fill("Een dorp aan het water")
    box = marie.locator("#schets [data-conflict]")
    expect(box).to_contain_text("een linde en een bakker")
    expect(box).to_contain_text("aan het water")
    assert sketch().text == "Een dorp met een linde en een bakker"
    assert AnswerRevision.objects.get(kind="conflict").text == "Een dorp aan het water"


def test_a_confirmation_that_was_missed_is_no_clash_in_the_second_tab(marie) -> None:
    lost = iter([True])

    def once(route):
        """The first save arrives; its answer does not."""
        if next(lost, False):
            route.fetch()
        route.abort()

    marie.route("**/schets/", once)
    field(marie).fill("Een dorp")
    expect(status(marie)).to_contain_text("Je tekst staat op dit toestel.")
    field(marie).fill("Een dorp met een linde")
    marie.close(run_before_unload=False)
    other = marie.context.new_page()
    other.goto(marie.url)
    expect_saved(other)
    assert (sketch().text, sketch().revision) == ("Een dorp met een linde", 2)
    assert not AnswerRevision.objects.filter(kind="conflict").exists()


def test_a_tab_that_is_done_keeps_its_hands_off_the_text_of_another(marie) -> None:
    other = second_tab(marie)
    field(other).fill("Af")
    expect_saved(other)
    marie.route("**/schets/", lambda route: route.abort())
    field(other).press("End")
    with other.expect_response("**/schets/"):
        field(other).press_sequentially(" en klaar")
        field(marie).fill("Alleen hier")
        expect(status(marie)).to_contain_text("Je tekst staat op dit toestel.")
    expect_saved(other)
    assert marie.evaluate(DRAFT) == [[["text", "Alleen hier"]]]


def test_a_page_of_marie_saves_nothing_in_the_name_of_jef(
    marie, village, sign_in, live_server
) -> None:
    other = second_tab(marie)
    other.context.clear_cookies(name="sessionid")
    sign_in(other, village.person("editor"))
    field(marie).fill("Van Marie")
    expect(status(marie)).to_contain_text("iemand anders aangemeld")
    assert not Answer.objects.filter(question__key="schets").exists()
    assert marie.evaluate(DRAFT) == [[["text", "Van Marie"]]]


def write(page, text: str) -> None:
    with page.expect_response("**/schets/"):
        field(page).fill(text)
    expect_saved(page)
    assert sketch().text == text
