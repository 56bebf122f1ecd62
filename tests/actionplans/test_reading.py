"""The plan as its coach reads it, and the cache behind it."""

import pytest
from django.core.cache import cache

from actionplans import access, coach_reading, saving, talk
from tests.actionplans import making, talking

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(world):
    return talking.written(world)


def read(world, plan, *, since=None):
    user = world.person("coach").user
    chapters = access.readable_chapters(user, plan)
    found = talk.talks(access.threads_in(user, [c.plan_section for c in chapters if c.readable]))
    return coach_reading.read(chapters, found, since or coach_reading.Since(is_first=True))


def question(chapters, key):
    return next(r for c in chapters for r in c.readings if r.question.key == key)


def test_prose_is_read_in_paragraphs(world, plan):
    schets = question(read(world, plan), "schets")
    texts = ["".join(piece.text for piece in part.pieces) for part in schets.parts]
    assert texts == talking.TEXT.split("\n\n")
    assert [(part.start, part.end) for part in schets.parts] == [(0, 38), (40, 66)]


def test_a_choice_and_a_number_read_as_words(world, plan):
    lead = world.person("lead")
    making.answer(plan=plan, by=lead, slug="steekkaart", key="stand", text="opbouw")
    stand = question(read(world, plan), "stand")
    assert (stand.value, stand.parts) == ("We zijn aan het bouwen", [])


def test_each_row_of_a_table_can_be_commented_on(world, plan):
    lead = world.person("lead")
    rows = [
        {"id": "a", "feit": "Inwoners", "cijfer": "840"},
        {"id": "b", "feit": "Gezinnen zonder auto", "cijfer": "61"},
    ]
    making.answer(plan=plan, by=lead, key="feiten", rows=rows)
    feiten = question(read(world, plan), "feiten")
    lines = ["".join(piece.text for piece in part.pieces) for part in feiten.parts]
    assert [line.split(" · ")[0] for line in lines] == ["Inwoners", "Gezinnen zonder auto"]
    assert feiten.columns.startswith("Wat · Cijfer")


def test_a_section_without_words_or_talk_is_quiet(world, plan):
    chapters = {row.section.slug: row for row in read(world, plan)}
    assert not chapters["ons-dorp"].is_quiet
    assert chapters["droom"].is_quiet
    talking.draft(plan, world.person("coach"), words="", slug="droom", key="droom")
    chapters = {row.section.slug: row for row in read(world, plan)}
    assert not chapters["droom"].is_quiet


def test_the_mark_of_a_thread_begins_once(world, plan):
    coach = world.person("coach")
    first = talking.draft(plan, coach, words="brood van drie").thread_id
    second = talking.draft(plan, coach, words="drie boeren").thread_id
    schets = question(read(world, plan), "schets")
    pieces = [piece for part in schets.parts for piece in part.pieces if piece.marks]
    assert [(piece.text, piece.marks, piece.opens) for piece in pieces] == [
        ("brood van ", (first,), (first,)),
        ("drie", (first, second), (second,)),
        (" boeren", (second,), ()),
    ]
    assert pieces[1].described_by == f"gesprek-{first} gesprek-{second}"


def test_the_diff_of_two_versions_is_worked_out_once(world, plan):
    talking.sent(plan, world.person("coach"))
    making.answer(plan=plan, by=world.person("lead"), text=f"Vooraf. {talking.TEXT}")
    section, asked = making.section(plan, "ons-dorp"), making.question(plan, "ons-dorp", "schets")
    answer = section.answers.get(question=asked)
    old = answer.revisions.get(number=1)
    [steps] = saving.steps_of([(old, answer)])
    key = f"anchors:1:{old.pk}:{answer.pk}.2"
    assert cache.get(key) == [tuple(step) for step in steps]
    cache.set(key, [("equal", 0, 1, 5, 6)])
    assert saving.steps_of([(old, answer)]) == [[saving.Op("equal", 0, 1, 5, 6)]]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (talking.TEXT, 0),
        (talking.TEXT.replace("drie", "vier"), 1),
        (talking.TEXT.replace("De bus stopt voor de deur.", ""), 6),
        (f"{talking.TEXT}\n\nEn nog drie woorden meer", 5),
    ],
)
def test_changed_words_count_a_replacement_once(world, plan, text, count):
    making.answer(plan=plan, by=world.person("lead"), text=text)
    asked = making.question(plan, "ons-dorp", "schets")
    answer = making.section(plan, "ons-dorp").answers.get(question=asked)
    assert saving.changed_words([(answer.revisions.get(number=1), answer)]) == [count]
