from datetime import timedelta
from io import BytesIO

import pytest

from network import clock, files, jobs
from network.models import Job, StoredFile
from network.refusal import Refused
from tests import factories
from tests.network.confined_cases import Panic

pytestmark = pytest.mark.django_db


@pytest.fixture
def run_as(monkeypatch):
    """run_as(function) registers a kind of job that does this."""
    monkeypatch.setattr(jobs, "_kinds", {})

    def register(function):
        jobs.register(jobs.JobKind("test", "Een proef", function))

    return register


@pytest.fixture
def by():
    return factories.person(name="Marie Devos")


def start(by):
    return jobs.start(kind="test", by=by, params={})


def test_a_job_is_done_and_holds_its_file(run_as, by):
    def make(job):
        jobs.progress(job, done=1, total=2)
        return files.keep(
            content=BytesIO(b"%PDF-"),
            name="plan.pdf",
            content_type="application/pdf",
            size=5,
            by=by,
        )

    run_as(make)
    job = start(by)
    jobs.run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.result.name) == ("done", 1, 2, "plan.pdf")


def test_a_job_runs_once(run_as, by):
    runs = []
    run_as(lambda job: runs.append(job))
    job = start(by)
    jobs.run(str(job.pk))
    jobs.run(str(job.pk))
    assert len(runs) == 1


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (jobs.JobFailed("Dit plan is nog leeg."), "Dit plan is nog leeg."),
        (Refused("Dit plan is te zwaar."), "Dit plan is te zwaar."),
        (ValueError("secret detail"), "Er ging iets mis bij ons. Probeer het nog eens."),
        (Panic("native code"), "Er ging iets mis bij ons. Probeer het nog eens."),
    ],
)
def test_a_job_that_fails_tells_its_owner_a_sentence(run_as, by, error, message):
    def fail(job):
        raise error

    run_as(fail)
    job = start(by)
    jobs.run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.message) == ("failed", message)


def test_a_job_of_a_worker_that_died_is_taken_up_again(run_as, by):
    run_as(lambda job: None)
    job = start(by)
    died = clock.real_now() - timedelta(seconds=1)
    Job.objects.update(state="running", claimed_until=died, attempt=1)
    assert jobs.waiting_ids("now") == [str(job.pk)]
    jobs.run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.attempt) == ("done", 2)


def test_what_a_worker_made_that_was_given_up_for_dead_goes_again(run_as, by):
    def keep(job):
        return files.keep(
            content=BytesIO(b"x"), name="p.pdf", content_type="application/pdf", size=1, by=by
        )

    def slow(job):
        if job.attempt == 1:
            Job.objects.update(claimed_until=clock.real_now() - timedelta(seconds=1))
            jobs.run(str(job.pk))
        return keep(job)

    run_as(slow)
    job = start(by)
    jobs.run(str(job.pk))
    job.refresh_from_db()
    (kept,) = StoredFile.objects.all()
    assert (job.state, job.attempt, job.result) == ("done", 2, kept)


@pytest.mark.parametrize(("days", "kept"), [(6, True), (8, False)])
def test_a_job_and_its_file_are_kept_seven_days(
    run_as, by, days, kept, django_capture_on_commit_callbacks
):
    run_as(
        lambda job: files.keep(
            content=BytesIO(b"x"), name="p.pdf", content_type="application/pdf", size=1, by=by
        )
    )
    job = start(by)
    jobs.run(str(job.pk))
    (row,) = StoredFile.objects.all()
    with django_capture_on_commit_callbacks(execute=True):
        jobs.forget_old(clock.now() + timedelta(days=days))
    assert (Job.objects.exists(), StoredFile.objects.exists()) == (kept, kept)
    assert files.private().exists(row.path) == kept


def test_an_unknown_kind_is_refused_at_the_start(run_as, by):
    with pytest.raises(KeyError):
        start(by)


def test_only_its_owner_gets_the_file(run_as, world, sign_in):
    mine = world.person("lead")
    run_as(
        lambda job: files.keep(
            content=BytesIO(b"inhoud"),
            name="plan.pdf",
            content_type="application/pdf",
            size=6,
            by=mine,
        )
    )
    job = start(mine)
    jobs.run(str(job.pk))
    url = f"/taak/{job.pk}/bestand/"
    response = sign_in("lead").get(url)
    assert b"".join(response.streaming_content) == b"inhoud"
    assert response["Content-Disposition"] == "attachment; filename*=UTF-8''plan.pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert sign_in("editor").get(url).status_code == 404
