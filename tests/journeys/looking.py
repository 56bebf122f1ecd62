"""A browser that is signed in as one of the cast, and axe's judgement of what it sees."""

from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from tests.cast import BACKEND

SCHEMES = {
    "light": {"resultTypes": ["violations"]},
    "dark": {"resultTypes": ["violations"], "runOnly": ["color-contrast"]},
}
WIDTHS = (320, 360, 1920)  # pixels; a telephone, a usual one, a wide screen
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
FORM = "main form[method=post]:has(:is(input, textarea)[required])"
EMPTY_AND_SEND = """(form) => {
  form.querySelectorAll("input:not([type=hidden]), textarea").forEach((field) => {
    if (field.type === "checkbox" || field.type === "radio") field.checked = false;
    else if (field.type !== "file") field.value = "";
  });
  form.noValidate = true;
  form.submit();
}"""


def let_in(page, world, who: str, live_server) -> None:
    """Give the browser the cookie of a member of the cast."""
    if who == "anonymous":
        return
    client = Client()
    client.force_login(world.person(who).user, backend=BACKEND)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])


def faults(page) -> list[str]:
    """Serious and critical faults: rule, place and what to do. The night changes only colours,
    so by night axe looks at contrast alone."""
    found = []
    for scheme, options in SCHEMES.items():
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for fault in Axe().run(page, options=options).response["violations"]:
            if fault["impact"] in {"serious", "critical"}:
                where = [node["html"][:160] for node in fault["nodes"][:3]]
                found.append(f"{scheme}: {fault['id']} ({fault['help']}) at {where}")
    return found


def overflows(page) -> list[str]:
    """Widths at which the page scrolls sideways, with how far (pixels)."""
    found = []
    before = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if over := page.evaluate(OVERFLOW):
            found.append(f"{over} px too wide at {width} px")
    page.set_viewport_size(before)
    return found


def send_empty(page) -> int:
    """Send the page's first form with everything left open; gives the status, 0 without form."""
    if not page.locator(FORM).count():
        return 0
    with page.expect_navigation() as answer:
        page.locator(FORM).first.evaluate(EMPTY_AND_SEND)
    return answer.value.status
