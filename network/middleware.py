"""What every answer says beside its body, and who may ask without signing in."""

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

# None of these is used here, so no script and no frame may ask for one.
NEVER_USED = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
PERMISSIONS = ", ".join(f"{feature}=()" for feature in NEVER_USED)
OF_ONE_PERSON = ("text/html", "application/json")


class Headers:
    """What the browser may do with an answer: which features, on which sites, kept or not.

    A page for somebody with a session is kept nowhere, so that Back shows nothing after a
    sign-out. Pictures, downloads and static files say themselves how long they are kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", _readers(request.path))
        if _has_session(request, response) and _is_a_page(response):
            response["Cache-Control"] = "private, no-store"
        if _session_ends(response):
            response["Clear-Site-Data"] = '"cache"'
        return response


def _readers(path: str) -> str:
    """A frame around a mail is of no site (sandbox), and shows the pictures of that mail."""
    return "cross-origin" if path.startswith(f"{settings.STATIC_URL}img/mail/") else "same-origin"


def _has_session(request: HttpRequest, response: HttpResponseBase) -> bool:
    """One that came, or one that begins with this answer. Asks the database nothing."""
    name = settings.SESSION_COOKIE_NAME
    return name in response.cookies or name in request.COOKIES


def _is_a_page(response: HttpResponseBase) -> bool:
    return response.get("Content-Type", "").partition(";")[0] in OF_ONE_PERSON


def _session_ends(response: HttpResponseBase) -> bool:
    """Django takes the cookie away at a sign-out, and when its session is no more: ended
    elsewhere ("meld overal af"), expired, or of an account that was locked."""
    cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
    return cookie is not None and not cookie.value


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
