"""The answer to what went wrong on our side."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults

from network import full


def server_error(request: HttpRequest) -> HttpResponse:
    """507 with a sentence when the disk is full, wherever that was noticed (an upload on its way
    in, a storage, the database); else the page of a 500. Neither asks anything of the site."""
    if full.is_cause_of(sys.exc_info()[1]):
        return HttpResponse(render_to_string("507.html"), status=507)
    return defaults.server_error(request)
