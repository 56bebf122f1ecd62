"""The people of one village: its lead and the coordinator manage them, members see them."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from network import access, actions, forms
from network.models import Membership
from network.views.answers import done, form_page, posted, see_other


@require_safe
def people(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    village = access.village_or_404(request.user, edition, slug)
    manages = access.may_manage(request.user, village)
    context = {
        "village": village,
        "edition": village.edition,
        "coordinates": access.coordinated_editions(request.user).filter(slug=edition).exists(),
        "manages": manages,
        "memberships": access.memberships_of(village),
        "coaches": access.coaches_of(village),
        "invitations": access.invitations_to(village) if manages else [],
    }
    return TemplateResponse(request, "network/people.html", context)


def person_new(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Somebody who takes part without an account."""
    village = access.led_village_or_404(request.user, edition, slug)
    form = forms.NewPerson(posted(request))
    by = access.person_of(request)
    if done(form, lambda: actions.add_person(village=village, by=by, **form.cleaned_data)):
        messages.success(request, f"{form.cleaned_data['name']} staat erbij.")
        return see_other(_people(edition, slug))
    return form_page(request, "network/person_new.html", form, village=village)


def village_invite(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    village = access.led_village_or_404(request.user, edition, slug)
    first = not access.memberships_of(village).exists()
    role = Membership.Role.LEAD if first else Membership.Role.EDITOR
    form = forms.VillageGuest(posted(request), initial={"role": role})
    by = access.person_of(request)
    if done(
        form,
        lambda: actions.invite_member(
            guest=form.guest(), village=village, role=form.cleaned_data["role"], by=by
        ),
    ):
        messages.success(request, f"De uitnodiging voor {form.cleaned_data['name']} vertrekt.")
        return see_other(_people(edition, slug))
    return form_page(request, "network/village_invite.html", form, village=village)


def membership(request: HttpRequest, edition: str, slug: str, membership_id: int) -> HttpResponse:
    """The role of one person; without the right to manage only the button to leave."""
    row = access.membership_or_404(request.user, edition, slug, membership_id)
    if request.method == "POST":
        access.led_village_or_404(request.user, edition, slug)
    form = forms.MembershipRole(posted(request), initial={"role": row.role})
    by = access.person_of(request)
    if done(
        form,
        lambda: actions.change_role(membership=row, role=form.cleaned_data["role"], by=by),
    ):
        messages.success(request, f"{row.person} doet nu mee als {row.get_role_display()}.")
        return see_other(_people(edition, slug))
    return _membership_page(request, row, form)


@require_POST
def membership_end(
    request: HttpRequest, edition: str, slug: str, membership_id: int
) -> HttpResponse:
    row = access.membership_or_404(request.user, edition, slug, membership_id)
    by = access.person_of(request)
    # Bound with the role as it is: valid, so that a refusal has a form to stand in.
    form = forms.MembershipRole({"role": row.role}, initial={"role": row.role})
    if not done(form, lambda: actions.end_membership(membership=row, by=by)):
        return _membership_page(request, row, form)
    messages.success(request, f"{row.person} doet niet meer mee met {row.village}.")
    if access.visible_villages(request.user).filter(pk=row.village_id).exists():
        return see_other(_people(edition, slug))
    return see_other(resolve_url(settings.LOGIN_REDIRECT_URL))


def _membership_page(
    request: HttpRequest, row: Membership, form: forms.MembershipRole
) -> HttpResponse:
    return form_page(
        request,
        "network/membership.html",
        form,
        membership=row,
        village=row.village,
        manages=access.may_manage(request.user, row.village),
        is_me=row.person_id == access.person_id_of(request.user),
    )


def _people(edition: str, slug: str) -> str:
    return reverse("network:people", args=[edition, slug])
