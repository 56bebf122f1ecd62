"""The ledger follows the rules, however often and by however many workers it is swept."""

import threading
from datetime import timedelta

import pytest
from django.db import close_old_connections, connection, connections

from actionplans.models import Snapshot
from network import clock, sweeping
from network.models import Notice, OutgoingMail
from network.refusal import Refused
from sessions import actions
from sessions.models import Place, WorkSession
from sessions.reminders import due, sweep
from tests import factories
from tests.actionplans import making
from tests.cast import build_world
from tests.worksessions.made import at, attendance, rules, work_session

SWEPT_AT = "2026-11-20 10:00"
pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.at(SWEPT_AT)]
START = at("2026-12-01 13:30")
ELSEWHERE = Place(place_name="Gildezaal", municipality="Hoekskapelle")
GUESTS = {"lead", "editor", "reader", "other_lead", "coach", "other_coach"}


@pytest.fixture
def planned(world):
    """Work session 2 on 1 December, with the default rules."""
    rules(world.edition)
    return work_session(edition=world.edition, starts_at=START)


def keys(session: WorkSession, *, state: str = "waiting") -> set[tuple[str, str]]:
    rows = Notice.objects.filter(key__startswith=session.mail_key, state=state)
    return {(row.refs["rule"], row.person.email.split("@")[0]) for row in rows}


def test_what_leaves_within_eight_days_is_written_once_for_each_guest(planned):
    sweep.sweep(clock.now())
    assert keys(planned) == {("prepare", who) for who in GUESTS}
    assert {row.not_before for row in Notice.objects.all()} == {at("2026-11-24 09:00")}


def test_sweeping_twice_changes_nothing(planned):
    sweep.sweep(clock.now())
    before = list(Notice.objects.order_by("pk").values())
    sweep.sweep(clock.now())
    assert list(Notice.objects.order_by("pk").values()) == before


def test_a_person_with_two_roles_and_villages_gets_one_mail(planned, world):
    marie = world.person("lead")
    factories.membership(village=world.other_village, person=marie)
    factories.coach_assignment(village=world.other_village, person=marie, lens=world.lens)
    sweep.sweep(clock.now())
    assert Notice.objects.filter(person=marie).count() == 1


def test_nobody_is_there_and_nothing_is_written():
    edition = factories.edition()
    rules(edition)
    work_session(edition=edition, starts_at=START)
    sweep.sweep(clock.now())
    assert Notice.objects.count() == 0


@pytest.mark.parametrize("status", ["draft", "cancelled"])
def test_no_mail_for_what_does_not_go_on(planned, status):
    WorkSession.objects.filter(pk=planned.pk).update(status=status)
    sweep.sweep(clock.now())
    assert Notice.objects.count() == 0


def test_a_no_takes_the_reminder_back_and_a_yes_brings_it_again(planned, world):
    sweep.sweep(clock.now())
    marie = world.person("lead")
    actions.answer(by=marie, session=planned, person=marie, answer="no")
    notice = Notice.objects.get(person=marie)
    assert (notice.state, notice.reason) == ("skipped", "antwoordde intussen nee")
    actions.answer(by=marie, session=planned, person=marie, answer="yes")
    notice.refresh_from_db()
    assert (notice.state, notice.reason) == ("waiting", "")


def test_who_left_the_village_gets_nothing(planned, world):
    sweep.sweep(clock.now())
    world.person("editor").memberships.update(until_on=clock.today() - timedelta(days=1))
    sweep.sweep(clock.now())
    assert Notice.objects.get(person=world.person("editor")).reason == due.GONE


def test_who_joined_after_the_rule_was_due_gets_no_late_mail(planned, world, time_machine):
    time_machine.move_to(at("2026-11-24 10:00"), tick=False)
    late = factories.person(name="Late Lies")
    factories.membership(village=world.village, person=late, from_on=clock.today())
    time_machine.move_to(at("2026-11-25 10:00"), tick=False)
    newer = factories.person(name="Nieuwe Nel")
    factories.membership(village=world.village, person=newer, from_on=clock.today())
    sweep.sweep(clock.now())
    assert Notice.objects.filter(person__in=[late, newer], refs__rule="prepare").count() == 0


def test_three_hours_without_beat_cost_nothing_and_ten_hours_skip(planned, time_machine):
    time_machine.move_to(at("2026-11-30 12:00"), tick=False)
    sweep.sweep(clock.now())
    assert ("practical", "lead") in keys(planned)
    time_machine.move_to(at("2026-11-30 19:00"), tick=False)
    sweep.sweep(clock.now())
    assert ("practical", "lead") not in keys(planned)
    assert Notice.objects.filter(refs__rule="practical").first().reason == due.TOO_LATE


def test_a_beat_that_was_down_all_day_writes_nothing_afterwards(planned, time_machine):
    time_machine.move_to(at("2026-11-30 19:00"), tick=False)
    sweep.sweep(clock.now())
    assert keys(planned) == {("after", who) for who in GUESTS}
    assert Notice.objects.count() == len(GUESTS)


def test_a_rule_changed_after_half_were_sent_shifts_only_those_that_wait(planned, world):
    sweep.sweep(clock.now())
    sent = Notice.objects.get(person=world.person("lead"))
    Notice.objects.filter(pk=sent.pk).update(state="folded")
    rule = rules(world.edition)["prepare"]
    actions.change_rule(
        by=world.person("coordinator"),
        rule=rule,
        days=5,
        at=rule.at,
        audience="not_no",
        is_on=True,
    )
    sweep.sweep(clock.now())
    moments = dict(Notice.objects.values_list("person__email", "not_before"))
    assert moments.pop(sent.person.email) == at("2026-11-24 09:00")
    assert set(moments.values()) == {at("2026-11-26 09:00")}
    assert Notice.objects.count() == len(GUESTS)


def test_a_rule_switched_off_and_on_again_keeps_one_mail(planned, world):
    sweep.sweep(clock.now())
    world.edition.reminder_rules.filter(key="prepare").update(is_on=False)
    sweep.sweep(clock.now())
    assert keys(planned, state="skipped") == {("prepare", who) for who in GUESTS}
    world.edition.reminder_rules.filter(key="prepare").update(is_on=True)
    sweep.sweep(clock.now())
    assert keys(planned) == {("prepare", who) for who in GUESTS}
    assert Notice.objects.count() == len(GUESTS)


def move(session, world, starts_at, place=ELSEWHERE):
    return actions.move_session(
        by=world.person("coordinator"),
        session=session,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        place=place,
    )


def test_a_move_drops_what_waited_and_plans_anew(planned, world):
    sweep.sweep(clock.now())
    old_key = planned.mail_key
    moved = move(planned, world, START + timedelta(days=2))
    assert set(Notice.objects.filter(key__startswith=old_key).values_list("state", "reason")) == {
        ("skipped", due.MOVED)
    }
    assert keys(moved) == {("prepare", who) for who in GUESTS}
    assert moved.sequence == planned.sequence + 1


def test_another_place_leaves_what_waits_as_it_was(planned, world, time_machine):
    time_machine.move_to(at("2026-11-24 08:00"), tick=False)
    sweep.sweep(clock.now())
    time_machine.move_to(at("2026-11-24 10:00"), tick=False)  # the week of these people is full
    move(planned, world, START)
    assert keys(planned) >= {("prepare", who) for who in GUESTS}


def test_a_session_moved_back_takes_up_its_old_reminders(planned, world):
    sweep.sweep(clock.now())
    moved = move(planned, world, START + timedelta(days=2))
    back = move(moved, world, START)
    assert keys(back) == {("prepare", who) for who in GUESTS}
    assert Notice.objects.filter(state="waiting").count() == len(GUESTS)


def test_what_the_mail_about_a_move_already_said_is_not_said_again(planned, world, time_machine):
    time_machine.move_to(at("2026-11-30 10:00"), tick=False)
    moved = move(planned, world, START + timedelta(hours=2))
    sweep.sweep(clock.now())
    assert ("practical", "lead") not in keys(moved)


def test_a_session_moved_into_the_past_is_refused(planned, world):
    with pytest.raises(Refused, match="voorbij"):
        move(planned, world, clock.now() - timedelta(hours=1))
    planned.refresh_from_db()
    assert planned.starts_at == START
    assert OutgoingMail.objects.count() == 0


def test_a_cancelled_session_keeps_no_reminder_and_tells_everybody_once(planned, world):
    sweep.sweep(clock.now())
    actions.cancel_session(by=world.person("coordinator"), session=planned)
    sweep.sweep(clock.now())
    assert set(Notice.objects.values_list("state", "reason")) == {("skipped", due.CANCELLED)}
    mails = OutgoingMail.objects.filter(kind="session.cancelled")
    assert {row.person.email.split("@")[0] for row in mails} == GUESTS
    with pytest.raises(Refused):
        actions.cancel_session(by=world.person("coordinator"), session=planned)


def test_two_moves_within_ten_minutes_are_one_mail_from_what_people_knew(
    planned, world, time_machine
):
    move(planned, world, START + timedelta(days=1))
    time_machine.shift(timedelta(minutes=9))
    move(planned, world, START + timedelta(days=2))
    mails = OutgoingMail.objects.filter(kind="session.moved")
    assert mails.count() == len(GUESTS)
    [known] = planned.moves.all()
    assert (known.from_starts_at, known.tells_at) == (START, at("2026-11-20 10:10"))
    time_machine.shift(timedelta(minutes=2))
    move(planned, world, START + timedelta(days=3))
    assert [m.from_starts_at for m in planned.moves.all()] == [START, START + timedelta(days=2)]
    assert mails.count() == 2 * len(GUESTS)


def test_a_session_that_is_over_is_held_after_the_sweep(planned, time_machine):
    time_machine.move_to(at("2026-12-01 17:30"), tick=False)
    sweeping.sweep()
    planned.refresh_from_db()
    assert planned.status == "held"
    assert keys(planned) == {("after", who) for who in GUESTS}


def test_a_session_that_closes_keeps_how_each_plan_stood_once(planned, world, time_machine):
    plan = making.plan(village=world.village, by=world.person("lead"))
    making.answer(plan=plan, by=world.person("lead"), text="Nu")
    sweeping.sweep()
    assert plan.snapshots.count() == 0
    time_machine.move_to(at("2026-12-01 17:30"), tick=False)
    sweeping.sweep()
    sweeping.sweep()
    [snapshot] = plan.snapshots.all()
    assert snapshot.name == "Na werksessie 2"
    assert len(snapshot.revisions) > 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_close_a_session_once(time_machine):
    time_machine.move_to(at("2026-12-01 17:30"), tick=True)
    world = build_world()
    work_session(edition=world.edition, starts_at=START)
    making.plan(village=world.village, by=world.person("lead"))
    together([lambda: actions.close_held(clock.now())] * 2)
    assert Snapshot.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_each_reminder_once(time_machine):
    time_machine.move_to(at(SWEPT_AT), tick=True)
    world = build_world()
    rules(world.edition)
    session = work_session(edition=world.edition, starts_at=START)
    together([lambda: sweep.sweep(clock.now())] * 2)
    assert keys(session) == {("prepare", who) for who in GUESTS}
    assert Notice.objects.count() == len(GUESTS)


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_at_once_cancel_once(time_machine):
    time_machine.move_to(at(SWEPT_AT), tick=True)
    world = build_world()
    session = work_session(edition=world.edition, starts_at=START)
    refused = []

    def cancel():
        try:
            actions.cancel_session(by=world.person("coordinator"), session=session)
        except Refused as error:
            refused.append(str(error))

    together([cancel, cancel])
    assert refused == ["Dat kan niet meer: deze werksessie is intussen afgelast."]
    assert OutgoingMail.objects.count() == len(GUESTS)


@pytest.mark.django_db(transaction=True)
def test_two_answers_of_one_person_at_once_leave_one_row(time_machine):
    time_machine.move_to(at(SWEPT_AT), tick=True)
    world = build_world()
    session = work_session(edition=world.edition, starts_at=START)
    marie = world.person("lead")
    together([
        lambda: actions.answer(by=marie, session=session, person=marie, answer="yes"),
        lambda: actions.answer(by=marie, session=session, person=marie, answer="no"),
    ])  # fmt: skip
    assert session.attendances.get(person=marie).sequence == 2


def together(jobs):
    """Run jobs in threads that start at the same moment, each on a connection of its own."""
    barrier = threading.Barrier(len(jobs))
    errors = []

    def run(job):
        try:
            barrier.wait(timeout=10)
            job()
        except Exception as error:  # shown by the assertion below
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    close_old_connections()
    assert errors == []
    assert connection.vendor in {"sqlite", "postgresql"}


def test_an_answer_is_noted_for_the_start_it_was_given_to(planned, world):
    marie = world.person("lead")
    given = attendance(session=planned, person=marie)
    assert not given.is_to_confirm(planned)
    assert given.is_to_confirm(move(planned, world, START + timedelta(days=1)))
    place_only = move(planned, world, START)
    assert not given.is_to_confirm(place_only)
