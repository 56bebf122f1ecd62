"""The page behind a mailed invitation. GET changes nothing; there are three doors."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from network import access, actions, browsers, forms, tokens
from network.models import Invitation, User
from network.views.answers import made, see_other


@login_not_required
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    row = access.invitation_by_token(token)
    if row is None or not row.is_open:
        return _no_longer(request, row)
    door = DOORS.get(request.POST.get("door", ""))
    # The address holds a right; "same-origin" keeps it from other sites ("no-referrer" would
    # take the Origin header from our own forms, and with it their CSRF check).
    return door(request, row) if door else _doors(request, row, forms.Joining(invitation=row))


def _no_longer(request: HttpRequest, row: Invitation | None) -> HttpResponse:
    """Used, withdrawn, expired (410), or forged and replaced (404): what to do, and the phone."""
    edition = row.edition if row else access.current_edition()
    context = {
        "invitation": row,
        "coordinator": access.coordinators(edition).first() if edition else None,
    }
    return TemplateResponse(
        request, "network/invitation_no_longer.html", context, status=410 if row else 404
    )


def _doors(
    request: HttpRequest, row: Invitation, form: forms.Joining, status: int = 200
) -> HttpResponse:
    page = reverse("network:invitation", args=[_token(row)])
    user = request.user if isinstance(request.user, User) else None
    context = {
        "invitation": row,
        "form": form,
        "has_account": actions.has_account(row),
        "other_address": user is not None and user.email.lower() != row.email.lower(),
        "sign_in": f"{reverse(settings.LOGIN_URL)}?next={page}",
        "coordinator": access.coordinators(row.edition).first(),
    }
    return TemplateResponse(request, "network/invitation.html", context, status=status)


def _token(row: Invitation) -> str:
    return tokens.make("invitation", row.pk, row.nonce)


def _new(request: HttpRequest, row: Invitation) -> HttpResponse:
    """ "Ik ben nieuw": the account is made, and this person is signed in."""
    form = forms.Joining(request.POST, invitation=row)
    user = made(form, lambda: actions.claim(invitation=row, **form.cleaned_data))
    if user is None:
        return _doors(request, row, form, status=422)
    login(request, user)
    answer = _welcome(request, row)
    browsers.remember(request, answer, user.email)
    return answer


def _account(request: HttpRequest, row: Invitation) -> HttpResponse:
    """ "Ik heb al een account": joins with it. The form names the account that the page showed,
    because somebody else may have signed in since."""
    form = forms.Joining(invitation=row)
    user = request.user
    if not isinstance(user, User) or request.POST.get("account") != user.email:
        return _doors(request, row, form, status=409)
    try:
        actions.attach(invitation=row, user=user)
    except actions.Refused:
        return _no_longer(request, access.invitation_by_token(_token(row)))
    return _welcome(request, row)


def _decline(request: HttpRequest, row: Invitation) -> HttpResponse:
    """ "Niet voor mij"."""
    try:
        actions.decline(invitation=row)
    except actions.Refused:
        return _no_longer(request, access.invitation_by_token(_token(row)))
    return see_other(reverse("network:invitation", args=[_token(row)]))


def _welcome(request: HttpRequest, row: Invitation) -> HttpResponse:
    messages.success(request, f"Welkom! Je doet nu mee als {row.target}.")
    return see_other(resolve_url(settings.LOGIN_REDIRECT_URL))


DOORS: dict[str, Callable[[HttpRequest, Invitation], HttpResponse]] = {
    "nieuw": _new,
    "account": _account,
    "niet": _decline,
}
