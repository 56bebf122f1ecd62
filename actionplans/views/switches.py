"""The switches of a section, and the course of the plan."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from actionplans import access, actions, forms
from actionplans.models import ActionPlan
from actionplans.views import plan_page, plans
from network import access as ground
from network.views.answers import see_other

Course = ActionPlan.Course


@require_POST
def visibility(request: HttpRequest, edition: str, village: str, section: str) -> HttpResponse:
    row = access.section_to_write_or_404(request.user, edition, village, section)
    form = forms.VisibilityForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest("Kies wie er meeleest.")
    actions.set_visibility(
        plan_section=row,
        visibility=form.cleaned_data["visibility"],
        by=ground.person_of(request),
    )
    messages.success(request, f"{row.section.title}: {plan_page.readers_sentence(row)}")
    return see_other(plan_page.section_url(row.plan, row.section))


@require_POST
def ready(request: HttpRequest, edition: str, village: str, section: str) -> HttpResponse:
    """Field `klaar`: 1 or 0."""
    row = access.section_to_write_or_404(request.user, edition, village, section)
    is_ready = request.POST.get("klaar") == "1"
    actions.set_ready(plan_section=row, is_ready=is_ready, by=ground.person_of(request))
    told = "is klaar om te lezen. Goed bezig!" if is_ready else "staat weer open."
    messages.success(request, f"{row.section.title} {told}")
    return see_other(plan_page.section_url(row.plan, row.section))


@require_POST
def defer(request: HttpRequest, edition: str, village: str, section: str) -> HttpResponse:
    """Field `later`: 1 or 0."""
    row = access.section_to_write_or_404(request.user, edition, village, section)
    is_deferred = request.POST.get("later") == "1"
    actions.defer_section(plan_section=row, is_deferred=is_deferred, by=ground.person_of(request))
    told = "is nog niet aan de orde." if is_deferred else "is weer aan de orde."
    messages.success(request, f"{row.section.title} {told}")
    return see_other(plan_page.section_url(row.plan, row.section))


@require_POST
def course(request: HttpRequest, edition: str, village: str) -> HttpResponse:
    """Pause, stop or go on with the whole plan."""
    plan = access.plan_to_write_or_404(request.user, edition, village)
    form = forms.CourseForm(request.POST)
    if not form.is_valid():
        context = {**plans.plan_context(request, plan), "course_form": form}
        return TemplateResponse(request, "actionplans/plan.html", context, status=422)
    by, reason = ground.person_of(request), form.cleaned_data["reason"].strip()
    if form.cleaned_data["course"] == Course.PAUSED:
        actions.pause_plan(plan=plan, reason=reason, by=by)
    elif form.cleaned_data["course"] == Course.STOPPED:
        actions.stop_plan(plan=plan, reason=reason, by=by)
    else:
        actions.resume_plan(plan=plan, by=by)
    return see_other(reverse("actionplans:plan", args=plan_page.plan_args(plan)))
