"""The ten steps of the README, walked in a browser through a demo that was just made.

`python -m tests.days --demo` does it on thirteen days.
"""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from network import clock
from tests import pictures
from tests.buurtpunt.test_demo_command import Demo
from tests.inspiration import decks

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(900)]
PATIENCE = 60_000  # milliseconds, for what a worker does
KEY = "gewone-dag"
ORDINARY_DAY = "Zo ziet een gewone dag eruit"
WRITTEN = "Om zes uur gaat het licht aan bij de bakker."


@pytest.fixture
def demo(tmp_path):
    running = Demo(tmp_path / "demo", tmp_path / "demo.log").wait_until_ready(seconds=480)
    yield running
    running.press_ctrl_c()


@pytest.fixture
def walker(demo, new_page):
    """walker("marie") is a browser of her own, signed in with the demo's button."""
    expect.set_options(timeout=PATIENCE)

    def opened(who: str = "") -> Page:
        page = new_page()
        page.set_default_timeout(PATIENCE)
        if who:
            page.goto(f"{demo.address}aanmelden/")
            page.locator(f"form:has(input[value^='{who}@']) button").click()
        return page

    yield opened
    expect.set_options(timeout=5_000)


def test_the_ten_steps(demo, walker):
    look_around(walker(), demo)
    marie = walker("marie")
    write_along(marie)
    write_with_two(marie, walker("jef"))
    read_as_coach(walker("els"), demo)
    greet = walker("greet")
    plan_and_move(greet)
    link = let_the_reminder_come(greet, demo)
    answer_with_one_tap(walker(), greet, demo, link)
    fill_the_archive(greet, demo)


def look_around(page: Page, demo: Demo) -> None:
    """Steps 1 to 3."""
    page.goto(demo.address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"{demo.address}archief/")
    page.locator("main h2 a").first.click()
    page.locator("a[data-photo]").first.click()
    photo = page.get_by_role("dialog")
    expect(photo.get_by_role("status")).to_contain_text("Foto 1 van")
    page.keyboard.press("ArrowRight")
    expect(photo.get_by_role("status")).to_contain_text("Foto 2 van")
    page.keyboard.press("Escape")
    page.locator("a[data-photo]").first.click()
    photo.get_by_role("link", name="Haal deze foto weg").click()
    page.get_by_role("button", name="Haal deze foto weg").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("weg")
    page.goto(f"{demo.address}zoeken/?q=winkel")
    page.locator("main a[href*='#dia-']").first.click()
    expect(page).to_have_url(re.compile(r"#dia-\d+$"))


def write_along(page: Page) -> None:
    """Step 4."""
    page.get_by_role("link", name="Ons plan").first.click()
    expect(page.get_by_role("link", name="Schrijf verder")).to_be_visible()
    to_section(page)
    field = page.get_by_label(ORDINARY_DAY)
    field.fill(WRITTEN)
    expect(page.locator(f"#{KEY} [data-status]")).to_contain_text("Bewaard")
    page.reload()
    expect(field).to_have_value(WRITTEN)


def write_with_two(marie: Page, jef: Page) -> None:
    """Step 5."""
    jef.get_by_role("link", name="Ons plan").first.click()
    to_section(jef)
    marie.get_by_label(ORDINARY_DAY).fill("Marie schrijft over het plein.")
    expect(marie.locator(f"#{KEY} [data-status]")).to_contain_text("Bewaard")
    jef.get_by_label(ORDINARY_DAY).fill("Jef schrijft over de bus.")
    clash = jef.locator(f"#{KEY} [data-conflict]")
    expect(clash).to_contain_text("het plein")
    expect(clash).to_contain_text("de bus")
    marie.locator(f"#{KEY}").get_by_role("link", name="Vroegere versies").click()
    expect(marie.get_by_role("main")).to_contain_text("het plein")


def to_section(page: Page) -> None:
    page.goto(re.sub(r"(/plan/[^/]+/[^/]+/).*", r"\1functies/", page.url))


def read_as_coach(page: Page, demo: Demo) -> None:
    """Step 6."""
    page.goto(f"{demo.address}coach/")
    page.get_by_role("link", name="Lees mee").first.click()
    page.get_by_role("link", name="Opmerking bij deze alinea").first.click()
    page.get_by_role("textbox", name="Je opmerking").fill("Wie doet het licht aan?")
    page.get_by_role("button", name="Zet erbij").click()
    page.get_by_role("button", name=re.compile("Verstuur mijn")).click()
    expect(page.get_by_text("verstuurd naar Molendonk")).to_be_visible()


def plan_and_move(page: Page) -> None:
    """Step 7, up to the button that would send."""
    page.get_by_role("link", name="Werksessies", exact=True).first.click()
    page.get_by_role("link", name="Werksessie 2", exact=True).first.click()
    page.get_by_role("link", name="Verplaats").click()
    page.get_by_label("Dag").fill(str(clock.today() + timedelta(days=20)))
    page.get_by_role("button", name="Bekijk wie welke mail krijgt").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("mensen krijgen deze mail")


def let_the_reminder_come(page: Page, demo: Demo) -> str:
    """Step 8: the address of the newest mail about the session."""
    page.goto(f"{demo.address}demo/")
    page.get_by_role("button", name="Naar de volgende herinnering").click()
    letters = page.locator("table.rows tbody a").filter(has_text="werksessie 2")
    for _ in range(PATIENCE // 2000):
        if letters.count():
            break
        page.wait_for_timeout(2000)
        page.reload()
    address = letters.first.get_attribute("href")
    assert address
    return address


def answer_with_one_tap(page: Page, greet: Page, demo: Demo, letter: str) -> None:
    """Step 9: from the mail, without signing in."""
    page.goto(demo.address.rstrip("/") + letter)
    text = page.locator("pre").first.text_content() or ""
    found = re.search(r"/antwoord/\S+=nee", text)
    assert found, text
    page.goto(demo.address.rstrip("/") + found[0])
    page.get_by_label("Ik kom", exact=True).check()
    # It depends on the hour whose mail is the newest, and she may have answered before.
    page.get_by_role("button", name=re.compile("^(Bevestig|Bewaar) mijn antwoord$")).click()
    expect(page.get_by_text("Genoteerd, bedankt.")).to_be_visible()


def fill_the_archive(page: Page, demo: Demo) -> None:
    """Step 10: two go in, the broken one is refused alone."""
    page.goto(f"{demo.address}coordinatie/archief/")
    page.get_by_role("link", name="Inspiratiedag in Molendonk").click()
    whole = pictures.photo(pictures.scene(600, 300))
    broken = whole[: len(whole) // 2]
    files = [
        ("plein.jpg", "image/jpeg", pictures.photo()),
        ("half.jpg", "image/jpeg", broken),
        ("De toog.pdf", "application/pdf", decks.pdf(("De toog", "Brood"))),
    ]
    page.set_input_files(
        "#bestand", [{"name": n, "mimeType": mime, "buffer": data} for n, mime, data in files]
    )
    page.get_by_role("button", name="Voeg toe").click()
    lines = page.locator("[data-upload-list] li")
    expect(lines.filter(has_text=re.compile("Verwerkt"))).to_have_count(2, timeout=PATIENCE)
    expect(lines.filter(has_text="half.jpg")).to_contain_text("Geweigerd", timeout=PATIENCE)
