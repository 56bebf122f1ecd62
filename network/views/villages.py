"""The coordinator makes the villages of an edition."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from network import access, actions, forms
from network.views.answers import done, form_page, posted, see_other


def village_new(request: HttpRequest, edition: str) -> HttpResponse:
    row = access.coordinated_edition_or_404(request.user, edition)
    form = forms.VillageFacts(posted(request))
    by = access.person_of(request)
    if form.is_valid():
        village = actions.add_village(edition=row, by=by, **form.cleaned_data)
        messages.success(request, f"{village} staat erbij. Nodig nu de trekker uit.")
        return see_other(reverse("network:people", args=[row.slug, village.slug]))
    return form_page(request, "network/village_new.html", form, edition=row)


def village_edit(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    village = access.coordinated_village_or_404(request.user, edition, slug)
    facts = {name: getattr(village, name) for name in forms.VillageFacts.base_fields}
    form = forms.VillageFacts(posted(request), initial=facts)
    by = access.person_of(request)
    if done(form, lambda: actions.change_village(village=village, by=by, **form.cleaned_data)):
        messages.success(request, "Bewaard.")
        return see_other(reverse("network:village-edit", args=[edition, slug]))
    return form_page(
        request, "network/village_edit.html", form, village=village, edition=village.edition
    )
