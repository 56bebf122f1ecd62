from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from network import access, files
from network.models import StoredFile
from network.views.answers import see_other


@require_GET
def file_state(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """How far the worker is with a file that this person sent: a fragment, polled by htmx."""
    row = get_object_or_404(access.own_files(request.user), pk=file_id)
    return TemplateResponse(request, "network/_file_state.html", {"file": row})


@require_POST
def file_retry(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Whoever sent a file that failed asks for another try, and goes on where she was."""
    row = get_object_or_404(access.own_files(request.user), pk=file_id)
    files.retry(row)
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()})
    return see_other(came_from if is_ours else reverse("start"))


@login_not_required
@require_GET
def picture(
    request: HttpRequest, public_name: str, page: int, width: int, format: str
) -> HttpResponseBase:
    """A rendition of a public file; 410 once it was withdrawn."""
    row = access.public_file_or_404(public_name)
    if row.exposure == StoredFile.Exposure.WITHDRAWN:
        return TemplateResponse(request, "410.html", status=410)
    made = get_object_or_404(row.renditions, page=page, width=width, format=format)
    content_type = "image/avif" if format == "avif" else "image/jpeg"
    return files.response(files.public(), made.path, content_type=content_type, is_public=True)
