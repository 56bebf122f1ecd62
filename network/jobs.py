"""Long work for one person: a row with progress, done by the worker of the queue `files`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from network import clock, files, queue
from network.models import Job, Person, StoredFile

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=15)
ATTEMPTS = 2
KEPT = timedelta(days=7)


class JobFailed(Exception):
    """The work cannot be done; the text is the Dutch sentence its owner reads."""


@dataclass(frozen=True)
class JobKind:
    """run(job) does the work and gives the file it made, if any. It may call `progress`."""

    name: str
    label: str  # Dutch, for the person who waits: "Jullie plan als pdf"
    run: Callable[[Job], StoredFile | None]
    # Asked again when its file is opened: what was in it may be closed to this person by then.
    may_open: Callable[[Any, Job], bool] = lambda user, job: True
    closed: str = ""  # Dutch, for who may not


_kinds: dict[str, JobKind] = {}


def register(kind: JobKind) -> None:
    _kinds[kind.name] = kind


def label(job: Job) -> str:
    return _kinds[job.kind].label


def closed(user: Any, job: Job) -> str:
    """Why this person may not open the file that the job made, or nothing."""
    kind = _kinds[job.kind]
    is_open = job.state != Job.State.DONE or job.result is None or kind.may_open(user, job)
    return "" if is_open else kind.closed


def start(*, kind: str, by: Person, params: dict[str, Any]) -> Job:
    """Write the job and wake the worker; the page `network:job` shows how far it is."""
    if kind not in _kinds:
        raise KeyError(kind)
    with transaction.atomic():
        job = Job.objects.create(kind=kind, by=by, params=params, created_at=clock.now())
        queue.wake("network.tasks.work_files")
    return job


def progress(job: Job, *, done: int, total: int) -> None:
    Job.objects.filter(pk=job.pk).update(done=done, total=total)


def run(job_id: str) -> None:
    """Do one waiting job, unless somebody else has it."""
    job = _claim(job_id)
    if job is None:
        return
    try:
        if job.attempt > ATTEMPTS:
            raise JobFailed("Het lukte twee keer niet. Probeer het later nog eens.")
        result = _kinds[job.kind].run(job)
    except JobFailed as error:
        _finish(job, Job.State.FAILED, str(error))
    except Exception:  # whatever goes wrong, its owner gets a sentence and the queue goes on
        logger.exception("Job %s (%s) failed.", job.pk, job.kind)
        _finish(job, Job.State.FAILED, "Er ging iets mis bij ons. Probeer het nog eens.")
    else:
        _finish(job, Job.State.DONE, "", result)


def _claim(job_id: str) -> Job | None:
    now = clock.real_now()
    if (
        not _waiting(now)
        .filter(pk=job_id)
        .update(state=Job.State.RUNNING, claimed_until=now + LEASE, attempt=F("attempt") + 1)
    ):
        return None
    return Job.objects.select_related("by").get(pk=job_id)


def _finish(job: Job, state: str, message: str, result: StoredFile | None = None) -> None:
    """Only while the claim is ours: what a worker made that was given up for dead goes again."""
    mine = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, attempt=job.attempt)
    if not mine.update(
        state=state, message=message, result=result, finished_at=clock.now(), claimed_until=None
    ):
        _discard(result)


def _waiting(now: datetime) -> QuerySet[Job]:
    """Jobs that nobody works on: new ones, and those of a worker that died."""
    given_up = Q(state=Job.State.RUNNING, claimed_until__lt=now)
    return Job.objects.filter(Q(state=Job.State.WAITING) | given_up)


def waiting_ids() -> list[str]:
    return [str(pk) for pk in _waiting(clock.real_now()).values_list("pk", flat=True)]


def forget_old(now: datetime) -> None:
    """A sweeper: jobs past their seven days go, with the file each may hold."""
    old = Job.objects.filter(created_at__lt=now - KEPT).select_related("result")
    for job in old[:100]:
        made = job.result
        job.delete()
        _discard(made)


def _discard(made: StoredFile | None) -> None:
    if made:
        files.remove(made)
        made.delete()
