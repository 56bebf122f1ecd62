"""Public pages from the cache, for requests without a session cookie only.

`PublicPages` stands first in MIDDLEWARE, so that a kept page costs one small query and no more:
it is the whole answer, headers included. Beside it stands the version of the moment before it was
made. Publishing actions raise the version (`bump`) in their own transaction, so what is withdrawn
is gone with the commit, in every process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from hashlib import blake2b
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.request import split_domain_port
from django.urls import get_resolver
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import parse_etags
from django.utils.safestring import SafeString, mark_safe

from network import paths
from network.models import CacheVersion

KEEP_SECONDS = 60  # pages say "vandaag" and "over 8 dagen"
LONGEST_QUERY = 100  # characters; a longer one is made anew and not kept

View = Callable[..., HttpResponse]
T = TypeVar("T")
_known_params: set[str] = set()  # filled while views are imported, before the first request
# What the view of this request was given, so that its pieces do not ask again.
_version_at_hand: ContextVar[int | None] = ContextVar("version_at_hand", default=None)


def public_page(*, params: tuple[str, ...] = ()) -> Callable[[View], View]:
    """A view that everyone may see. Only the named query parameters make another page.

    The page must hold no CSRF form: the next visitor gets the same one.
    """
    _known_params.update(params)

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if _is_personal(request):
                return _for_one(view(request, *args, **kwargs))
            with _one_version() as version:
                response = _for_all(view(request, *args, **kwargs))
            if not (request.GET.keys() & _known_params) - set(params):
                response.page_version = version  # type: ignore[attr-defined]  # for PublicPages
            return response

        return login_not_required(inner)

    return decorate


@contextmanager
def _one_version() -> Iterator[int]:
    """The version of before the page was made, at hand for its pieces too."""
    version = _version()
    token = _version_at_hand.set(version)
    try:
        yield version
    finally:
        _version_at_hand.reset(token)


def _for_one(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    return response


def _for_all(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    patch_vary_headers(response, ["Cookie"])
    return response


def bump() -> None:
    """Forget every cached page; called by an action that changes what the public sees."""
    row, made = CacheVersion.objects.get_or_create(name="pages")
    if not made:
        CacheVersion.objects.filter(pk=row.pk).update(version=F("version") + 1)


def fragment(name: str, build: Callable[[], str]) -> SafeString:
    """A costly piece of a public page, built once until something public changes. `build` gives
    HTML that is safe already, and the same for every visitor."""
    return mark_safe(remembered(name, lambda: str(build())))  # noqa: S308  a template made it


def remembered(name: str, build: Callable[[], T]) -> T:
    """What a public page needs, worked out once until something public changes: the same for
    every visitor. What `build` raises (404, 410) is not kept."""
    version = _version_at_hand.get()
    version = _version() if version is None else version
    key = f"piece-{blake2b(name.encode(), digest_size=16).hexdigest()}"
    kept = cache.get(key)
    if kept is None or kept[0] != version:
        kept = (version, build())
        cache.set(key, kept, KEEP_SECONDS)
    return kept[1]


class PublicPages:
    """Middleware: the first visitor's answer is kept for the next ones."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        # Reading the addresses imports the views, which say what their pages are made by. Left to
        # the first request, that one would be kept as the page without its parameters.
        get_resolver().url_patterns  # noqa: B018

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = _key(request)
        kept = cache.get(key) if key else None
        if kept is None or kept[0] != _version():
            response = self.get_response(request)
            if not key or not _may_be_kept(response):
                return response
            kept = _keep(key, response)
        return _answer(request, *kept[1:])


def _is_personal(request: HttpRequest) -> bool:
    """A session, or a message that waits in a cookie."""
    if "HTTP_COOKIE" not in request.META:
        return False
    return bool({settings.SESSION_COOKIE_NAME, "messages"} & request.COOKIES.keys())


def _key(request: HttpRequest) -> str:
    """Empty when this request is not one for the cache."""
    meta = request.META
    if request.method != "GET" or "HTTP_HX_REQUEST" in meta or _is_personal(request):
        return ""
    query = _known_query(request) if meta.get("QUERY_STRING") else ""
    if len(query) > LONGEST_QUERY:
        return ""
    host, _ = split_domain_port(meta.get("HTTP_HOST", ""))  # in small letters, without the port
    page = f"{request.scheme}://{host}{request.path}?{query}"
    return f"page-{blake2b(page.encode(), digest_size=16).hexdigest()}"


def _known_query(request: HttpRequest) -> str:
    """Parameters that no view asks for are left out and a number is written one way, so that they
    fill no cache."""
    known = sorted(request.GET.keys() & _known_params)
    words = [(name, request.GET[name]) for name in known]
    return urlencode([(name, _plain(name, word)) for name, word in words])


def _plain(name: str, word: str) -> str:
    return str(paths.page_number(word)) if name == paths.PAGE_PARAM else word


def _version() -> int:
    # By hand, because this is most of what a kept page costs.
    with connection.cursor() as cursor:
        cursor.execute("SELECT version FROM network_cacheversion WHERE name = 'pages'")
        row = cursor.fetchone()
    return row[0] if row else 0


def _may_be_kept(response: HttpResponse) -> bool:
    is_public = getattr(response, "page_version", None) is not None
    return is_public and response.status_code == 200 and not response.cookies


def _keep(key: str, response: HttpResponse) -> tuple[int, bytes, dict[str, str]]:
    etag = blake2b(response.content, digest_size=12).hexdigest()
    headers = {**dict(response.items()), "ETag": f'"{etag}"'}
    kept = (response.page_version, response.content, headers)  # type: ignore[attr-defined]
    cache.set(key, kept, KEEP_SECONDS)
    return kept


def _answer(request: HttpRequest, content: bytes, headers: dict[str, str]) -> HttpResponse:
    if _is_known(headers["ETag"], request.META.get("HTTP_IF_NONE_MATCH", "")):
        kept = {name: headers[name] for name in ("ETag", "Cache-Control", "Vary")}
        return HttpResponseNotModified(headers=kept)
    return HttpResponse(content, headers=headers)


def _is_known(etag: str, known: str) -> bool:
    """Whether the visitor holds this page: a proxy makes tags weak and may name several."""
    if not known:
        return False
    tags = parse_etags(known)
    return tags == ["*"] or etag in {tag.removeprefix("W/") for tag in tags}
