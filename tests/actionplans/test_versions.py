from datetime import timedelta

import pytest

from actionplans import access, saving
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
