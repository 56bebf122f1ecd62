"""Two people who press at the same moment, each on a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from actionplans import access, actions, saving
from actionplans.models import Action, Answer, AnswerRevision
from network.models import SearchText
from tests.actionplans import making
from tests.cast import build_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]

PEOPLE = ("lead", "editor", "reader", "coach")


def together(work) -> list:
    """work(who) for each at the same moment; what it gave, or the error."""
    start = Barrier(len(PEOPLE))

    def run(who: str):
        try:
            start.wait(30)
            return work(who)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(PEOPLE)) as pool:
        return list(pool.map(run, PEOPLE))


def test_one_of_four_first_saves_wins_and_no_text_is_lost() -> None:
    world = build_world()
    plan = making.plan(village=world.village, by=world.person("lead"))
    texts = {who: f"De woorden van {who}" for who in PEOPLE}
    found = together(
        lambda who: making.answer(plan=plan, by=world.person(who), text=texts[who], base=0)
    )
    assert sorted(type(one).__name__ for one in found) == ["Answer", "Stale", "Stale", "Stale"]
    answer = Answer.objects.get(question__key="schets")
    assert answer.revision == 1
    kept = AnswerRevision.objects.filter(answer=answer).values_list("text", flat=True)
    assert sorted(kept) == sorted(texts.values())


def test_rows_of_four_people_at_once_all_stand_in_the_table() -> None:
    world = build_world()
    plan = making.plan(village=world.village, by=world.person("lead"))
    found = together(
        lambda who: making.answer(
            plan=plan,
            by=world.person(who),
            slug="noden",
            key="noden",
            rows=[{"id": who.lower(), "nood": who}],
            base=0,
        )
    )
    assert [one for one in found if not isinstance(one, Answer)] == []
    answer = Answer.objects.get(question__key="noden")
    assert {row["nood"] for row in answer.rows} == set(PEOPLE)
    assert answer.revision == 4


def test_actions_added_at_once_get_a_number_each() -> None:
    world = build_world()
    plan = making.plan(village=world.village, by=world.person("lead"))
    found = together(lambda who: making.action(plan=plan, by=world.person(who), title=who))
    assert [one for one in found if not isinstance(one, Action)] == []
    assert sorted(plan.actions.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_one_of_four_changes_of_an_action_wins() -> None:
    world = build_world()
    plan = making.plan(village=world.village, by=world.person("lead"))
    action = making.action(plan=plan, by=world.person("lead"))
    found = together(
        lambda who: actions.save_action(
            action=action,
            base=1,
            fields=actions.ActionFields(title=f"Van {who}"),
            by=world.person(who),
        )
    )
    names = sorted(type(one).__name__ for one in found)
    assert names == ["Action", "StaleAction", "StaleAction", "StaleAction"]
    assert action.revisions.count() == 5


def test_different_questions_of_one_section_are_all_saved_and_found() -> None:
    world = build_world()
    plan = making.plan(village=world.village, by=world.person("lead"))
    keys = dict(zip(PEOPLE, ("droom", "voor-wie", "anders", "tevreden"), strict=True))

    def save(who: str, turn: int) -> None:
        text = f"{who} schrijft beurt {turn}"
        making.answer(plan=plan, by=world.person(who), slug="droom", key=keys[who], text=text)

    for turn in range(6):
        assert together(lambda who, turn=turn: save(who, turn)) == [None] * len(PEOPLE)
        found = SearchText.objects.get(source=access.SEARCH_SOURCE, text__contains="schrijft")
        assert found.text.split("\n") == [f"{who} schrijft beurt {turn}" for who in PEOPLE]


def test_texts_are_compared_when_nobody_waits_for_it(monkeypatch) -> None:
    world = build_world()
    plan = making.plan(village=world.village, by=world.person("lead"))
    making.answer(plan=plan, by=world.person("lead"), text="Brood.\n\nBus.")
    making.answer(plan=plan, by=world.person("lead"), text="Brood van Jef.\n\nBus.")
    merge, in_transaction = saving.merge_texts, []

    def watched(*texts: str) -> str | None:
        in_transaction.append(connection.in_atomic_block)
        return merge(*texts)

    monkeypatch.setattr(saving, "merge_texts", watched)
    with pytest.raises(actions.Stale) as stale:
        making.answer(plan=plan, by=world.person("editor"), text="Brood.\n\nBus 34.", base=1)
    assert stale.value.merged == "Brood van Jef.\n\nBus 34."
    assert in_transaction == [False]
