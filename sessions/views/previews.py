"""Who gets one of the mails around a session, and what it says."""

from __future__ import annotations

from dataclasses import replace

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from network import access as network_access
from network import clock, formats, quiet
from network.actions import send_again, send_all_again
from network.emails import in_browser
from network.mail import Message
from network.refusal import Refused
from network.views.answers import see_other
from sessions import access, forms
from sessions.emails import messages as mails
from sessions.models import ReminderRule, WorkSession
from sessions.moments import sentence
from sessions.reminders.timeline import Entry, timeline
from sessions.views.telling import moved_copy

# Stands in a preview where the mail has somebody's own link.
NOBODY = "voorbeeld"
ASKS = {ReminderRule.Key.SAVE_DATE, ReminderRule.Key.INVITATION, ReminderRule.Key.NUDGE}
# A mail has its styles inside; in its frame nothing else is allowed.
IN_A_FRAME = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "img-src": [SELF],
    "frame-ancestors": [SELF],
    "sandbox": True,
}


@require_GET
def mail(request: HttpRequest, edition: str, number: int, key: str) -> HttpResponse:
    session = access.coordinated_session_or_404(request.user, edition, number)
    entry = _entry_or_404(session, key)
    context = {
        "session": session,
        "entry": entry,
        "key": key,
        "sentence": sentence(entry, clock.now()),
        "src": _source(session, entry),
    }
    return TemplateResponse(request, "worksessions/mail.html", context)


@require_POST
def mail_again(
    request: HttpRequest, edition: str, number: int, key: str, mail_id: int
) -> HttpResponse:
    """Only what the list offers: not a mail of another session or edition."""
    session = access.coordinated_session_or_404(request.user, edition, number)
    entry = _entry_or_404(session, key)
    offered = {line.mail_id: line.person for line in entry.lines if line.may_leave_again}
    try:
        if mail_id not in offered:
            raise Refused("Deze mail is al opnieuw vertrokken.")
        send_again(mail=access.mail_by_id(mail_id), by=network_access.person_of(request))
        messages.success(
            request, f"De mail naar {offered[mail_id]} vertrekt opnieuw{_when(entry)}."
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return see_other(reverse("worksessions:mail", args=[edition, number, key]))


@require_POST
def mails_again(request: HttpRequest, edition: str, number: int, key: str) -> HttpResponse:
    """All that the list offers to send again, as far as it was in the list that was seen: a second
    press does not send again what the first one sent and failed anew."""
    session = access.coordinated_session_or_404(request.user, edition, number)
    seen = request.POST.get("tot-en-met", "")
    last = int(seen) if seen.isascii() and seen.isdecimal() else 0
    entry = _entry_or_404(session, key)
    going = send_all_again(
        mail_ids=[mail_id for mail_id in entry.again if mail_id <= last],
        by=network_access.person_of(request),
    )
    if going:
        leave = "mail vertrekt" if going == 1 else "mails vertrekken"
        messages.success(request, f"{formats.number(going)} {leave} opnieuw{_when(entry)}.")
    else:
        messages.error(request, "Deze mails zijn al opnieuw vertrokken.")
    return see_other(reverse("worksessions:mail", args=[edition, number, key]))


def _when(entry: Entry) -> str:
    """Said by night only: what may wait leaves in the morning."""
    now = clock.now()
    if not quiet.is_quiet(now) or entry.is_must:
        return ""
    return f", om {formats.time_of_day(quiet.by_day(now))}: ’s nachts mailen we niet"


def _source(session: WorkSession, entry: Entry) -> str:
    """Where the frame finds the mail; a move or a cancellation was shown before it left."""
    if entry.key not in ReminderRule.Key.values or not entry.lines:
        return ""
    arguments = [session.edition.slug, session.number, entry.key]
    return reverse("worksessions:preview", args=arguments)


def _entry_or_404(session: WorkSession, key: str) -> Entry:
    now = clock.now()
    for entry in timeline(session, access.invitees(session), now):
        if entry.key.replace(":", "-") == key:
            return entry
    raise Http404


@csp_replace(IN_A_FRAME)  # type: ignore[arg-type]  # typed for views without arguments
@require_GET
def preview(request: HttpRequest, edition: str, number: int, key: str) -> HttpResponse:
    """The HTML of one mail as it will look, for a frame; `?tekst` gives the plain text."""
    session = access.coordinated_session_or_404(request.user, edition, number)
    if key in ReminderRule.Key.values:
        message = _reminder(session, key)
    elif key == "move":
        message = _move(session, request)
    elif key == "cancel":
        known = formats.moment(access.next_move(session, clock.now()).from_starts_at)
        message = mails.cancelled(session, _example(session), known_start=known)
    else:
        raise Http404
    example = access.answer_token(session, _example(session).person.pk)
    if "tekst" in request.GET:
        text = message.text.replace(example, NOBODY)
        return HttpResponse(text, content_type="text/plain; charset=utf-8")
    return HttpResponse(in_browser(message.html).replace(example, NOBODY))


def _reminder(session: WorkSession, key: str) -> Message:
    """A reminder in the wrapper that it shares with other news."""
    part = mails.reminder(session, key, _example(session, key))
    context = {"parts": [part], "preferences_link": "#"}
    html = render_to_string("emails/notices_body.html", context)
    return Message(part.subject, render_to_string("emails/notices_body.txt", context), html)


def _move(session: WorkSession, request: HttpRequest) -> Message:
    form = forms.WhenAndWhere(request.GET)
    if not form.is_valid():
        raise Http404
    move = access.next_move(session, clock.now())
    return mails.moved(moved_copy(session, form), move, _example(session))


def _example(session: WorkSession, key: str = "") -> access.Invitee:
    """Somebody who gets this mail; without anybody there is nothing to show. A mail that asks
    for an answer is shown to somebody who gave none."""
    invitees = access.invitees(session)
    if not invitees:
        raise Http404
    reached = [one for one in invitees if one.member_of and not one.person.why_unreachable]
    example = next(iter(reached), invitees[0])
    return replace(example, attendance=None) if key in ASKS else example
