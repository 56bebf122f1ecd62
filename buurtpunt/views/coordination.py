"""Where a coordinator sees an edition whole: it mixes people, plans and work sessions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from buurtpunt import overview
from network import access, clock
from network.views.answers import see_other


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The edition to work on; with one there is nothing to choose."""
    editions = list(access.coordinated_editions(request.user))
    if len(editions) == 1:
        return see_other(reverse("coordination", args=[editions[0].slug]))
    return TemplateResponse(request, "buurtpunt/coordination_choose.html", {"editions": editions})


@require_safe
def coordination(request: HttpRequest, edition: str) -> HttpResponse:
    row = access.coordinated_edition_or_404(request.user, edition)
    now = clock.now()
    found = overview.overview(row, now)
    context = {
        "edition": row,
        "overview": found,
        "lead_sentence": found.lead_sentence(now),
        "today": clock.today(),
    }
    return TemplateResponse(request, "buurtpunt/coordination.html", context)
