"""Before anything leaves, the coordinator sees who gets which mail; then she confirms."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from network import access as network_access
from network import clock, formats
from network.views.answers import see_other
from sessions import access, actions, forms
from sessions.models import WorkSession
from sessions.moments import moments
from sessions.reminders.timeline import timeline
from sessions.views.coordination import manage_page
from sessions.views.public import refused


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    session = access.coordinated_session_or_404(request.user, edition, number)
    if request.method == "POST":
        try:
            actions.publish_session(by=network_access.person_of(request), session=session)
        except actions.Refused as error:
            return refused(request, str(error))
        messages.success(request, "Aangekondigd. De mails vertrekken op hun moment.")
        return see_other(manage_page(session))
    if not session.is_draft:
        return refused(request, "Deze werksessie is al aangekondigd.")
    return TemplateResponse(request, "worksessions/publish.html", _announcement(session))


def _announcement(session: WorkSession) -> dict:
    now = clock.now()
    invitees = access.invitees(session)
    entries = timeline(session, invitees, now)
    first = next((entry for entry in entries if entry.going), None)
    return {
        "session": session,
        "first": first,
        "people": [line.person for line in first.going] if first else [],
        "without_address": access.without_address(invitees),
        "moments": moments(session, entries, now),
    }


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    """Two steps on one page: the new moment, then who gets which mail."""
    session = access.coordinated_session_or_404(request.user, edition, number)
    if not session.is_published:
        return refused(request, "Alleen een aangekondigde werksessie kan je verplaatsen.")
    form = forms.WhenAndWhere(request.POST or None, initial=forms.initial_of(session))
    if not form.is_valid():
        context = {"session": session, "form": form}
        status = 422 if form.errors else 200
        return TemplateResponse(request, "worksessions/move.html", context, status=status)
    if "confirmed" not in request.POST:
        return TemplateResponse(request, "worksessions/move_confirm.html", _shown(session, form))
    return _moved(request, session, form)


def _shown(session: WorkSession, form: forms.WhenAndWhere) -> dict:
    people = [invitee.person for invitee in access.invitees(session)]
    start, end = form.cleaned_data["starts_at"], form.cleaned_data["ends_at"]
    return {
        "session": session,
        "form": form,
        "people": [person for person in people if person.email],
        "without_address": [person for person in people if not person.email],
        "was": _where_and_when(session.starts_at, session.ends_at, session.place),
        "query": urlencode({name: form.data.get(name, "") for name in form.fields}),
        "becomes": _where_and_when(start, end, moved_copy(session, form).place),
    }


def _where_and_when(start: datetime, end: datetime, place: str) -> str:
    return f"{formats.moment_range(start, end)}, {place}"


def moved_copy(session: WorkSession, form: forms.WhenAndWhere) -> WorkSession:
    """The session as it would be; never saved."""
    fields = {**form.place().__dict__}
    fields |= {name: form.cleaned_data[name] for name in ("starts_at", "ends_at")}
    return access.imagined(session, **fields)


def _moved(request: HttpRequest, session: WorkSession, form: forms.WhenAndWhere) -> HttpResponse:
    try:
        actions.move_session(
            by=network_access.person_of(request),
            session=session,
            starts_at=form.cleaned_data["starts_at"],
            ends_at=form.cleaned_data["ends_at"],
            place=form.place(),
        )
    except actions.Refused as error:
        return refused(request, str(error))
    messages.success(request, "Verplaatst. De mail vertrekt over tien minuten.")
    return see_other(manage_page(session))


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    session = access.coordinated_session_or_404(request.user, edition, number)
    if request.method == "POST":
        try:
            actions.cancel_session(by=network_access.person_of(request), session=session)
        except actions.Refused as error:
            return refused(request, str(error))
        messages.success(request, "Afgelast. Iedereen krijgt nu een mail.")
        return see_other(manage_page(session))
    if not session.is_published:
        return refused(request, "Alleen een aangekondigde werksessie kan je afgelasten.")
    people = [invitee.person for invitee in access.invitees(session)]
    context = {
        "session": session,
        "people": [person for person in people if person.email],
        "without_address": [person for person in people if not person.email],
    }
    return TemplateResponse(request, "worksessions/cancel.html", context)
