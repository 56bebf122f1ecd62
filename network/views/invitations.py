"""Invitations of an edition: who was asked for what, and what came of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from network import access, actions, forms
from network.models import Invitation
from network.views.answers import done, form_page, posted, see_other


@require_safe
def invitations(request: HttpRequest, edition: str) -> HttpResponse:
    row = access.coordinated_edition_or_404(request.user, edition)
    context = {"edition": row, "invitations": access.invitations_of(row)}
    return TemplateResponse(request, "network/invitations.html", context)


def coach_invite(request: HttpRequest, edition: str) -> HttpResponse:
    row = access.coordinated_edition_or_404(request.user, edition)
    form = forms.CoachGuest(
        posted(request), villages=access.villages_to_coach(row), lenses=access.lenses()
    )
    by = access.person_of(request)
    if done(
        form,
        lambda: actions.invite_coach(
            guest=form.guest(),
            edition=row,
            village=form.cleaned_data["village"],
            lens=form.cleaned_data["lens"],
            by=by,
        ),
    ):
        messages.success(request, f"De uitnodiging voor {form.cleaned_data['name']} vertrekt.")
        return see_other(reverse("network:invitations", args=[edition]))
    return form_page(request, "network/coach_invite.html", form, edition=row)


def coordinator_invite(request: HttpRequest, edition: str) -> HttpResponse:
    """A second coordinator, or the next one."""
    row = access.coordinated_edition_or_404(request.user, edition)
    form = forms.GuestFacts(posted(request))
    by = access.person_of(request)
    if done(form, lambda: actions.invite_coordinator(guest=form.guest(), edition=row, by=by)):
        messages.success(request, f"De uitnodiging voor {form.cleaned_data['name']} vertrekt.")
        return see_other(reverse("network:invitations", args=[edition]))
    return form_page(request, "network/coordinator_invite.html", form, edition=row)


@require_POST
def invitation_resend(request: HttpRequest, invitation_id: int) -> HttpResponse:
    row = access.sent_invitation_or_404(request.user, invitation_id)
    by = access.person_of(request)
    try:
        actions.resend(invitation=row, by=by)
        messages.success(request, f"Er vertrekt een nieuwe mail naar {row.email}.")
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    return see_other(_list_of(request, row))


@require_POST
def invitation_revoke(request: HttpRequest, invitation_id: int) -> HttpResponse:
    row = access.sent_invitation_or_404(request.user, invitation_id)
    by = access.person_of(request)
    try:
        actions.revoke(invitation=row, by=by)
        messages.success(request, f"De uitnodiging voor {row.email} is ingetrokken.")
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    return see_other(_list_of(request, row))


def _list_of(request: HttpRequest, row: Invitation) -> str:
    """Back to where the button stood: a lead sees those of the village only."""
    if row.village and request.POST.get("terug") == "dorp":
        return reverse("network:people", args=[row.edition.slug, row.village.slug])
    return reverse("network:invitations", args=[row.edition.slug])
