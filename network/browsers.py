"""Browsers that signed in here before, each with limits of its own.

Strangers can use up what an address may ask in an hour; the browser of whoever lives there goes
on. What it keeps is signed and holds no address; whoever steals it has no code, only the limit.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

SALT = "known-browser"
KEPT = 365 * 24 * 3600  # seconds
ADDRESSES = 5  # a couple, a library: the last ones that signed in


def name_for(request: HttpRequest, email: str) -> str:
    """The name of this browser when that address signed in here, else ""."""
    known = _read(request)
    return known["id"] if _mark(email) in known["of"] else ""


def remember(request: HttpRequest, response: HttpResponseBase, email: str) -> None:
    """Called when somebody proved an address in this browser."""
    known = _read(request)
    others = [mark for mark in known["of"] if mark != _mark(email)]
    known["of"] = [*others, _mark(email)][-ADDRESSES:]
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE,
        signing.dumps(known, salt=SALT),
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> dict[str, Any]:
    kept = request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE, "")
    try:
        known: dict[str, Any] = signing.loads(kept, salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        known = {"id": secrets.token_urlsafe(12), "of": []}
    return known


def _mark(email: str) -> str:
    return salted_hmac(SALT, email.lower(), algorithm="sha256").hexdigest()[:20]
