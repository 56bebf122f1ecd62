"""Long work for one person: a row with progress, done by the worker of its kind's queue."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from django.db import Error, transaction
from django.db.models import F, Q, QuerySet

from network import clock, files, full, leases, queue
from network.confined import ChildDied
from network.models import Job, Person, StoredFile
from network.refusal import Refused
from network.stopping import GIVE_BACK

logger = logging.getLogger(__name__)

KEPT = timedelta(days=7)
# Somebody waits for it: trouble of the machine gets two more tries within a minute.
PAUSES = (timedelta(seconds=5), timedelta(seconds=30))
MACHINE_TROUBLE = (ChildDied, Error, OSError)
OPEN = (Job.State.WAITING, Job.State.RUNNING)
MOST_OPEN = 3  # per person
# What no worker of the queue `now` took for so long is done by the worker `files`: a site may
# run without that worker.
OVERDUE = timedelta(seconds=30)
TOO_MANY = (
    f"Er lopen al {MOST_OPEN} taken voor jou. Wacht tot er een klaar is en probeer het dan opnieuw."
)
NOT_DONE = "Er ging iets mis bij ons. Probeer het nog eens."
DISK_FULL = "De schijf van de site is vol, daarom lukt dit nu niet. Probeer het later nog eens."

Queue = Literal["now", "files"]
TASKS: dict[Queue, str] = {"now": "network.tasks.work_now", "files": "network.tasks.work_files"}


class JobFailed(Exception):
    """The work cannot be done; the text is the Dutch sentence its owner reads."""


@dataclass(frozen=True)
class JobKind:
    """run(job) does the work and gives the file it made, if any. It may call `progress`."""

    name: str
    label: str  # Dutch, for the person who waits: "Jullie plan als pdf"
    run: Callable[[Job], StoredFile | None]
    # "now": seconds of work that somebody waits for on her screen; "files": minutes.
    queue: Queue = "now"
    # Asked again when its file is opened: what was in it may be closed to this person by then.
    may_open: Callable[[Any, Job], bool] = lambda user, job: True
    closed: str = ""  # Dutch, for who may not


_kinds: dict[str, JobKind] = {}


def register(kind: JobKind) -> None:
    _kinds[kind.name] = kind


def label(job: Job) -> str:
    """What the page is called; a kind that is no more has no name of its own."""
    kind = _kinds.get(job.kind)
    return kind.label if kind else "Je taak"


def closed(user: Any, job: Job) -> str:
    """Why this person may not open the file that the job made, or nothing."""
    kind = _kinds.get(job.kind)
    if kind is None:  # nobody can be asked
        return "Dit bestand kan je niet meer openen. Vraag het opnieuw."
    is_open = job.state != Job.State.DONE or job.result is None or kind.may_open(user, job)
    return "" if is_open else kind.closed


def start(*, kind: str, by: Person, params: dict[str, Any]) -> Job:
    """Write the job and wake the worker; the page `network:job` shows how far it is.

    The same asked again while it is open is the same job. Raises Refused when this person has
    too many open ones.
    """
    key = _key_of(kind, by, params)
    with transaction.atomic():
        # Whoever asks twice at once comes here one after the other.
        Person.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
        mine = Job.objects.filter(by=by, state__in=OPEN)
        job = mine.filter(key=key).first()
        if job is None:
            if mine.count() >= MOST_OPEN:
                raise Refused(TOO_MANY)
            # A worker of release 1.0.0 ends a job without clearing its key.
            Job.objects.filter(key=key).update(key=None)
            job = Job.objects.create(
                kind=kind, by=by, params=params, key=key, created_at=clock.now()
            )
        queue.wake(TASKS[_kinds[kind].queue])
    return job


def _key_of(kind: str, by: Person, params: dict[str, Any]) -> str:
    asked = json.dumps([_kinds[kind].name, by.pk, params], sort_keys=True)
    return hashlib.sha256(asked.encode()).hexdigest()


def progress(job: Job, *, done: int, total: int) -> None:
    """How far it is, for who waits; only while the claim is ours."""
    _mine(job).update(done=done, total=total)


def run(job_id: str) -> None:
    """Do one waiting job, unless somebody else has it. Whatever is raised, it ends with a
    sentence for its owner; only a worker that is told to stop gives it back."""
    job = _claim(job_id)
    if job is None:
        return
    try:
        if job.attempt > leases.MOST_CLAIMS:
            raise JobFailed(NOT_DONE)
        with leases.kept(_mine(job)):
            result = _kinds[job.kind].run(job)
    except (JobFailed, Refused) as error:
        _finish(job, Job.State.FAILED, str(error))
    except GIVE_BACK:
        leases.settle()
        _mine(job).update(state=Job.State.WAITING, claimed_until=None)
        raise
    except BaseException as error:  # a panic of native code is no Exception
        logger.exception("Job %s (%s) failed.", job.pk, job.kind)
        leases.settle()
        _try_later_or_fail(job, error)
    else:
        _finish(job, Job.State.DONE, "", result)


def _claim(job_id: str) -> Job | None:
    now = clock.real_now()
    if (
        not _waiting(now)
        .filter(pk=job_id)
        .update(
            state=Job.State.RUNNING,
            claimed_until=now + leases.LEASE,
            attempt=F("attempt") + 1,
            retry_at=None,
        )
    ):
        return None
    return Job.objects.select_related("by").get(pk=job_id)


def _mine(job: Job) -> QuerySet[Job]:
    """Only while the claim is ours: a worker that was given up for dead decides nothing more."""
    return Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, attempt=job.attempt)


def _try_later_or_fail(job: Job, error: BaseException) -> None:
    if isinstance(error, MACHINE_TROUBLE) and job.failures < len(PAUSES):
        _mine(job).update(
            state=Job.State.WAITING,
            claimed_until=None,
            failures=job.failures + 1,
            retry_at=clock.real_now() + PAUSES[job.failures],
        )
    else:
        _finish(job, Job.State.FAILED, DISK_FULL if full.is_cause_of(error) else NOT_DONE)


def _finish(job: Job, state: str, message: str, result: StoredFile | None = None) -> None:
    """What a worker made that was given up for dead goes again."""
    if not _mine(job).update(
        state=state,
        message=message[:300],
        result=result,
        key=None,
        finished_at=clock.now(),
        claimed_until=None,
    ):
        _discard(result)


def _waiting(now: datetime) -> QuerySet[Job]:
    """Jobs that nobody works on: new ones, and those of a worker that died."""
    due = Q(state=Job.State.WAITING) & (Q(retry_at__isnull=True) | Q(retry_at__lte=now))
    given_up = Q(state=Job.State.RUNNING, claimed_until__lt=now)
    return Job.objects.filter(due | given_up)


def waiting_ids(of: Queue) -> list[str]:
    """What the worker of this queue may do now, the oldest first. Kinds that nobody registered
    (any more) end as failed in the queue `files`."""
    quick = _kinds_of("now")
    rows = _waiting(clock.real_now())
    if of == "now":
        rows = rows.filter(kind__in=quick)
    else:
        overdue = Q(created_at__lt=clock.now() - OVERDUE)
        rows = rows.filter(~Q(kind__in=quick) | overdue)
    return [str(pk) for pk in rows.order_by("created_at", "pk").values_list("pk", flat=True)]


def waits_in_vain(of: Queue, patience: timedelta) -> bool:
    """Whether a job of this queue could be done for so long, and no worker of any queue took it."""
    rows = _waiting(clock.real_now() - patience).filter(kind__in=_kinds_of(of))
    return rows.filter(created_at__lt=clock.now() - patience).exists()


def _kinds_of(of: Queue) -> list[str]:
    return [kind.name for kind in _kinds.values() if kind.queue == of]


def forget_old(now: datetime) -> None:
    """A sweeper: jobs past their seven days go, with the file each may hold; so do files that
    were made for a job whose worker died before it could say so."""
    old = Job.objects.filter(created_at__lt=now - KEPT).select_related("result")
    for job in old[:100]:
        with transaction.atomic():
            job.delete()
            _discard(job.result)
    nobodys = StoredFile.objects.filter(purpose=files.MADE, jobs=None, created_at__lt=now - KEPT)
    for made in nobodys[:100]:
        _discard(made)


def _discard(made: StoredFile | None) -> None:
    if made:
        files.forget(made)
