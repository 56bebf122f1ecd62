"""Every version of an answer, and bringing one back; every version of an action."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from actionplans import access, actions, forms, saving
from actionplans.models import PlanSection, Question
from actionplans.views import conflicts, plan_page
from network import access as ground
from network.views.answers import see_other


@require_GET
def answer_history(
    request: HttpRequest, edition: str, village: str, section: str, key: str
) -> HttpResponse:
    """For the team only: drafts on the way are nobody else's business."""
    row, question = access.question_for_team_or_404(request.user, edition, village, section, key)
    answer = access.answer_of(row, question)
    if answer is None:
        raise Http404
    context = {
        "answer": answer,
        "title": question.label,
        "back_to": row.section.title,
        "versions": saving.versions(answer, access.history(answer), _page(request)),
        "can_write": access.can_write(request.user, row.plan),
        "back": f"{plan_page.section_url(row.plan, row.section)}#{question.key}",
        "restore": _restore_url(row, question),
    }
    return TemplateResponse(request, "actionplans/history.html", context)


@require_GET
def action_history(request: HttpRequest, edition: str, village: str, number: int) -> HttpResponse:
    """What came too late is found here too; for the team only."""
    row, _ = access.question_for_team_or_404(request.user, edition, village, "acties", "acties")
    action = access.action_or_404(row.plan, number)
    context = {
        "title": action.title,
        "back_to": row.section.title,
        "versions": saving.action_versions(action, access.action_history(action), _page(request)),
        "can_write": False,
        "back": f"{plan_page.section_url(row.plan, row.section)}#actie-{number}",
    }
    return TemplateResponse(request, "actionplans/history.html", context)


def _page(request: HttpRequest) -> str:
    return request.GET.get("pagina", "1")


@require_POST
def answer_restore(
    request: HttpRequest, edition: str, village: str, section: str, key: str
) -> HttpResponse:
    row, question = access.question_to_write_or_404(request.user, edition, village, section, key)
    form = forms.RestoreForm(request.POST)
    if not form.is_valid():
        raise Http404
    revision = access.revision_or_404(
        access.answer_of(row, question), form.cleaned_data["revision"]
    )
    try:
        actions.restore_revision(
            revision=revision, by=ground.person_of(request), base=form.cleaned_data["base"]
        )
    except actions.Stale as stale:
        return conflicts.conflict(request, row, stale)
    return see_other(f"{plan_page.section_url(row.plan, row.section)}#{question.key}")


def _restore_url(row: PlanSection, question: Question) -> str:
    return reverse(
        "actionplans:answer-restore",
        args=[*plan_page.plan_args(row.plan), row.section.slug, question.key],
    )
