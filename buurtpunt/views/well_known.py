"""The addresses that programs try on every site (RFC 8615)."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from network import clock
from network.contact import NETWORK_CONTACT

ONE_DAY = 24 * 3600  # seconds
GOOD_FOR = timedelta(days=180)  # RFC 9116 asks for less than a year


@login_not_required
@require_safe
@cache_control(public=True, max_age=ONE_DAY)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a leak (RFC 9116). It expires anew each day, so it is never stale while
    the site runs."""
    expires = clock.now().replace(hour=0, minute=0, second=0, microsecond=0) + GOOD_FOR
    lines = {
        "Contact": settings.SECURITY_CONTACT or f"mailto:{NETWORK_CONTACT.email}",
        "Expires": expires.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Preferred-Languages": "nl, en",
        "Canonical": settings.SITE_URL + request.path,
    }
    text = "".join(f"{name}: {value}\n" for name, value in lines.items())
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def change_password(request: HttpRequest) -> HttpResponse:
    """Where a password manager sends somebody; the page itself asks to sign in."""
    return HttpResponseRedirect(reverse("account_change_password"))
