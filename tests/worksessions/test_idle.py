"""A tick with nothing to do costs next to nothing, and misses nothing that a full look finds."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from network import actions as people
from network import clock, tasks
from network.models import DueChange, Notice, Person
from network.refusal import Refused
from sessions import actions
from sessions.models import Place, WorkSession
from sessions.reminders import due, sweep
from tests import factories
from tests.cast import build_world
from tests.worksessions.made import at, rules, work_session

NOW = "2026-11-20 10:00"
pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.at(NOW)]
START = at("2026-12-01 13:30")


@pytest.fixture
def session(world) -> WorkSession:
    rules(world.edition)
    return work_session(edition=world.edition, starts_at=START)


def villages_and_sessions(count: int) -> None:
    """As many editions with a session each, and three people in a village of theirs."""
    for number in range(count):
        edition = factories.edition()
        village = factories.village(edition=edition)
        for _ in range(3):
            factories.membership(village=village, person=factories.person())
        rules(edition)
        work_session(edition=edition, starts_at=START + timedelta(hours=number))


def queries(work) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        work()
    return len(asked)


@pytest.mark.parametrize("count", [1, 3])
def test_an_idle_look_asks_two_questions(count):
    villages_and_sessions(count)
    sweep.look(clock.now())
    assert queries(lambda: sweep.look(clock.now())) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_a_whole_idle_tick_asks_at_most_twelve(count):
    villages_and_sessions(count)
    tasks.sweep()
    assert queries(tasks.sweep) <= 12


def told(session: WorkSession) -> set:
    return set(Notice.objects.values_list("key", "state", "reason", "not_before"))


def test_a_session_rests_until_its_next_mail_comes_near(session, time_machine):
    sweep.look(clock.now())
    session.refresh_from_db()
    assert session.look_again_at == clock.now() + due.LONGEST_REST
    time_machine.move_to(at("2026-11-22 08:30"))  # practical comes within eight days at 9.00 uur
    sweep.look(clock.now())
    session.refresh_from_db()
    assert session.look_again_at == at("2026-11-22 09:00")


def test_what_nobody_told_is_found_within_the_hour(session, world, time_machine):
    sweep.look(clock.now())
    before = told(session)
    world.person("editor").memberships.update(until_on=clock.today() - timedelta(days=1))
    sweep.look(clock.now())
    assert told(session) == before
    time_machine.shift(due.LONGEST_REST)
    sweep.look(clock.now())
    assert told(session) != before


def test_a_role_that_ends_at_midnight_is_seen_then(session, time_machine):
    time_machine.move_to(at("2026-11-20 23:30"))
    sweep.look(clock.now())
    session.refresh_from_db()
    assert session.look_again_at == at("2026-11-21 00:00")


def test_a_change_that_comes_while_it_looks_is_kept_for_the_next_tick(session, monkeypatch):
    sweep.look(clock.now())
    people.choose_mails(person=Person.objects.first(), muted=["session"])
    look = sweep.sweep

    def meanwhile(now):
        look(now)
        people.choose_mails(person=Person.objects.last(), muted=["session"])

    monkeypatch.setattr(sweep, "sweep", meanwhile)
    sweep.look(clock.now())
    assert DueChange.objects.count() == 1


# What people do between two ticks, by name; each gets the world, the session and a number.
WHO = ("lead", "editor", "reader", "other_lead", "coach", "other_coach")
ELSEWHERE = Place(place_name="Gildezaal", municipality="Hoekskapelle")


def answers(world, session, n):
    who = world.person(WHO[n % 6])
    if WorkSession.objects.filter(pk=session.pk, status="published").exists():
        actions.answer(by=who, session=session, person=who, answer=("yes", "no", "maybe")[n % 3])


def mutes(world, session, n):
    people.choose_mails(person=world.person(WHO[n % 6]), muted=["session"] if n % 2 else [])


def leaves(world, session, n):
    membership = world.person(("editor", "reader")[n % 2]).memberships.filter(until_on=None)
    for row in membership:
        people.end_membership(membership=row, by=world.person("coordinator"))


def joins(world, session, n):
    people.add_person(
        village=world.village,
        name=f"Nieuw {n}",
        email=f"nieuw{n}@buurtpunt.example",
        phone="",
        role="editor",
        by=world.person("lead"),
    )


def shifts_a_rule(world, session, n):
    rule = list(world.edition.reminder_rules.order_by("pk"))[n % 6]
    actions.change_rule(
        by=world.person("coordinator"),
        rule=rule,
        days=1 + n % 9,
        at=rule.at.replace(hour=8 + n % 10),
        audience=rule.audience,
        is_on=bool(n % 3),
    )


def moves(world, session, n):
    current = WorkSession.objects.get(pk=session.pk)
    starts_at = clock.now() + timedelta(days=2 + n % 12, hours=n % 5)
    if current.status == "published":
        actions.move_session(
            by=world.person("coordinator"),
            session=current,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=3),
            place=ELSEWHERE,
        )


def cancels(world, session, n):
    if n > 36 and WorkSession.objects.get(pk=session.pk).status == "published":
        actions.cancel_session(by=world.person("coordinator"), session=session)


def nothing(world, session, n):
    pass


STEPS = (answers, mutes, leaves, joins, shifts_a_rule, moves, cancels, nothing)
LIFE = st.lists(
    # Mostly within the hour, in which only what was told leads to a look.
    st.tuples(st.sampled_from(STEPS), st.integers(0, 40), st.sampled_from([1, 7, 13, 500, 5000])),
    min_size=3,
    max_size=10,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(life=LIFE)
def test_the_short_look_leaves_nothing_that_the_full_one_finds(life, time_machine):
    with transaction.atomic():
        world = build_world()
        rules(world.edition)
        session = work_session(edition=world.edition, starts_at=START)
        moment = time_machine.began
        for do, number, minutes in life:
            moment += timedelta(minutes=minutes)
            with time_machine.travel(moment):
                with suppress(Refused):  # the session began, or nobody would lead the village
                    do(world, session, number)
                sweep.look(clock.now())
                found = told(session)
                with transaction.atomic():
                    sweep.sweep(clock.now())
                    assert told(session) == found, (do.__name__, number, moment)
                    transaction.set_rollback(True)
        transaction.set_rollback(True)
