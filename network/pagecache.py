"""Public pages from the cache, for requests without a session cookie only.

The key holds a version that publishing actions raise (`bump`), so a page that was withdrawn is
gone at once on the machine with a shared cache, and within LOCAL_SECONDS with local memory.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

from network.models import CacheVersion

PAGE_SECONDS = 300
LOCAL_SECONDS = 2.0

View = Callable[..., HttpResponse]
_version: tuple[float, int] = (-LOCAL_SECONDS, 0)


def public_page(*, params: tuple[str, ...] = ()) -> Callable[[View], View]:
    """A view that everyone may see. Only the named query parameters make another page."""

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in {"GET", "HEAD"} or _has_session(request):
                response = view(request, *args, **kwargs)
                patch_cache_control(response, private=True, no_cache=True)
                return response
            return _from_cache(request, view, params, args, kwargs)

        return login_not_required(inner)

    return decorate


def bump() -> None:
    """Forget every cached page; called by an action that changes what the public sees."""
    row, made = CacheVersion.objects.get_or_create(name="pages")
    if not made:
        CacheVersion.objects.filter(pk=row.pk).update(version=F("version") + 1)


def _has_session(request: HttpRequest) -> bool:
    """Also a visitor for whom a message waits: its toast must not land in the cache."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES


def _from_cache(
    request: HttpRequest, view: View, params: tuple[str, ...], args: Any, kwargs: Any
) -> HttpResponse:
    key = _key(request, params)
    kept = cache.get(key)
    if kept is None:
        response = view(request, *args, **kwargs)
        if isinstance(response, TemplateResponse):
            response.render()
        patch_cache_control(response, public=True, max_age=60)
        patch_vary_headers(response, ["Cookie"])
        if response.status_code == 200 and not response.cookies:
            headers = {n: response[n] for n in ("Content-Type", "Cache-Control", "Vary")}
            cache.set(key, (response.content, headers), PAGE_SECONDS)
        return response
    content, headers = kept
    return HttpResponse(content, headers=headers)


def _key(request: HttpRequest, params: tuple[str, ...]) -> str:
    known = urlencode([(name, request.GET[name]) for name in params if name in request.GET])
    part = "hx" if request.headers.get("HX-Request") else "page"
    return f"page:{_current_version()}:{part}:{request.get_host()}:{request.path}?{known}"


def _current_version() -> int:
    global _version
    read_at, version = _version
    if time.monotonic() - read_at >= LOCAL_SECONDS:
        row = CacheVersion.objects.filter(name="pages").first()
        version = row.version if row else 0
        _version = (time.monotonic(), version)
    return version
