"""Jobs and files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from network.access.people import person_id_of
from network.models import Job, StoredFile


def job_or_404(user: Any, job_id: UUID) -> Job:
    """A job is seen by its owner only."""
    return get_object_or_404(Job.objects.select_related("result"), pk=job_id, by=person_id_of(user))


def job_file_or_404(user: Any, job_id: UUID) -> StoredFile:
    job = job_or_404(user, job_id)
    if job.state != Job.State.DONE or job.result is None or not job.result.path:
        raise Http404
    return job.result


def own_files(user: Any) -> QuerySet[StoredFile]:
    """Files this person sent: for a form that refers to them, and for their state."""
    return StoredFile.objects.filter(by_id=person_id_of(user))


def public_file_or_404(public_name: str) -> StoredFile:
    """A file that is or was on the site; the caller answers 410 for a withdrawn one."""
    shown = StoredFile.objects.exclude(exposure=StoredFile.Exposure.PRIVATE)
    return get_object_or_404(shown, public_name=public_name)
