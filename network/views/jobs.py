from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from network import access, files, jobs
from network.models import Job


@require_GET
def job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Page of one job; htmx asks the same URL for its fragment and polls it until the end."""
    row = access.job_or_404(request.user, job_id)
    template = "network/_job.html" if request.headers.get("HX-Request") else "network/job.html"
    return TemplateResponse(request, template, _shown(request, row))


@require_GET
def job_result(request: HttpRequest, job_id: UUID) -> HttpResponseBase:
    """410 where what is in it may no longer be read by who asked for it."""
    found = access.job_or_404(request.user, job_id)
    if jobs.closed(request.user, found):
        return TemplateResponse(request, "network/job.html", _shown(request, found), status=410)
    row = access.job_file_or_404(request.user, job_id)
    return files.response(files.private(), row.path, content_type=row.content_type, name=row.name)


def _shown(request: HttpRequest, row: Job) -> dict[str, Any]:
    return {"job": row, "label": jobs.label(row), "closed": jobs.closed(request.user, row)}
