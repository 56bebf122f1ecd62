"""She types, the tab closes, the text is found back; two people in one answer lose nothing."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import expect

from actionplans.models import ActionPlan, Answer, AnswerRevision
from network import clock
from tests.actionplans import making
from tests.cast import BACKEND, build_world
from tests.journeys.looking import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.both]


@pytest.fixture
def village(db):
    """Molendonk with a plan; gives the world."""
    world = build_world()
    making.plan(village=world.village, by=world.person("lead"))
    return world


@pytest.fixture
def open_as(village, new_page, live_server):
    """A page of its own for a member of the cast: open_as("lead", "droom/")."""

    def go(who: str, path: str = "", **options):
        client = Client()
        client.force_login(village.person(who).user, backend=BACKEND)
        page = new_page(**options)
        cookie = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page.goto(f"{live_server.url}/plan/voorjaar/molendonk/{path}")
        return page

    return go


def status(page, key: str):
    return page.locator(f"#{key} [data-status]")


def answer(key: str) -> Answer:
    return Answer.objects.get(question__key=key)


def test_the_plan_opens_at_the_first_question_and_saves_while_she_types(open_as) -> None:
    page = open_as("lead", width=360)
    expect(page.get_by_role("heading", level=1)).to_have_text("Dag Marie, dit is jullie plan")
    page.get_by_role("link", name="Schrijf verder").click()
    name = page.get_by_label("Hoe heet jullie buurtpunt?")
    name.fill("Het Lindeplein")
    expect(status(page, "naam")).to_contain_text("Jullie coaches en de coördinator lezen mee.")
    assert answer("naam").text == "Het Lindeplein"


def test_a_tab_closed_in_the_middle_is_found_back(open_as) -> None:
    page = open_as("lead", "ons-dorp/")
    page.context.route("**/schets/", lambda route: route.abort())
    page.get_by_label("Schets jullie dorp").fill("Een dorp met een linde")
    page.get_by_label("Schets jullie dorp").blur()
    expect(status(page, "schets")).to_have_text("Niet verbonden. Je tekst staat op dit toestel.")
    page.close(run_before_unload=False)
    assert not Answer.objects.filter(question__key="schets").exists()

    later = page.context.new_page()
    later.goto(page.url.replace("ons-dorp/", ""))
    expect(later.get_by_text("Op dit toestel staat nog tekst")).to_be_visible()
    page.context.unroute("**/schets/")
    later.get_by_role("link", name="Schets jullie dorp").click()
    expect(later.get_by_label("Schets jullie dorp")).to_have_value("Een dorp met een linde")
    expect(status(later, "schets")).to_have_text(re.compile("Bewaard om"))
    assert answer("schets").text == "Een dorp met een linde"
    later.reload()
    expect(later.get_by_label("Schets jullie dorp")).to_have_value("Een dorp met een linde")
    assert answer("schets").revision == 1


def test_signing_out_wipes_what_was_not_saved_and_says_so_before(open_as, live_server) -> None:
    page = open_as("lead", "ons-dorp/")
    page.context.route("**/schets/", lambda route: route.abort())
    page.get_by_label("Schets jullie dorp").fill("De bakker zit krap")
    expect(status(page, "schets")).to_contain_text("Je tekst staat op dit toestel.")
    page.evaluate("localStorage.setItem('plan-ontwerp:0:/plan/', '{}')")  # of somebody else
    page.goto(f"{live_server.url}/afmelden/")
    expect(page.get_by_text("misschien niet bewaard raakte")).to_be_visible()
    page.get_by_role("button", name="Meld me af").click()
    expect(page.get_by_role("link", name="Aanmelden").first).to_be_visible()
    assert page.evaluate("Object.keys(localStorage)") == ["plan-ontwerp:0:/plan/"]


def test_signing_out_has_no_warning_where_all_is_saved(open_as, live_server) -> None:
    page = open_as("lead", "ons-dorp/")
    page.goto(f"{live_server.url}/afmelden/")
    expect(page.get_by_text("misschien niet bewaard raakte")).to_be_hidden()
    # Another tab keeps a text while this page stands open.
    key = f"plan-ontwerp:{page.locator('[data-unsaved]').get_attribute('data-unsaved')}:/plan/"
    page.evaluate(f"localStorage.setItem('{key}', '{{}}')")
    page.get_by_role("button", name="Meld me af").click()
    expect(page.get_by_text("misschien niet bewaard raakte")).to_be_visible()
    assert page.evaluate("localStorage.length") == 1


def test_text_typed_and_undone_leaves_nothing_behind(open_as, village) -> None:
    making.answer(plan=ActionPlan.objects.get(), by=village.person("lead"), text="De goede tekst")
    page = open_as("lead", "ons-dorp/")
    field = page.get_by_label("Schets jullie dorp")
    before = status(page, "schets").text_content()
    field.press("End")
    field.press("a")
    expect(status(page, "schets")).to_have_text("Bezig…")
    field.press("Backspace")
    expect(status(page, "schets")).to_have_text(before)
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    expect(field).to_have_value("De goede tekst")
    assert answer("schets").revision == 1


def test_the_status_line_tells_what_went_wrong_and_where_the_text_is(open_as) -> None:
    page = open_as("lead", "ons-dorp/")
    page.route("**/schets/", lambda route: route.fulfill(status=500))
    field = page.get_by_label("Schets jullie dorp")
    field.fill("Een linde")
    field.blur()
    expect(status(page, "schets")).to_have_text(
        "Er liep bij ons iets mis. Je tekst staat op dit toestel."
    )
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('vol') } }")
    page.unroute("**/schets/")
    page.route("**/schets/", lambda route: route.abort())
    field.fill("Een linde en een bank")
    expect(status(page, "schets")).to_have_text(
        "Niet verbonden. Laat deze bladzijde open: je tekst staat nergens anders."
    )


def test_the_second_of_two_people_gets_both_texts(open_as) -> None:
    marie, jef = open_as("lead", "ons-dorp/"), open_as("editor", "ons-dorp/")
    marie.get_by_label("Schets jullie dorp").fill("Marie schrijft over het plein.")
    expect(status(marie, "schets")).to_have_text(re.compile("Bewaard om"))
    jef.get_by_label("Schets jullie dorp").fill("Jef schrijft over de bus.")
    box = jef.locator("#schets [data-conflict]")
    expect(box).to_contain_text("Marie schreef hier ook")
    expect(box).to_contain_text("het plein")
    expect(box).to_contain_text("de bus")
    assert answer("schets").text == "Marie schrijft over het plein."
    assert AnswerRevision.objects.get(kind="conflict").text == "Jef schrijft over de bus."

    box.get_by_role("button", name="Neem mijn tekst").click()
    expect(jef.get_by_label("Schets jullie dorp")).to_have_value("Jef schrijft over de bus.")
    assert answer("schets").revision == 2


def test_who_opens_a_section_sees_who_writes_there(open_as) -> None:
    marie = open_as("lead", "ons-dorp/")
    marie.get_by_label("Schets jullie dorp").fill("Marie schrijft over het plein.")
    expect(status(marie, "schets")).to_have_text(re.compile("Bewaard om"))
    jef = open_as("editor", "ons-dorp/")
    expect(jef.get_by_text("Marie schrijft nu ook in dit stuk.")).to_be_visible()


def test_what_is_typed_while_a_clash_comes_in_is_in_the_choice(open_as, village) -> None:
    jef = open_as("editor", "ons-dorp/")
    making.answer(plan=ActionPlan.objects.get(), by=village.person("lead"), text="Marie was eerst")
    field = jef.get_by_label("Schets jullie dorp")
    field.evaluate("""field => {
        const real = window.fetch;
        window.fetch = async (...all) => {
            const answer = await real(...all);
            if (!field.value.endsWith("bus")) field.value += " over de bus";
            return answer;
        };
    }""")
    field.fill("Jef schrijft")
    box = jef.locator("#schets [data-conflict]")
    expect(box).to_contain_text("over de bus")
    expect(field).not_to_be_editable()
    box.get_by_role("button", name="Neem mijn tekst").click()
    expect(field).to_have_value("Jef schrijft over de bus")
    assert answer("schets").text == "Jef schrijft over de bus"
    assert jef.evaluate("localStorage.length") == 0


def test_a_choice_that_did_not_arrive_is_found_back(open_as, village) -> None:
    jef = open_as("editor", "ons-dorp/")
    making.answer(plan=ActionPlan.objects.get(), by=village.person("lead"), text="Marie was eerst")
    jef.get_by_label("Schets jullie dorp").fill("Jef ook")
    mine = jef.get_by_role("button", name="Neem mijn tekst")
    expect(mine).to_be_visible()
    jef.context.route("**/schets/", lambda route: route.abort())
    page = jef.url
    mine.click()
    jef.wait_for_url("chrome-error://**")
    jef.context.unroute("**/schets/")
    jef.goto(page)
    expect(status(jef, "schets")).to_have_text(re.compile("Bewaard om"))
    assert answer("schets").text == "Jef ook"


def test_rows_are_added_dropped_and_joined_with_those_of_another(open_as) -> None:
    marie, jef = open_as("lead", "noden/"), open_as("editor", "noden/")
    marie.locator("#noden").get_by_role("button", name="Voeg een nood toe").click()
    marie.keyboard.type("Brood")
    expect(status(marie, "noden")).to_have_text(re.compile("Bewaard om"))
    jef.locator("#noden").get_by_role("button", name="Voeg een nood toe").click()
    jef.keyboard.type("Een bank")
    expect(status(jef, "noden")).to_contain_text("Intussen kwam er iets bij")
    assert [row["nood"] for row in answer("noden").rows] == ["Brood", "Een bank"]
    expect(jef.locator("#noden [data-row]:visible")).to_have_count(2)
    jef.locator("#noden").get_by_role("button", name="Schrap").first.click()
    expect(status(jef, "noden")).to_contain_text("lezen mee")
    expect(jef.locator("#noden [data-row]:visible")).to_have_count(1)


def test_after_the_sign_in_ran_out_the_text_stays_and_goes_on(open_as, village) -> None:
    page = open_as("lead", "ons-dorp/")
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Schets jullie dorp").fill("Geschreven na het afmelden")
    expect(status(page, "schets")).to_contain_text("Meld je opnieuw aan")
    page.context.add_cookies(cookies)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(status(page, "schets")).to_have_text(re.compile("Bewaard om"))
    assert answer("schets").text == "Geschreven na het afmelden"


def test_a_number_that_is_none_is_said_at_once_and_kept(open_as) -> None:
    page = open_as("lead", "elke-dag/")
    field = page.get_by_label("Hoeveel uren per week zijn er nodig?")
    field.fill("veertig")
    expect(status(page, "uren-nodig")).to_contain_text("“veertig” is geen getal")
    field.fill("40,5")
    expect(status(page, "uren-nodig")).to_have_text(re.compile("Bewaard om"))
    assert answer("uren-nodig").text == "40.5"


@pytest.mark.parametrize(
    ("path", "do"),
    [
        ("", lambda page: None),
        ("acties/", lambda page: page.get_by_role("button", name="Voeg een mijlpaal toe").click()),
        ("ons-dorp/", lambda page: None),
        ("functies/", lambda page: page.get_by_role("button", name="Voeg een functie").click()),
        ("mensen-en-partners/", lambda page: page.get_by_role("button", name="betrokkene").click()),
        ("ons-dorp/schets/geschiedenis/", lambda page: None),
    ],
)
def test_the_pages_of_the_plan_have_no_serious_fault(village, open_as, path, do) -> None:
    plan, lead = ActionPlan.objects.get(), village.person("lead")
    making.answer(plan=plan, by=lead, text="Een plein")
    making.answer(plan=plan, by=lead, text="Een groot plein")
    making.action(plan=plan, by=lead, owner=lead, due_on=clock.today() - timedelta(days=3))
    page = open_as("lead", path)
    do(page)
    assert faults(page) == []


def test_a_conflict_has_no_serious_fault_and_works_by_keyboard(village, open_as) -> None:
    jef = open_as("editor", "ons-dorp/")
    plan = ActionPlan.objects.get()
    making.answer(plan=plan, by=village.person("lead"), text="Marie was eerst")
    jef.get_by_label("Schets jullie dorp").focus()
    jef.keyboard.type("Jef ook")
    expect(jef.locator("#schets .conflict")).to_contain_text("Marie schreef hier ook")
    assert faults(jef) == []
    jef.keyboard.press("Tab")
    expect(jef.get_by_role("button", name="Hou de tekst van Marie")).to_be_focused()
    jef.keyboard.press("Enter")
    expect(jef.get_by_label("Schets jullie dorp")).to_have_value("Marie was eerst")


def test_without_scripts_a_text_and_a_row_are_saved(open_as) -> None:
    page = open_as("lead", "noden/", java_script_enabled=False)
    page.get_by_label("Wat leerden jullie eruit?").fill("Brood staat bovenaan.")
    page.locator("#geleerd").get_by_role("button", name="Bewaar").click()
    expect(page.get_by_label("Wat leerden jullie eruit?")).to_have_value("Brood staat bovenaan.")
    page.locator("#noden").get_by_role("textbox", name="Nood").fill("Een bank")
    page.locator("#noden").get_by_role("button", name="Bewaar").click()
    expect(page.locator("#noden [data-row]")).to_have_count(2)
    assert answer("noden").rows[0]["nood"] == "Een bank"
    page.locator("#noden").get_by_role("button", name="Schrap").first.click()
    expect(page.locator("#noden [data-row]")).to_have_count(1)
    assert answer("noden").rows == []
