"""Only in demo mode: sign in with a button, jump the clock, read what came in by mail.

buurtpunt/urls.py includes these pages when settings.DEMO is on, and never otherwise.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from buurtpunt.demo import inbox, time_travel
from buurtpunt.demo.accounts import accounts
from network import access, clock, formats
from network.emails import in_browser
from network.views.answers import see_other

# A mail runs no script; its links may open in the window of the reader.
MAIL_MAY = [
    "allow-popups",
    "allow-popups-to-escape-sandbox",
    "allow-top-navigation-by-user-activation",
]
MAIL_POLICY = {
    "default-src": [NONE],
    "img-src": [SELF],
    "style-src": ["'unsafe-inline'"],
    "frame-ancestors": [SELF],
    "base-uri": [SELF],
    "sandbox": MAIL_MAY,
}


@login_not_required
@require_safe
def demo(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    context = {
        "now": now,
        "next_reminder": time_travel.next_reminder(now),
        "letters": inbox.letters(limit=30),
        "accounts": accounts(),
    }
    return TemplateResponse(request, "buurtpunt/demo.html", context)


@login_not_required
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Signs in at once, as one of the demo's own accounts and nobody else."""
    email = request.POST.get("email", "")
    known = {account.email for account in accounts()}
    user = access.account_of(email) if email in known else None
    if user is None:
        raise Http404
    login(request, user)
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return see_other(wanted if safe else resolve_url(settings.LOGIN_REDIRECT_URL))


@login_not_required
@require_POST
def demo_clock(request: HttpRequest) -> HttpResponse:
    moment = _destination(request.POST.get("naar", ""), clock.now())
    if moment is None:
        messages.error(request, "Er staat geen herinnering meer klaar.")
    else:
        time_travel.jump_to(moment)
        messages.success(request, f"Het is nu {formats.moment(clock.now())}.")
    return see_other(reverse("demo"))


def _destination(name: str, now: datetime) -> datetime | None:
    steps = {"dag": timedelta(days=1), "week": timedelta(days=7)}
    return now + steps[name] if name in steps else time_travel.next_reminder(now)


@login_not_required
@require_safe
def demo_letter(request: HttpRequest, letter: str) -> HttpResponse:
    return TemplateResponse(request, "buurtpunt/demo_letter.html", {"letter": _letter(letter)})


@login_not_required
@require_safe
@csp(MAIL_POLICY)  # type: ignore[arg-type]  # it types views without arguments only
def demo_letter_html(request: HttpRequest, letter: str) -> HttpResponse:
    """The HTML of a mail, for the frame that keeps it apart from the page."""
    html = in_browser(_letter(letter).html)
    return HttpResponse(html.replace("<head>", '<head><base target="_top">', 1))


def _letter(id: str) -> inbox.Letter:
    found = inbox.letter(id)
    if found is None:
        raise Http404
    return found
