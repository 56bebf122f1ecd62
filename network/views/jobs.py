from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from network import access, files, jobs


@require_GET
def job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Page of one job; htmx asks the same URL for its fragment and polls it until the end."""
    row = access.job_or_404(request.user, job_id)
    template = "network/_job.html" if request.headers.get("HX-Request") else "network/job.html"
    return TemplateResponse(request, template, {"job": row, "label": jobs.label(row)})


@require_GET
def job_result(request: HttpRequest, job_id: UUID) -> HttpResponseBase:
    row = access.job_file_or_404(request.user, job_id)
    return files.response(files.private(), row.path, content_type=row.content_type, name=row.name)
