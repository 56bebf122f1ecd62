"""Signing in with a mailed code, and the same code asked again before the way in changes.

allauth keeps the pending sign-in in the session; tries are counted in a row (actions/accounts.py).
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.account.utils import get_login_redirect_url, get_next_redirect_url
from allauth.account.views import RequestLoginCodeView
from allauth.core import ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from network import access, actions, clock, forms, proof
from network.models import User
from network.views.answers import form_page, posted, see_other

ROW = "row"
FRESH = "fresh_code"  # in the session of somebody signed in
EXPIRED = "Deze code is verlopen: ze werkte een kwartier. Vraag hieronder een nieuwe."
GONE = "Die code werkt niet meer. Vraag hier een nieuwe."
ENOUGH = "Je vroeg al een paar keer een nieuwe code. Begin hier opnieuw."


class AskCode(RequestLoginCodeView):
    """allauth's page, whose codes are counted in a row from the start."""

    form_class = forms.AskCode

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}

    def form_valid(self, form: forms.AskCode) -> HttpResponse:
        email = form.cleaned_data["email"]
        process = LoginCodeVerificationProcess.initiate(
            request=self.request, user=form._user, email=email
        )
        process.state[ROW] = actions.begin_code()
        process.persist()
        return see_other(self.get_success_url())


@login_not_required
@never_cache
@sensitive_post_parameters("code")
def give_code(request: HttpRequest) -> HttpResponse:
    """Type the mailed code over, or ask for another one."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(get_login_redirect_url(request))
    process = _pending(request)
    if process is None:
        return _ask_anew(request, GONE if request.method == "POST" else "")
    if request.POST.get("action") == "resend":
        return _mail_another(request, process)
    form = forms.GiveCode(posted(request))
    if form.is_valid() and (answer := _judge(request, process, form)):
        return answer
    can_resend = actions.may_renew(process.state[ROW])
    expired = not process.is_valid()
    if expired and not can_resend:
        process.abort()
        return _ask_anew(request, GONE)
    return form_page(
        request,
        "account/confirm_login_code.html",
        form,
        email=process.state.get("email"),
        expired=EXPIRED if expired else "",
        can_resend=can_resend,
        next=get_next_redirect_url(request),
    )


def _pending(request: HttpRequest) -> LoginCodeVerificationProcess | None:
    """What this browser asked for, expired or not. A code of before there were rows is gone."""
    stage = LoginStageController.enter(request, LoginByCodeStage.key)
    if stage is None or ROW not in stage.state:
        clear_login(request)
        return None
    return LoginCodeVerificationProcess(stage=stage)


def _judge(
    request: HttpRequest, process: LoginCodeVerificationProcess, form: forms.GiveCode
) -> HttpResponse | None:
    """The answer to a code that is right, or wrong for the last time; else its mistake stands
    in the form."""
    row = process.state[ROW]
    if not process.is_valid():
        form.add_error("code", EXPIRED)
        return None
    if _is_right(row, form.cleaned_data["code"], process.code):
        answer: HttpResponse = process.finish(get_next_redirect_url(request))
        return answer
    if actions.was_used(row):
        return _where_she_goes(request, reverse(settings.LOGIN_REDIRECT_URL))
    if left := actions.tries_left(row):
        form.add_error("code", _wrong(left))
        return None
    process.abort()
    return _no_more_tries(request, reverse(settings.LOGIN_URL))


def _is_right(row: str, typed: str, code: str) -> bool:
    """Counts the try first, so that guesses which come together are all counted."""
    if not actions.count_try(row) or not compare_user_code(actual=typed, expected=code):
        return False
    return actions.use_up(row)


def _where_she_goes(request: HttpRequest, otherwise: str) -> HttpResponse:
    """After a right code. For a second click too, whose session must not be written: that would
    undo what the first one's says."""
    return see_other(get_next_redirect_url(request) or otherwise)


def _wrong(left: int) -> str:
    return f"Die code klopt niet. Kijk ze nog eens na: je kan nog {left} keer proberen."


def _no_more_tries(request: HttpRequest, again: str) -> HttpResponse:
    return TemplateResponse(request, "account/no_more_tries.html", {"again": again}, status=429)


def _mail_another(request: HttpRequest, process: LoginCodeVerificationProcess) -> HttpResponse:
    """A new code with a quarter of an hour of its own. Counted for this browser alone: strangers
    who use up the limit of an address do not stop whoever asked before them."""
    if not actions.renew_code(process.state[ROW]):
        process.abort()
        return _ask_anew(request, ENOUGH)
    process.state["at"] = clock.real_now().timestamp()
    process.resend()
    return see_other(_with_next(request, reverse("account_confirm_login_code")))


def _ask_anew(request: HttpRequest, why: str) -> HttpResponse:
    if why:
        messages.error(request, why)
    return see_other(_with_next(request, reverse(settings.LOGIN_URL)))


def _with_next(request: HttpRequest, url: str) -> str:
    wanted = get_next_redirect_url(request)
    return f"{url}?{urlencode({'next': wanted})}" if wanted else url


@never_cache
@sensitive_post_parameters("code")
def fresh_code(request: HttpRequest) -> HttpResponse:
    """Before the way in changes: a code in the mailbox, whatever this browser knows already."""
    user = access.person_of(request).user
    if request.POST.get("action") == "send":
        return _mail_fresh(request, user)
    pending = request.session.get(FRESH)
    form = forms.GiveCode(posted(request))
    if form.is_valid() and (answer := _judge_fresh(request, pending, form)):
        return answer
    return form_page(
        request,
        "account/reauthenticate.html",
        form,
        email=user.email,
        sent=pending is not None,
        next=get_next_redirect_url(request),
    )


def _mail_fresh(request: HttpRequest, user: User) -> HttpResponse:
    if too_often := ratelimit.consume_or_429(request, action="fresh_code", user=user):
        return too_often
    code = get_adapter().generate_login_code()
    actions.mail_fresh_code(user=user, code=code)
    until = clock.real_now().timestamp() + settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT
    request.session[FRESH] = {ROW: actions.begin_code(), "code": code, "until": until}
    return see_other(_with_next(request, reverse("account_reauthenticate")))


def _judge_fresh(
    request: HttpRequest, pending: dict[str, Any] | None, form: forms.GiveCode
) -> HttpResponse | None:
    if pending is None or pending["until"] < clock.real_now().timestamp():
        form.add_error("code", EXPIRED)
        return None
    if _is_right(pending[ROW], form.cleaned_data["code"], pending["code"]):
        del request.session[FRESH]
        proof.keep(request)
        return _where_she_goes(request, reverse("network:profile"))
    if actions.was_used(pending[ROW]):
        return _where_she_goes(request, reverse("network:profile"))
    if left := actions.tries_left(pending[ROW]):
        form.add_error("code", _wrong(left))
        return None
    del request.session[FRESH]
    return _no_more_tries(request, _with_next(request, reverse("account_reauthenticate")))
