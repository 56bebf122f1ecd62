from datetime import date, timedelta
from decimal import Decimal

import pytest

from actionplans import access, actions, saving
from network import clock
from tests.actionplans import making

pytestmark = pytest.mark.django_db


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
