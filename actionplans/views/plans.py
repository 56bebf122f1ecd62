from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from actionplans import access


@require_GET
def section(request: HttpRequest, edition: str, village: str, section: str) -> HttpResponse:
    plan = access.plan_or_404(request.user, edition, village)
    plan_section = access.plan_section_or_404(request.user, plan, section)
    context = {"plan": plan, "plan_section": plan_section, "asked": access.asked(plan_section)}
    return TemplateResponse(request, "actionplans/section.html", context)
