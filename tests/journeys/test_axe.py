"""No page in any state has a serious or critical fault, by day or by night (axe), and none is
wider than the screen."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from tests.access_table import Row
from tests.journeys.looking import faults, let_in, overflows, send_empty
from tests.test_access_table import MODULES, ROWS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKERS = ("lead", "reader", "coach", "coordinator")
ACCOUNT = (
    "account_request_login_code",
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_inactive",
)

ERRORS = ("400", "403", "403_csrf", "410", "429", "500")


def lookers(row: Row) -> list[str]:
    """Who looks at a page: a visitor where it is public, else one of each role that may."""
    if row.get["anonymous"] == 200:
        return ["anonymous"]
    return [who for who in LOOKERS if row.get[who] == 200]


def judge(page, world, row: Row, live_server) -> list[str]:
    """The faults of one page, and of its form sent empty; nothing for what is no whole page."""
    address = live_server.url + reverse(row.name, kwargs=row.args(world))
    answer = page.request.get(address)
    if not answer.text().lstrip().startswith("<!doctype html>"):
        return []
    if "sandbox" in answer.headers.get("content-security-policy", ""):
        # A mail for a frame: where it stands, no script runs.
        page.goto("about:blank")
        page.set_content(answer.text())
    else:
        page.goto(address)
    found = faults(page) + overflows(page)
    if send_empty(page) == 422:
        found += [f"sent empty, {fault}" for fault in faults(page)]
    return [f"{row.name} {row.state}: {fault}" for fault in found]


def build_things(world) -> None:
    for module in MODULES:
        getattr(module, "build", lambda world: None)(world)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("who", ["anonymous", *LOOKERS])
def test_everything_that_one_of_the_cast_can_open(who, world, new_page, live_server):
    build_things(world)
    page = new_page()
    let_in(page, world, who, live_server)
    rows = [row for row in ROWS if not row.state and who in lookers(row)]
    assert rows or who != "anonymous"
    assert [fault for row in rows for fault in judge(page, world, row, live_server)] == []


STATES = [row for row in ROWS if row.state and lookers(row)]


@pytest.mark.parametrize("row", STATES, ids=lambda row: f"{row.name} {row.state}")
def test_another_state(row, world, new_page, live_server):
    build_things(world)
    row.before(world)
    page = new_page(width=360)
    let_in(page, world, lookers(row)[0], live_server)
    assert judge(page, world, row, live_server) == []


def test_sign_in_and_what_is_not_there(new_page, live_server):
    page = new_page(width=360)
    found = []
    for address in [*map(reverse, ACCOUNT), "/bestaat-niet/"]:
        page.goto(live_server.url + address)
        found += [f"{address}: {fault}" for fault in faults(page)]
        if send_empty(page):
            found += [f"{address} sent empty: {fault}" for fault in faults(page)]
    assert found == []


@pytest.mark.parametrize("name", ERRORS)
def test_error_pages(name, new_page, live_server):
    page = new_page(width=360)
    html = render_to_string(f"{name}.html")
    page.set_content(html.replace('="/static/', f'="{live_server.url}/static/'))
    assert faults(page) + overflows(page) == []


def test_the_pages_of_the_demo(letter, new_page, live_server):
    page = new_page(width=360)
    found = []
    for address in [reverse("demo"), reverse("demo-letter", args=[letter.id])]:
        page.goto(live_server.url + address)
        found += faults(page) + overflows(page)
    assert found == []
