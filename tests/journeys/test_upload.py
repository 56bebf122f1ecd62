"""Files on their way in the browser: whatever the site answers, she reads what is the matter,
and tries again without choosing the file anew. Slides appear while they are drawn."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from network.models import StoredFile
from tests import pictures
from tests.inspiration import archives
from tests.journeys.looking import faults, let_in, overflows

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

ADDRESS = "**/bestanden/"


@pytest.fixture
def day(world):
    return archives.event(edition=world.edition, slug="dag")


@pytest.fixture
def keeper(page, world, day, live_server):
    let_in(page, world, "coordinator", live_server)
    page.goto(live_server.url + reverse("inspiration:event-keep", args=["dag"]))
    return page


def photo(number):
    image = pictures.scene(60, 40 + number)
    return {"name": f"IMG_{number}.jpg", "mimeType": "image/jpeg", "buffer": pictures.photo(image)}


def choose(page, *chosen):
    page.set_input_files("#bestand", chosen)
    page.get_by_role("button", name="Voeg toe").click()


def status(page):
    return page.locator("[data-upload-status]")


def test_signed_out_she_signs_in_elsewhere_and_tries_again_with_the_same_file(
    keeper, world, live_server
):
    Session.objects.all().delete()
    choose(keeper, photo(1), photo(2))
    expect(status(keeper)).to_contain_text("0 van 2 verstuurd, 2 nog niet gelukt.")
    line = keeper.locator("[data-upload-list] li").first
    expect(line).to_contain_text("Je bent intussen afgemeld.")
    link = line.get_by_role("link", name="Meld je aan")
    assert link.get_attribute("target") == "_blank"
    assert faults(keeper) == []
    let_in(keeper, world, "coordinator", live_server)
    keeper.context.new_page().goto(live_server.url + "/mijn/")
    keeper.get_by_role("button", name="Probeer alles opnieuw").click()
    expect(status(keeper)).to_have_text("2 van 2 verstuurd.")
    assert sorted(StoredFile.objects.values_list("name", flat=True)) == ["IMG_1.jpg", "IMG_2.jpg"]


def test_somebody_else_signed_in_meanwhile_gets_a_sentence(keeper, world, live_server):
    let_in(keeper, world, "lead", live_server)
    choose(keeper, photo(1))
    line = keeper.locator("[data-upload-list] li")
    expect(line).to_contain_text("je bent misschien aangemeld als iemand anders")
    let_in(keeper, world, "coordinator", live_server)
    line.get_by_role("button", name="Probeer IMG_1.jpg opnieuw").click()
    expect(status(keeper)).to_have_text("1 van 1 verstuurd.")


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (413, "groter dan de site aankan"),
        (500, "Er liep bij ons iets mis"),
        (502, "De site is even niet bereikbaar"),
        (503, "De site is even niet bereikbaar"),
        (507, "De schijf van de site is vol"),
        (418, "De site begreep de vraag niet"),
        (200, "De site begreep de vraag niet"),
        (None, "Geen verbinding met de site"),
    ],
)
def test_any_other_answer_says_what_is_the_matter_and_the_file_waits(keeper, answer, sentence):
    def once(route):
        if answer is None:
            route.abort("internetdisconnected")
        else:
            route.fulfill(status=answer, content_type="text/html", body="<h1>Hm</h1>")

    keeper.route(ADDRESS, once, times=1)
    choose(keeper, photo(1))
    line = keeper.locator("[data-upload-list] li")
    expect(line).to_contain_text(sentence)
    assert StoredFile.objects.count() == 0
    line.get_by_role("button", name="Probeer IMG_1.jpg opnieuw").click()
    expect(status(keeper)).to_have_text("1 van 1 verstuurd.")
    assert StoredFile.objects.count() == 1


def test_one_bad_moment_does_not_end_the_others(keeper):
    keeper.route(ADDRESS, lambda route: route.fulfill(status=500), times=1)
    choose(keeper, *[photo(number) for number in range(6)])
    expect(status(keeper)).to_contain_text("5 van 6 verstuurd, 1 nog niet gelukt.")
    keeper.get_by_role("button", name=re.compile("^Probeer IMG_")).click()
    expect(status(keeper)).to_have_text("6 van 6 verstuurd.")
    assert StoredFile.objects.count() == 6


def test_without_connection_the_others_wait_for_her(keeper):
    tries = []

    def cut(route):
        tries.append(route)
        route.abort("internetdisconnected")

    keeper.route(ADDRESS, cut)
    choose(keeper, *[photo(number) for number in range(8)])
    expect(status(keeper)).to_contain_text("0 van 8 verstuurd, 3 nog niet gelukt. 5 wachten.")
    assert len(tries) == 3
    keeper.unroute(ADDRESS)
    keeper.get_by_role("button", name="Probeer alles opnieuw").click()
    expect(status(keeper)).to_have_text("8 van 8 verstuurd.")
    assert StoredFile.objects.count() == 8


def test_slides_appear_one_after_the_other_while_they_are_drawn(
    page, world, day, live_server, monkeypatch
):
    by = world.person("coordinator")
    talk = archives.deck(event=day, by=by, slides=[(f"Dia {n}", "Brood") for n in range(1, 4)])
    rows = list(talk.slides.all())
    talk.slides.filter(number__gt=1).delete()
    StoredFile.objects.update(state="checking", done=1, total=3)
    let_in(page, world, "coordinator", live_server)
    page.goto(live_server.url + reverse("inspiration:presentation-edit", args=["dag", talk.slug]))
    strip = page.get_by_role("group", name="Dia’s van deze presentatie")
    expect(strip.get_by_role("img")).to_have_count(1)
    page.get_by_label("In het kort").fill("Wat ze intussen typte")
    assert page.get_by_text("dia 1 van 3").is_visible()
    assert faults(page) == [] and overflows(page) == []
    for number in (2, 3):
        rows[number - 1].save(force_insert=True)
        StoredFile.objects.update(done=number)
        expect(strip.get_by_role("img")).to_have_count(number)
    StoredFile.objects.update(state="ready")
    page.get_by_text("Alle 3 dia’s zijn getekend.").wait_for()
    expect(strip.get_by_role("img")).to_have_count(3)
    expect(page.get_by_label("In het kort")).to_have_value("Wat ze intussen typte")
