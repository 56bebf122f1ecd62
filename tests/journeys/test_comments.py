"""A coach comments in the browser, the village gets one mail and answers, the text moves on."""

from datetime import timedelta

import pytest
from django.urls import reverse

from actionplans.models import CommentThread
from network import clock, delivery, folding
from tests.actionplans import making, talking
from tests.journeys.looking import let_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
]
TEXT = "Hallo 😀 buren.\n\nWe beginnen met brood van drie jonge boeren, elke dag."
SELECT = """(words) => {
  const parts = [...document.querySelectorAll("#vraag-4-voor-wie [data-part]")];
  const node = parts.map((part) => part.firstChild).find((text) => text.data.includes(words));
  const start = node.data.indexOf(words);
  document.getSelection().setBaseAndExtent(node, start, node, start + words.length);
}"""


@pytest.fixture
def plan(world):
    return talking.written(world, text=TEXT, slug="droom", key="voor-wie")


def coach_page(new_page, world, live_server):
    page = new_page()
    let_in(page, world, "coach", live_server)
    page.goto(live_server.url + reverse("actionplans:coach"))
    page.get_by_role("link", name="Lees mee met Molendonk").click()
    page.wait_for_url("**/coach/voorjaar/molendonk/")
    return page


def comment(page, kind, body):
    page.get_by_label(kind, exact=True).check()
    page.get_by_role("textbox", name="Je opmerking").fill(body)
    page.get_by_role("button", name="Zet erbij").click()


def rewrite(plan, world, text):
    making.answer(plan=plan, by=world.person("editor"), text=text, slug="droom", key="voor-wie")


@pytest.fixture
def mail_leaves(time_machine):
    """mail_leaves(): it is the next noon; what waits is folded and goes over SMTP."""

    def leave():
        noon = clock.at(clock.today() + timedelta(days=1), 12)
        with time_machine.travel(noon):
            folding.fold(clock.now())
            delivery.drain()

    return leave


def test_coach_and_village_talk_about_a_text(
    world, plan, new_page, live_server, smtp_server, mail_leaves
):
    page = coach_page(new_page, world, live_server)

    # A whole paragraph by its button, then selected words behind an emoji.
    buttons = page.locator("#vraag-4-voor-wie").get_by_role(
        "link", name="Opmerking bij deze alinea"
    )
    buttons.nth(1).click()
    comment(page, "Vraag", "Wie levert er in de vakantie?")
    page.evaluate(SELECT, "buren")
    page.get_by_role("link", name="Opmerking bij “buren”").click()
    assert page.locator("dialog blockquote").inner_text() == "buren"
    comment(page, "Compliment", "Warm begin.")
    assert page.locator("mark").all_inner_texts()[0] == "buren"
    about_words = CommentThread.objects.get(quote="buren")
    assert TEXT[about_words.start : about_words.end] == "buren"

    page.get_by_role("button", name="Verstuur mijn 2 opmerkingen").click()
    page.get_by_text("2 opmerkingen verstuurd naar Molendonk").wait_for()
    mail_leaves()
    [mail] = smtp_server.messages
    assert mail["To"] == "lead@buurtpunt.example"
    assert mail["Subject"] == "Els Verhaeghe heeft 2 opmerkingen bij het plan van Molendonk"

    # The lead follows the mail, answers and handles.
    lead = new_page(width=360)
    let_in(lead, world, "lead", live_server)
    place = reverse("actionplans:section", args=["voorjaar", "molendonk", "droom"])
    assert place in mail.get_body(("plain",)).get_content()
    lead.goto(live_server.url + place)
    thread = CommentThread.objects.exclude(pk=about_words.pk).get()
    sheet = lead.locator(f"#gesprek-{thread.pk}")
    sheet.get_by_role("link", name="Antwoord").click()
    lead.get_by_label("Jullie antwoord").fill("Jef kent nog een teler.")
    lead.get_by_role("button", name="Verstuur je antwoord").click()
    assert "Jef kent nog een teler." in sheet.inner_text()
    sheet.get_by_role("button", name="Markeer als verwerkt").click()
    lead.get_by_text("Verwerkt. Goed bezig.").wait_for()

    page.goto(live_server.url + reverse("actionplans:coach-plan", args=["voorjaar", "molendonk"]))
    page.get_by_text("1 behandelde opmerking").click()
    seen = page.locator(f"#gesprek-{thread.pk}").inner_text()
    assert "Jef kent nog een teler." in seen
    assert "Verwerkt" in seen


def test_marks_follow_the_text(world, plan, new_page, live_server):
    coach = world.person("coach")
    where = {"slug": "droom", "key": "voor-wie"}
    words = talking.sent(plan, coach, words="drie jonge boeren", **where)
    page = coach_page(new_page, world, live_server)
    address = page.url

    def sees(text):
        rewrite(plan, world, text)
        page.goto(address)
        return page.locator("mark").all_inner_texts(), page.locator(
            f"#gesprek-{words.pk}"
        ).inner_text()

    marks, _ = sees(f"Eerst een zin.\n\n{TEXT}")
    assert "".join(marks) == "drie jonge boeren"
    marks, said = sees(TEXT.replace("jonge", "ervaren"))
    assert "".join(marks).replace("jonge ", "").split() == ["drie", "ervaren", "boeren"]
    assert "De tekst is intussen veranderd" in said
    marks, said = sees("Hallo 😀 buren.")
    assert marks == []
    assert "Deze tekst is verwijderd" in said
    assert "drie jonge boeren" in said


def test_everything_works_without_scripts(world, plan, new_page, live_server):
    page = new_page(java_script_enabled=False)
    let_in(page, world, "coach", live_server)
    page.goto(live_server.url + reverse("actionplans:coach-plan", args=["voorjaar", "molendonk"]))
    page.get_by_role("link", name="Opmerking bij deze alinea").first.click()
    comment(page, "Tip", "Zet je naam erbij.")
    page.get_by_role("button", name="Verstuur mijn opmerking").click()
    assert page.get_by_text("Zet je naam erbij.").is_visible()
    assert CommentThread.objects.opened().count() == 1


def test_j_and_k_walk_between_threads_that_have_the_focus(world, plan, new_page, live_server):
    for words in ("buren", "brood", "elke dag"):
        talking.sent(plan, world.person("coach"), words=words, slug="droom", key="voor-wie")
    page = coach_page(new_page, world, live_server)
    sheets = page.locator("[data-talk]")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    sheets.nth(0).focus()
    for key, place in (("j", 1), ("j", 2), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        focused = page.evaluate("document.activeElement.id")
        assert focused == sheets.nth(place).get_attribute("id")


@pytest.mark.parametrize(
    ("text", "units", "points"),
    [("brood", 3, 3), ("a😀b", 3, 2), ("👨‍👩‍👧!", 9, 6), ("e\u0301n", 2, 2)],
)
def test_the_browser_counts_code_points(page, live_server, text, units, points):
    page.goto(live_server.url)
    found = page.evaluate(
        """async ([text, units, points]) => {
          const counting = await import("/static/js/comments/codepoints.js");
          return [counting.codePoints(text, units), counting.units(text, points)];
        }""",
        [text, units, points],
    )
    assert found == [points, units]
    assert len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le")) == points


def test_a_text_changed_while_the_coach_reads_keeps_her_words(world, plan, new_page, live_server):
    page = coach_page(new_page, world, live_server)
    page.evaluate(SELECT, "boeren")
    link = page.get_by_role("link", name="Opmerking bij “boeren”")
    rewrite(plan, world, f"Vooraf dit.\n\n{TEXT}")
    link.click()
    comment(page, "Tip", "Noem ze.")
    assert page.locator("mark").all_inner_texts() == ["boeren"]
