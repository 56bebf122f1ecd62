"""The archive in the browser: files in, leafing by keyboard, a photo taken away, a word found."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from inspiration import actions
from network import files
from network.models import StoredFile
from tests import pictures
from tests.inspiration import archives, decks
from tests.journeys.looking import faults, let_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def day(world):
    return archives.event(edition=world.edition, slug="dag")


@pytest.fixture
def album(world, day):
    """Three photos on the site, with real pictures behind them."""
    by = world.person("coordinator")
    for number in range(3):
        image = pictures.scene(400, 300 + number)
        photo = archives.upload(event=day, by=by, data=pictures.photo(image))
        archives.describe(photo, by, alt=f"Scène {number + 1}", caption=f"Bijschrift {number + 1}")
    actions.publish_photos(event=day, by=by)
    return [photo.public_id for photo in day.albums.get().photos.all()]


def sent(name, data, mime="image/jpeg"):
    return {"name": name, "mimeType": mime, "buffer": data}


def work():
    for file_id in files.waiting_ids():
        files.process(file_id)


def test_coordinator_sends_many_and_one_is_refused_alone(page, world, day, live_server):
    let_in(page, world, "coordinator", live_server)
    page.goto(live_server.url + reverse("inspiration:event-keep", args=["dag"]))
    page.set_input_files(
        "#bestand",
        [
            sent("een.jpg", pictures.photo()),
            sent("twee.jpg", pictures.photo(pictures.scene(500, 300))),
            sent("kwaad.jpg", b"<script>alert(1)</script>"),
            sent("De toog.pdf", decks.pdf(("De toog", "Brood")), "application/pdf"),
            sent("half.jpg", pictures.photo(pictures.scene(600, 300))[:2500]),
        ],
    )
    page.get_by_role("button", name="Voeg toe").click()
    page.get_by_text("5 van 5 verstuurd, 1 geweigerd.").wait_for()
    lines = page.locator("[data-upload-list] li")
    assert lines.count() == 5
    refused = lines.filter(has_text="Geweigerd.")
    assert page.get_by_role("link", name="Kijk wat er nu te doen is").is_visible()
    assert refused.count() == 1 and "kwaad.jpg" in refused.inner_text()
    work()
    page.get_by_text("Verwerkt").nth(2).wait_for()
    lines.filter(has_text="half.jpg").get_by_text("beschadigd of onvolledig").wait_for()
    assert sorted(StoredFile.objects.values_list("state", flat=True)) == ["ready"] * 3 + ["refused"]
    assert faults(page) == []


def test_same_form_works_without_scripts(new_page, world, day, live_server):
    page = new_page(java_script_enabled=False)
    let_in(page, world, "coordinator", live_server)
    page.goto(live_server.url + reverse("inspiration:event-keep", args=["dag"]))
    page.set_input_files("#bestand", [sent("een.jpg", pictures.photo()), sent("kwaad.jpg", b"x")])
    page.get_by_role("button", name="Voeg toe").click()
    assert page.get_by_text("1 bestand binnen.").is_visible()
    assert page.get_by_text("“kwaad.jpg” is geen foto").is_visible()


def test_visitor_leafs_through_the_album_by_keyboard(page, album, live_server):
    page.goto(live_server.url + reverse("inspiration:album", args=["dag", "fotos"]))
    page.locator("a[data-photo]").first.focus()
    page.keyboard.press("Enter")
    viewer = page.get_by_role("dialog", name="Foto’s van Inspiratiedag")
    status = viewer.get_by_role("status")
    status.filter(has_text="Foto 1 van 3").wait_for()
    assert faults(page) == []
    page.keyboard.press("ArrowRight")
    status.filter(has_text="Foto 2 van 3").wait_for()
    page.keyboard.press("End")
    status.filter(has_text="Foto 3 van 3").wait_for()
    page.keyboard.press("Home")
    status.filter(has_text="Foto 1 van 3").wait_for()
    page.keyboard.press("ArrowRight")
    status.filter(has_text="Foto 2 van 3").wait_for()
    assert viewer.get_by_role("heading", name="Bijschrift 2").is_visible()
    page.keyboard.press("Escape")
    viewer.wait_for(state="hidden")
    left_at = reverse("inspiration:photo", args=["dag", album[1]])
    expect(page.locator(f'a[data-photo][href="{left_at}"]')).to_be_focused()


def test_visitor_leafs_by_swiping_and_stays_on_the_page(new_page, album, live_server):
    page = new_page(width=360, has_touch=True)
    page.goto(live_server.url + reverse("inspiration:album", args=["dag", "fotos"]))
    page.locator("a[data-photo]").first.tap()
    status = page.get_by_role("dialog").get_by_role("status")
    status.filter(has_text="Foto 1 van 3").wait_for()
    swipe(page, (300, 300), (60, 310))
    status.filter(has_text="Foto 2 van 3").wait_for()
    swipe(page, (60, 300), (300, 310))
    status.filter(has_text="Foto 1 van 3").wait_for()
    swipe(page, (300, 500), (200, 200))  # up and down is scrolling
    page.get_by_role("dialog").get_by_role("link", name="Volgende").tap()
    status.filter(has_text="Foto 2 van 3").wait_for()
    assert page.url.endswith("/album/fotos/")


def swipe(page, start, end, steps=5):
    device = page.context.new_cdp_session(page)

    def touch(kind, *points):
        place = [{"x": x, "y": y} for x, y in points]
        device.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": place})

    touch("touchStart", start)
    for step in range(1, steps + 1):
        moved = [a + (b - a) * step / steps for a, b in zip(start, end, strict=True)]
        touch("touchMove", moved)
    touch("touchEnd")


def test_visitor_leafs_without_scripts(new_page, album, live_server):
    page = new_page(java_script_enabled=False)
    page.goto(live_server.url + reverse("inspiration:album", args=["dag", "fotos"]))
    page.locator("a[data-photo]").first.click()
    page.get_by_role("link", name="Volgende").click()
    assert page.url.endswith(reverse("inspiration:photo", args=["dag", album[1]]))
    assert page.get_by_text("Foto 2 van 3").is_visible()


def test_visitor_has_a_photo_taken_away(page, album, live_server):
    address = live_server.url + reverse("inspiration:photo", args=["dag", album[0]])
    page.goto(address)
    page.get_by_role("link", name="Haal deze foto weg").click()
    page.get_by_role("button", name="Haal deze foto weg").click()
    assert page.get_by_role("heading", name="De foto is weg").is_visible()
    assert page.goto(address).status == 410
    page.goto(live_server.url + reverse("inspiration:album", args=["dag", "fotos"]))
    assert page.locator("a[data-photo]").count() == 2


def test_word_found_on_a_slide_opens_that_slide(page, world, day, live_server):
    by = world.person("coordinator")
    slides = [(f"Dia {number}", f"woord{number}") for number in range(1, 6)]
    talk = archives.deck(event=day, by=by, slides=slides)
    actions.describe_presentation(presentation=talk, by=by, has_permission=True, credit="An")
    actions.publish_presentation(presentation=talk, by=by)
    page.goto(live_server.url + reverse("search") + "?q=woord4")
    page.get_by_role("link", name=re.compile("Dia 4")).first.click()
    assert page.url.endswith("#dia-4")
    assert page.locator("#dia-4").evaluate("slide => slide.matches(':target')")
