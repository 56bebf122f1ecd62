from __future__ import annotations

from collections.abc import Callable
from functools import cache

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse

CHANGES_OF_A_VIEW = ("_csp_config", "_csp_update", "_csp_replace")


@cache
def _policy() -> str:
    return build_policy()


class ContentPolicy(CSPMiddleware):
    """The policy of the settings, put into words once: it is the same for nearly every answer.
    A view that changes it (csp_replace) goes the long way."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if settings.DEBUG or any(hasattr(response, name) for name in CHANGES_OF_A_VIEW):
            return super().process_response(request, response)
        response.setdefault(HEADER, _policy())
        return response


class SignedIn(LoginRequiredMiddleware):
    """Everyone must sign in, unless the view says otherwise. A fragment asked by htmx after the
    sign-in ran out answers 401 with a sign-in link, and leaves what was typed where it is."""

    def handle_no_permission(  # type: ignore[override]  # the stubs only know redirects
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if request.headers.get("HX-Request"):
            return TemplateResponse(request, "network/_signed_out.html", status=401).render()
        return super().handle_no_permission(request, view_func)
