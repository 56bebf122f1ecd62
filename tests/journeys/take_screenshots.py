"""Makes docs/screenshots from a running demo, every page by day and by night.

    make demo PORT=8000                                        (in another window)
    .venv/bin/python -m tests.journeys.take_screenshots http://127.0.0.1:8000

It signs in with the demo's own buttons. The mail is the newest one in the demo's inbox; in a new
demo it jumps to the next reminder first.
"""

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browsing import ARGUMENTS
from tests.left_out import CHROMIUM

FOLDER = Path(__file__).resolve().parent.parent.parent / "docs" / "screenshots"
MOST = 400_000  # bytes a picture
WIDTH, TALLEST = 1280, 2600  # below that a page says nothing more about the look
VISITOR, LEAD, COACH, COORDINATOR = "", "marie", "els", "greet"
SHOTS = [
    ("home", VISITOR, "/"),
    ("archive", VISITOR, "/archief/"),
    ("album", VISITOR, "a[href*='/album/']"),
    ("sign-in", VISITOR, "/aanmelden/"),
    ("plan", LEAD, "/plan/2026/molendonk/"),
    ("coach", COACH, "/coach/"),
    ("coordinator", COORDINATOR, "/coordinatie/2026/"),
    ("mail", COORDINATOR, "iframe[src]"),
]

LETTER = "table.rows tbody a"


def main(address: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, who, where in SHOTS:
            for scheme in ("light", "dark"):
                page = opened(browser, address, who, scheme)
                go(page, address, where)
                save(picture_of(page), f"{name}-{scheme}")
                page.context.close()
        browser.close()


def opened(browser: Browser, address: str, who: str, scheme: str) -> Page:
    page = browser.new_context(
        viewport={"width": WIDTH, "height": 900}, color_scheme=scheme, locale="nl-BE"
    ).new_page()
    if who:
        page.goto(f"{address}/aanmelden/")
        page.locator(f"form:has(input[value^='{who}@']) button").click()
    return page


def go(page: Page, address: str, where: str) -> None:
    """To a path; or, through the newest day of the archive or the newest mail, to a selector."""
    if where.startswith("/"):
        page.goto(address + where)
    elif where.startswith("iframe"):
        page.goto(f"{address}/demo/")
        if not page.locator(LETTER).count():
            page.locator("button[value=herinnering]").click()
        while not page.locator(LETTER).count():  # until a worker has sent it
            page.wait_for_timeout(2000)
            page.reload()
        page.locator(LETTER).first.click()
        page.goto(address + page.locator(where).get_attribute("src"))
    else:
        page.goto(f"{address}/archief/")
        page.locator("main h2 a").first.click()
        page.locator(where).first.click()


def picture_of(page: Page) -> Image.Image:
    page.evaluate("document.querySelectorAll('img').forEach((i) => { i.loading = 'eager'; })")
    page.wait_for_load_state("networkidle")
    picture = Image.open(BytesIO(page.screenshot(full_page=True, animations="disabled")))
    return picture.convert("RGB").crop((0, 0, WIDTH, min(picture.height, TALLEST)))


def save(picture: Image.Image, name: str) -> None:
    """As a PNG with as many colours as the size allows."""
    for colours in (256, 128, 64, 32):
        kept = BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(kept, "PNG", optimize=True)
        if kept.tell() < MOST:
            break
    (FOLDER / f"{name}.png").write_bytes(kept.getvalue())
    print(f"{name}.png  {kept.tell() // 1000} kB")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
