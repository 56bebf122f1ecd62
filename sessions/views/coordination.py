"""The coordinator's desk: planning the four sessions and following who comes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from network import access as network_access
from network import clock
from network.formats import join_names, relative_day
from network.models import Edition
from network.refusal import Refused
from network.views.answers import done, form_page, made, posted, see_other
from sessions import access, actions, forms
from sessions.models import WorkSession
from sessions.moments import moments
from sessions.reminders.timeline import timeline
from sessions.views.refusals import may_be_refused


@require_GET
def work_sessions(request: HttpRequest, edition: str) -> HttpResponse:
    found = network_access.coordinated_edition_or_404(request.user, edition)
    context = {
        "edition": found,
        "sessions": access.counted_sessions(found),
        "numbers": access.free_numbers(found),
        **_coming(found),
    }
    return TemplateResponse(request, "worksessions/list.html", context)


def _coming(edition: Edition) -> dict:
    """The session that comes next: the one to follow now."""
    coming = access.next_session(edition)
    if coming is None:
        return {"coming": None}
    villages = access.answers_by_village(coming)
    absent = [answers.village.name for answers in villages if answers.is_absent]
    nobody = (
        f"Nog niemand uit {join_names(absent)}."
        if absent
        else "Uit elk dorp komt er iemand, of misschien."
    )
    return {
        "coming": coming,
        "coming_kicker": relative_day(coming.starts_at, clock.today()).capitalize(),
        "coming_text": nobody,
    }


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, edition: str) -> HttpResponse:
    found = network_access.coordinated_edition_or_404(request.user, edition)
    form = forms.Plan(posted(request), numbers=access.free_numbers(found))
    if session := made(form, lambda: _plan(request, found, form)):
        return see_other(manage_page(session))
    return form_page(request, "worksessions/plan.html", form, edition=found)


def _plan(request: HttpRequest, edition: Edition, form: forms.Plan) -> WorkSession:
    return actions.plan_session(
        by=network_access.person_of(request),
        edition=edition,
        number=form.cleaned_data["number"],
        place=form.place(),
        **_planned(form),
    )


def _planned(form: forms.Plan) -> dict:
    names = ("theme", "starts_at", "ends_at", "prepare")
    return {name: form.cleaned_data[name] for name in names}


@require_GET
def manage(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    session = access.coordinated_session_or_404(request.user, edition, number)
    now = clock.now()
    invitees = access.invitees(session)
    entries = timeline(session, invitees, now)
    villages = access.answers_by_village(session, invitees)
    absent = [answers.village.name for answers in villages if answers.is_absent]
    context = {
        "session": session,
        "moments": moments(session, entries, now),
        "villages": villages,
        "absent": absent,
        "absent_title": f"Nog niemand uit {join_names(absent)}",
        "coaches": [one for one in invitees if one.coach_of and not one.member_of],
        "counts": access.counted(invitees),
        "takes_answers": session.takes_answers(now),
    }
    return TemplateResponse(request, "worksessions/manage.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    """Everything of a draft; of an announced session the words only (see telling.move)."""
    session = access.coordinated_session_or_404(request.user, edition, number)
    form = _edit_form(request, session)
    if done(form, lambda: _save(request, session, form)):
        messages.success(request, "Bewaard.")
        return see_other(manage_page(session))
    page = {"session": session, "edition": session.edition}
    return form_page(request, "worksessions/edit.html", form, **page)


def _edit_form(request: HttpRequest, session: WorkSession) -> forms.Plan | forms.Texts:
    data, initial = posted(request), forms.initial_of(session)
    if session.is_draft:
        return forms.Plan(data, initial=initial, numbers=[session.number])
    return forms.Texts(data, initial=initial)


def _save(request: HttpRequest, session: WorkSession, form: forms.Plan | forms.Texts) -> None:
    by = network_access.person_of(request)
    if isinstance(form, forms.Plan):
        actions.replan_draft(by=by, session=session, place=form.place(), **_planned(form))
    else:
        actions.edit_texts(by=by, session=session, **form.cleaned_data)


@require_POST
@may_be_refused
def discard(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    session = access.coordinated_session_or_404(request.user, edition, number)
    actions.discard_draft(by=network_access.person_of(request), session=session)
    messages.success(request, "Geschrapt. Niemand wist ervan.")
    return see_other(reverse("worksessions:list", args=[edition]))


@require_POST
@may_be_refused
def answer_for(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    """What somebody said on the phone, with or without an account."""
    session = access.coordinated_session_or_404(request.user, edition, number)
    form = forms.AnswerFor(request.POST)
    if not form.is_valid():
        raise Refused("Dat antwoord kennen we niet. Kies ja, misschien of nee.")
    person_id, answer = form.person_and_answer()
    invitee = access.invitee_or_404(session, person_id)
    by = network_access.person_of(request)
    actions.answer(by=by, session=session, person=invitee.person, answer=answer)
    messages.success(request, f"Genoteerd voor {invitee.person.name}.")
    return see_other(manage_page(session) + "#antwoorden")


def manage_page(session: WorkSession) -> str:
    return reverse("worksessions:manage", args=[session.edition.slug, session.number])
