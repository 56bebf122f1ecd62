"""The coordinator says which coach looks at which village, from when until when."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from network import access, actions, clock, forms
from network.views.answers import done, form_page, posted, see_other


def coaches(request: HttpRequest, edition: str) -> HttpResponse:
    row = access.coordinated_edition_or_404(request.user, edition)
    chosen = {"village": request.GET.get("dorp"), "from_on": clock.today()}
    form = forms.CoachPlace(
        posted(request),
        coaches=access.known_coaches(),
        villages=access.villages_to_coach(row),
        lenses=access.lenses(),
        initial=chosen,
    )
    by = access.person_of(request)
    if done(form, lambda: actions.assign_coach(by=by, **form.cleaned_data)):
        who, where = form.cleaned_data["person"], form.cleaned_data["village"]
        messages.success(request, f"{who} kijkt mee met {where}.")
        return see_other(reverse("network:coaches", args=[edition]))
    return form_page(
        request,
        "network/coaches.html",
        form,
        edition=row,
        assignments=access.coach_assignments_of(row),
        today=clock.today(),
    )


def coach_end(request: HttpRequest, edition: str, assignment_id: int) -> HttpResponse:
    row = access.coordinated_edition_or_404(request.user, edition)
    assignment = access.coach_assignment_or_404(row, assignment_id)
    form = forms.CoachEnd(posted(request), assignment=assignment, today=clock.today())
    by = access.person_of(request)
    if done(
        form,
        lambda: actions.end_coach_assignment(
            assignment=assignment, until_on=form.cleaned_data["until_on"], by=by
        ),
    ):
        messages.success(request, f"{assignment.person} stopt bij {assignment.village}.")
        return see_other(reverse("network:coaches", args=[edition]))
    return form_page(request, "network/coach_end.html", form, edition=row, assignment=assignment)
