from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from actionplans import access, exports
from network import access as ground
from network import jobs
from network.views.answers import see_other


@require_POST
def pdf(request: HttpRequest, edition: str, village: str) -> HttpResponse:
    """The plan as a PDF is long work: a job, with a page that says when it is there."""
    plan = access.plan_or_404(request.user, edition, village)
    job = jobs.start(
        kind=exports.PLAN_PDF.name, by=ground.person_of(request), params={"plan": plan.pk}
    )
    return see_other(reverse("network:job", args=[job.pk]))
