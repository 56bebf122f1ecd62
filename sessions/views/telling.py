"""Before anything leaves, the coordinator sees who gets which mail; then she confirms."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from network import access as network_access
from network import clock
from network.refusal import Refused
from network.views.answers import done, form_page, posted, see_other
from sessions import access, actions, forms, kinds
from sessions.models import WorkSession
from sessions.moments import moments
from sessions.reminders.timeline import Entry, timeline, to_everybody
from sessions.views.coordination import manage_page
from sessions.views.refusals import may_be_refused


@require_http_methods(["GET", "POST"])
@may_be_refused
def publish(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    session = access.coordinated_session_or_404(request.user, edition, number)
    if request.method == "POST":
        actions.publish_session(by=network_access.person_of(request), session=session)
        messages.success(request, "Aangekondigd. De mails vertrekken op hun moment.")
        return see_other(manage_page(session))
    if not session.is_draft:
        raise Refused("Deze werksessie is al aangekondigd.")
    return TemplateResponse(request, "worksessions/publish.html", _announcement(session))


def _announcement(session: WorkSession) -> dict[str, Any]:
    now = clock.now()
    entries = timeline(session, access.invitees(session), now)
    first = next((entry for entry in entries if entry.going), None)
    shown = first or next((entry for entry in entries if entry.lines), None)
    return {
        "session": session,
        "first": first,
        "entry": shown,
        "moments": moments(session, entries, now),
    }


@require_http_methods(["GET", "POST"])
@may_be_refused
def move(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    """Two steps on one page: the new moment, then who gets which mail."""
    session = access.coordinated_session_or_404(request.user, edition, number)
    if not session.is_published:
        raise Refused("Alleen een aangekondigde werksessie kan je verplaatsen.")
    form = forms.WhenAndWhere(posted(request), initial=forms.initial_of(session))
    if "confirmed" not in request.POST and form.is_valid():
        return TemplateResponse(request, "worksessions/move_confirm.html", _shown(session, form))
    if done(form, lambda: _move(request, session, form)):
        messages.success(request, "Verplaatst. De mail vertrekt over tien minuten.")
        return see_other(manage_page(session))
    return form_page(request, "worksessions/move.html", form, session=session)


def _shown(session: WorkSession, form: forms.WhenAndWhere) -> dict[str, Any]:
    return {
        "session": session,
        "form": form,
        "entry": _mail_to_everybody(session, kinds.MOVED),
        "was": access.next_move(session, clock.now()).was,
        "becomes": moved_copy(session, form).when_and_where,
        "query": urlencode({name: form.data.get(name, "") for name in form.fields}),
    }


def _mail_to_everybody(session: WorkSession, kind: str) -> Entry:
    return to_everybody(kind, access.invitees(session), clock.now())


def moved_copy(session: WorkSession, form: forms.WhenAndWhere) -> WorkSession:
    """The session as it would be; never saved."""
    fields = {**form.place().__dict__}
    fields |= {name: form.cleaned_data[name] for name in ("starts_at", "ends_at")}
    return access.imagined(session, **fields)


def _move(request: HttpRequest, session: WorkSession, form: forms.WhenAndWhere) -> None:
    actions.move_session(
        by=network_access.person_of(request),
        session=session,
        starts_at=form.cleaned_data["starts_at"],
        ends_at=form.cleaned_data["ends_at"],
        place=form.place(),
    )


@require_http_methods(["GET", "POST"])
@may_be_refused
def cancel(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    session = access.coordinated_session_or_404(request.user, edition, number)
    if request.method == "POST":
        actions.cancel_session(by=network_access.person_of(request), session=session)
        messages.success(request, "Afgelast. De mail vertrekt nu.")
        return see_other(manage_page(session))
    if not session.is_published:
        raise Refused("Alleen een aangekondigde werksessie kan je afgelasten.")
    context = {"session": session, "entry": _mail_to_everybody(session, kinds.CANCELLED)}
    return TemplateResponse(request, "worksessions/cancel.html", context)
