"""What the workers do: fetch by id and call one function. The rules live elsewhere."""

from __future__ import annotations

import logging

from celery import shared_task

from network import (
    clock,
    delivery,
    files,
    folding,
    jobs,
    patrol,
    queue,
    removals,
    stopping,
    sweeping,
)

logger = logging.getLogger(__name__)


@shared_task
def drain_mail() -> None:
    with stopping.at_work():
        try:
            folding.fold(clock.now(), between=delivery.drain)
        finally:  # a sign-in code waits for nobody's news
            delivery.drain()


@shared_task
def work_files() -> None:
    """Everything that waits for the worker of the queue `files`; rows decide who does what."""
    sweeping.beat("files")
    with stopping.at_work():
        _tidy()
        for file_id in files.waiting_ids():
            stopping.check()
            files.process(file_id)
            sweeping.beat("files")
        _run_jobs("files")


def _tidy() -> None:
    """A small piece of what keeps the storages in order; here, because a storage may be slow and
    the mail waits for nobody."""
    for work in (removals.sweep, patrol.step):
        try:
            work()
        except Exception:  # the files of people wait for neither
            logger.exception("%s failed.", work.__module__)


@shared_task
def work_now() -> None:
    """What somebody waits for on her screen."""
    sweeping.beat("now")
    with stopping.at_work():
        _run_jobs("now")


def _run_jobs(of: jobs.Queue) -> None:
    for job_id in jobs.waiting_ids(of):
        stopping.check()
        jobs.run(job_id)
        sweeping.beat(of)


@shared_task
def sweep() -> None:
    """The heartbeat: find all work that is due, whoever forgot to wake us."""
    sweeping.sweep()
    queue.wake("network.tasks.work_files")
    queue.wake("network.tasks.work_now")
    drain_mail()
