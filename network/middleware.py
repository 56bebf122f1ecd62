from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse


class SignedIn(LoginRequiredMiddleware):
    """Everyone must sign in, unless the view says otherwise. A fragment asked by htmx after the
    sign-in ran out answers 401 with a sign-in link, and leaves what was typed where it is."""

    def handle_no_permission(  # type: ignore[override]  # the stubs only know redirects
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if request.headers.get("HX-Request"):
            return TemplateResponse(request, "network/_signed_out.html", status=401).render()
        return super().handle_no_permission(request, view_func)
