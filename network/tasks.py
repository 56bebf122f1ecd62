"""What the workers do: fetch by id and call one function. The rules live elsewhere."""

from __future__ import annotations

from celery import shared_task

from network import clock, delivery, files, folding, jobs, queue, sweeping


@shared_task
def drain_mail() -> None:
    try:
        folding.fold(clock.now())
    finally:  # a sign-in code waits for nobody's news
        delivery.drain()


@shared_task
def work_files() -> None:
    """Everything that waits for the worker of the queue `files`; rows decide who does what."""
    for file_id in files.waiting_ids():
        files.process(file_id)
    for job_id in jobs.waiting_ids():
        jobs.run(job_id)


@shared_task
def sweep() -> None:
    """The heartbeat: find all work that is due, whoever forgot to wake us."""
    sweeping.sweep()
    queue.wake("network.tasks.work_files")
    drain_mail()
