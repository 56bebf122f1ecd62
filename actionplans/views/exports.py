from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from actionplans import access, exports
from network import access as ground
from network import jobs
from network.refusal import Refused
from network.views.answers import see_other


@require_POST
def pdf(request: HttpRequest, edition: str, village: str) -> HttpResponse:
    """The plan as a PDF is long work: a job, with a page that says when it is there."""
    plan = access.plan_or_404(request.user, edition, village)
    params = {"plan": plan.pk}
    try:
        job = jobs.start(kind=exports.PLAN_PDF.name, by=ground.person_of(request), params=params)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return see_other(reverse("actionplans:read", args=[edition, village]))
    return see_other(reverse("network:job", args=[job.pk]))
