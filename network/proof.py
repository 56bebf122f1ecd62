"""A fresh proof that whoever is signed in reads her mailbox: asked before the way in changes.

allauth asks for the password instead, and passes people without one in silence.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from network import clock

GOOD_FOR = 10 * 60  # seconds
_UNTIL = "proved_until"

View = Callable[..., HttpResponse]


def is_fresh(request: HttpRequest) -> bool:
    until: float = request.session.get(_UNTIL, 0)
    return clock.real_now().timestamp() < until


def keep(request: HttpRequest) -> None:
    """She typed the mailed code."""
    request.session[_UNTIL] = clock.real_now().timestamp() + GOOD_FOR


def asked_first(view: View) -> View:
    """Ask for a mailed code before this page, each time that something is to be changed."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_fresh(request):
            page = urlencode({"next": request.path})
            return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{page}")
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code in {302, 303}:
            request.session.pop(_UNTIL, None)
        return response

    return inner
