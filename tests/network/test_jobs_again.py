"""A job always ends, is asked once, and goes to the queue of its kind."""

import errno
from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from network import clock, files, jobs, leases, stopping, tasks
from network.confined import ChildDied
from network.models import Job
from network.refusal import Refused
from tests import factories
from tests.at_once import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def asked_to_stop(monkeypatch):
    monkeypatch.setattr(stopping, "_all", bytearray(1))


@pytest.fixture
def ran(monkeypatch):
    """Kinds "quick" and "long" that note what ran; ran.fails raises in all of them."""

    class Ran(list):
        fails = None

    names = Ran()
    monkeypatch.setattr(jobs, "_kinds", {})

    def run(job):
        names.append(job.kind)
        if names.fails:
            raise names.fails

    jobs.register(jobs.JobKind("quick", "Een pdf", run))
    jobs.register(jobs.JobKind("long", "Het boek", run, queue="files"))
    return names


@pytest.fixture
def by():
    return factories.person()


def start(by, kind="quick", **params):
    return jobs.start(kind=kind, by=by, params=params)


def state(job):
    job.refresh_from_db()
    return job.state


def let_time_pass():
    past = clock.real_now() - timedelta(seconds=1)
    Job.objects.filter(retry_at__isnull=False).update(retry_at=past)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ChildDied("killed by signal 9"), "Er ging iets mis bij ons."),
        (OperationalError("server closed the connection"), "Er ging iets mis bij ons."),
        (OSError(errno.ENOSPC, "No space left on device"), "De schijf van de site is vol"),
    ],
)
def test_trouble_of_the_machine_gets_two_more_tries(ran, by, error, message):
    ran.fails = error
    job = start(by)
    for _ in range(5):
        jobs.run(str(job.pk))
        let_time_pass()
    assert (state(job), len(ran)) == ("failed", 3)
    assert message in job.message and job.key is None
    ran.fails = None
    again = start(by)
    jobs.run(str(again.pk))
    assert state(again) == "done"


def test_a_next_try_waits_for_its_moment(ran, by):
    ran.fails = ChildDied("killed")
    job = start(by)
    jobs.run(str(job.pk))
    assert state(job) == "waiting" and jobs.waiting_ids("now") == []


def test_a_worker_that_stops_gives_back_at_once(ran, by):
    ran.fails = stopping.Stopping()
    job = start(by)
    tasks.work_now()
    assert (state(job), job.failures) == ("waiting", 0)
    assert jobs.waiting_ids("now") == [str(job.pk)]


def test_a_job_that_ends_every_worker_fails_with_a_sentence(ran, by):
    job = start(by)
    Job.objects.update(
        state="running",
        claimed_until=clock.real_now() - timedelta(seconds=1),
        attempt=leases.MOST_CLAIMS,
    )
    jobs.run(str(job.pk))
    assert state(job) == "failed" and job.message and ran == []


def test_each_queue_does_its_own_kinds(ran, by):
    start(by, "long")
    start(by, "quick")
    tasks.work_now()
    assert ran == ["quick"]
    tasks.work_files()
    assert ran == ["quick", "long"]


def test_a_site_without_the_worker_now_is_served_by_the_other(ran, by):
    job = start(by)
    tasks.work_files()
    assert ran == []
    Job.objects.filter(pk=job.pk).update(created_at=clock.now() - timedelta(minutes=1))
    tasks.work_files()
    assert ran == ["quick"]


def test_a_kind_that_nobody_knows_any_more_fails_with_a_sentence(ran, by):
    job = Job.objects.create(kind="gone", by=by, created_at=clock.now())
    assert jobs.label(job) == "Je taak"
    tasks.work_files()
    assert state(job) == "failed" and job.message


def test_the_same_job_asked_twice_is_the_same_job(ran, by):
    first = start(by, plan=7, section="a")
    assert start(by, section="a", plan=7) == first
    assert start(by, plan=8) != first
    assert start(factories.person(), plan=7, section="a") != first
    Job.objects.filter(pk=first.pk).update(state="running")
    assert start(by, plan=7, section="a") == first
    Job.objects.filter(pk=first.pk).update(state="waiting")
    jobs.run(str(first.pk))
    assert start(by, plan=7, section="a") != first


def test_a_job_ended_by_the_release_before_does_not_block_the_next(ran, by):
    first = start(by)
    Job.objects.filter(pk=first.pk).update(state="done")  # its key stays: it knows no keys
    assert start(by) != first


def test_one_person_has_three_open_jobs_at_most(ran, by):
    made = [start(by, plan=number) for number in range(3)]
    with pytest.raises(Refused, match="Er lopen al 3 taken"):
        start(by, plan=9)
    assert start(by, plan=2) == made[2]
    start(factories.person(), plan=9)
    jobs.run(str(made[0].pk))
    start(by, plan=9)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_clicks_at_the_same_moment_are_one_job(ran, by):
    def ask(number):
        try:
            start(by, plan=1)
        finally:
            connection.close()

    at_once(ask, range(6))
    assert Job.objects.count() == 1


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_the_maximum_holds_at_the_same_moment(ran, by):
    def ask(number):
        try:
            start(by, plan=number)
        except Refused:
            return
        finally:
            connection.close()

    at_once(ask, range(8))
    assert Job.objects.count() == jobs.MOST_OPEN


def test_what_a_dead_worker_made_goes_after_seven_days(by):
    row = factories.stored_file(by=by, purpose=files.MADE)
    young = factories.stored_file(by=by, purpose=files.MADE)
    now = clock.now()
    type(row).objects.filter(pk=row.pk).update(created_at=now - timedelta(days=8))
    jobs.forget_old(now)
    assert list(type(row).objects.all()) == [young]
