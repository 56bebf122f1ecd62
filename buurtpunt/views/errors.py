"""What is said when nothing else can be."""

from __future__ import annotations

import logging
import sys

from django.http import HttpRequest, HttpResponse
from django.views.defaults import server_error

from network import full, health

logger = logging.getLogger(__name__)

RETRY_SECONDS = "15"


def trouble(request: HttpRequest) -> HttpResponse:
    """handler500: Django calls it while the error is at hand. A database that is away for a moment
    is no fault of the page: 503, so that browsers, proxies and our own scripts try again. A disk
    without room is said, wherever it was met (an upload on its way in, a storage, the database)."""
    error = sys.exc_info()[1]
    if full.is_cause_of(error):
        response = server_error(request, template_name="507.html")
        response.status_code = 507
        return response
    if error is None or not health.is_database_away(error):
        return server_error(request)
    response = server_error(request, template_name="503.html")
    response.status_code = 503
    response["Retry-After"] = RETRY_SECONDS
    response["Cache-Control"] = "no-store"
    return response
