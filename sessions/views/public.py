"""What everybody sees of a session, and how an invitation is answered."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from network import access as network_access
from network import clock, tokens
from network.pagecache import public_page
from network.views.answers import form_page, posted, see_other
from sessions import access, actions, calendars, forms
from sessions.emails.calendar import entry_of
from sessions.models import Attendance, WorkSession
from sessions.views.refusals import may_be_refused

Answer = Attendance.Answer
IN_LINK = {"ja": Answer.YES, "misschien": Answer.MAYBE, "nee": Answer.NO}


@public_page()
@require_GET
def detail(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    session = access.session_or_404(request.user, edition, number)
    invitee = access.own_invitee(session, request.user)
    form = forms.Answer(initial={"answer": invitee.answer if invitee else ""})
    return _detail_page(request, session, invitee, form)


def _detail_page(
    request: HttpRequest, session: WorkSession, invitee: access.Invitee | None, form: forms.Answer
) -> HttpResponse:
    return form_page(
        request,
        "worksessions/detail.html",
        form,
        session=session,
        invitee=invitee,
        takes_answers=session.takes_answers(clock.now()),
        open_work=access.open_work(session, invitee) if invitee and not session.is_held else [],
        may_manage=access.may_manage(request.user, session),
    )


@public_page()
@require_GET
def calendar(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    """For anybody's calendar: nobody is named in it."""
    session = access.session_or_404(request.user, edition, number)
    entry = calendars.publish(
        entry_of(session),
        sequence=session.sequence,
        made_at=clock.now(),
        is_cancelled=session.is_cancelled,
    )
    response = HttpResponse(entry, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="werksessie-{session.number}.ics"'
    return response


@require_POST
@may_be_refused
def attend(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    """Somebody who is signed in answers for themselves."""
    session = access.session_or_404(request.user, edition, number)
    invitee = access.own_invitee_or_403(session, request.user)
    form = forms.Answer(request.POST)
    if not form.is_valid():
        return _detail_page(request, session, invitee, form)
    person = network_access.person_of(request)
    actions.answer(by=person, session=session, person=person, **form.cleaned_data)
    messages.success(request, "We noteerden je antwoord.")
    return see_other(reverse("worksessions:detail", args=[edition, number]))


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@may_be_refused
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the links of a mail, without signing in. Looking changes nothing."""
    try:
        session, person_id = access.session_by_token_or_404(token)
    except tokens.BadToken:
        return TemplateResponse(request, "worksessions/link_broken.html", status=404)
    invitee = access.invitee_or_none(session, person_id)
    if invitee is None or not session.takes_answers(clock.now()):
        context = {"session": session, "invitee": invitee}
        return TemplateResponse(request, "worksessions/link_over.html", context, status=410)
    form = forms.Answer(posted(request), initial={"answer": _asked(request, invitee)})
    if form.is_valid():
        person = invitee.person
        actions.answer(by=person, session=session, person=person, **form.cleaned_data)
        return see_other(reverse("worksessions:answer", args=[token]) + "?genoteerd")
    page = {"session": session, "invitee": invitee, "token": token}
    return form_page(request, "worksessions/answer.html", form, **page)


def _asked(request: HttpRequest, invitee: access.Invitee) -> str:
    return IN_LINK.get(request.GET.get("antwoord", ""), invitee.answer)
