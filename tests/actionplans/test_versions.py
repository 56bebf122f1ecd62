from datetime import date, timedelta
from decimal import Decimal

import pytest

from actionplans import access, actions, saving
from network import clock
from tests.actionplans import making

pytestmark = [pytest.mark.django_db, pytest.mark.both]

LONG = " ".join(f"zin {number} over het dorp." for number in range(60))


@pytest.fixture
def write(world):
    """write(minutes, who, text) saves the sketch that long after eight o'clock."""
    plan = making.plan(village=world.village, by=world.person("lead"))
    start = clock.at(clock.today() - timedelta(days=3), 20)

    def at(minutes: int, who: str, text: str):
        with clock.standing_at(start + timedelta(minutes=minutes)):
            return making.answer(plan=plan, by=world.person(who), text=text)

    return at


def shown(answer) -> list:
    answer.refresh_from_db()
    return [
        (version.revision.text, version.added, version.removed, version.is_current)
        for version in saving.versions(answer, access.history(answer))
    ]


def test_saves_of_one_sitting_are_one_version(write) -> None:
    write(0, "lead", "Een")
    write(3, "lead", "Een dorp")
    answer = write(8, "lead", "Een mooi dorp")
    assert shown(answer) == [("Een mooi dorp", 3, 0, True)]


def test_what_does_not_fit_on_a_page_is_on_the_next(write, sign_in) -> None:
    for number in range(41):
        answer = write(number * 11, "lead", f"Versie {number}")
    assert len(shown(answer)) == 40
    html = sign_in("lead").get("/plan/voorjaar/molendonk/ons-dorp/schets/geschiedenis/?pagina=2")
    [first] = html.context["versions"]
    assert (first.revision.text, first.added) == ("Versie 0", 2)
    assert "Bladzijde 2 van 2" in html.text


def test_the_history_of_an_action_shows_what_came_too_late(world, sign_in) -> None:
    lead, editor = world.person("lead"), world.person("editor")
    plan = making.plan(village=world.village, by=lead)
    action = making.action(plan=plan, by=lead, owner=lead, cost=Decimal("12.50"))
    fields = actions.ActionFields(title="Mail de bakker", owner=editor, due_on=date(2026, 3, 21))
    actions.save_action(action=action, base=1, fields=fields, by=lead)
    late = actions.ActionFields(title="Bezoek de bakker")
    with pytest.raises(actions.StaleAction):
        actions.save_action(action=action, base=1, fields=late, by=editor)
    response = sign_in("reader").get("/plan/voorjaar/molendonk/acties/1/geschiedenis/")
    found = list(response.context["versions"])
    assert [v.is_conflict for v in found] == [True, False, False]
    assert "tegelijk geschreven en niet overgenomen" in response.text
    assert "Bezoek" in response.text
    words = "".join(piece.text for piece in found[1].pieces if piece.kind != "del")
    assert words.splitlines()[:3] == [
        "Wat: Mail de bakker",
        "Wie: Jef Wouters",
        "Tegen wanneer: 21/03/2026",
    ]


def test_another_author_or_a_pause_begins_a_new_version(write) -> None:
    write(0, "lead", "Een dorp")
    write(2, "editor", "Een klein dorp")
    write(4, "lead", "Een klein mooi dorp")
    answer = write(30, "lead", "Een mooi dorp")
    assert [text for text, *_ in shown(answer)] == [
        "Een mooi dorp",
        "Een klein mooi dorp",
        "Een klein dorp",
        "Een dorp",
    ]
    assert shown(answer)[0][1:] == (0, 1, True)


def texts(answer) -> list[str]:
    return [text for text, *_ in shown(answer)]


@pytest.mark.parametrize("text", ["Alles", LONG])
def test_a_text_wiped_at_once_is_in_the_list_and_comes_back(write, sign_in, text) -> None:
    write(0, "lead", text)
    write(1, "lead", "")
    answer = write(2, "lead", "Nieuw")
    assert texts(answer) == ["Nieuw", text]
    url = "/plan/voorjaar/molendonk/ons-dorp/schets/geschiedenis/"
    [_, full] = sign_in("lead").get(url).context["versions"]
    data = {"revision": full.revision.pk, "base": answer.revision}
    assert sign_in("lead").post(f"{url}terug/", data).status_code == 303
    answer.refresh_from_db()
    assert answer.text == text


def test_a_text_pasted_over_another_of_its_size_leaves_it_in_the_list(write) -> None:
    write(0, "lead", LONG)
    answer = write(1, "lead", LONG.replace("zin", "bus").replace("dorp", "park"))
    assert texts(answer)[1:] == [LONG]


def test_a_text_that_went_bit_by_bit_is_kept_at_its_fullest(write) -> None:
    words = LONG.split()
    write(0, "lead", " ".join(words[:200]))
    write(1, "lead", LONG)
    for step in range(1, 8):
        answer = write(1 + step, "lead", " ".join(words[: 300 - 40 * step]))
    assert LONG in texts(answer)
    assert texts(answer)[0] == " ".join(words[:20])
    assert len(texts(answer)) < 8


def test_a_paragraph_less_in_a_long_text_is_in_the_list(write) -> None:
    story = "\n\n".join([LONG] * 5)
    write(0, "lead", story)
    answer = write(1, "lead", "\n\n".join([LONG] * 4))
    assert texts(answer)[1:] == [story]


def test_slips_of_the_pen_and_moved_words_make_no_version(write) -> None:
    write(0, "lead", f"{LONG} Dit komt vooran.")
    write(1, "lead", f"{LONG} Dit komt vooraan.")
    answer = write(2, "lead", f"Dit komt vooraan. {LONG}")
    assert len(texts(answer)) == 1


def test_what_release_1_0_0_saved_is_kept_by_its_size(write) -> None:
    write(0, "lead", LONG)
    answer = write(1, "lead", "Weg")
    answer.revisions.update(lost=0)
    assert texts(answer) == ["Weg", LONG]


@pytest.mark.parametrize("old", [False, True])
def test_a_dropped_row_is_in_the_list(world, old) -> None:
    plan, lead = making.plan(village=world.village, by=world.person("lead")), world.person("lead")
    place = {"slug": "noden", "key": "noden"}
    rows = [{"id": f"r{n}", "nood": f"Behoefte nummer {n}"} for n in range(12)]
    making.answer(plan=plan, by=lead, rows=rows, **place)
    making.answer(plan=plan, by=lead, rows=[*rows[:3], *rows[4:]], **place)
    answer = making.answer(plan=plan, by=lead, rows=[], **place)
    if old:
        answer.revisions.update(lost=0)
    found = saving.versions(answer, access.history(answer))
    assert [len(version.revision.rows) for version in found] == [0, 11, 12]


def test_the_note_of_an_action_wiped_at_once_is_in_the_list(world) -> None:
    lead = world.person("lead")
    plan = making.plan(village=world.village, by=lead)
    action = making.action(plan=plan, by=lead, note=LONG)
    fields = actions.ActionFields(title="Bel de bakker")
    action = actions.save_action(action=action, base=1, fields=fields, by=lead)
    found = saving.action_versions(action, access.action_history(action))
    assert [LONG in str(version.revision.fields) for version in found] == [False, True]
