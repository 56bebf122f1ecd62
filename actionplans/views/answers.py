"""Saving one answer: a POST that names the revision it started from."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods

from actionplans import access, actions, forms, presence, saving
from actionplans.forms import AnswerForm, TableForm
from actionplans.models import Answer, PlanSection, Question
from actionplans.views import conflicts, plan_page, plans
from network import access as ground
from network.views.answers import see_other

SOMEBODY_ELSE = (
    "Nog niet bewaard. In een ander tabblad is intussen iemand anders aangemeld. "
    "Je tekst blijft hier staan tot jij je weer aanmeldt."
)


@require_http_methods(["GET", "POST"])
def answer(
    request: HttpRequest, edition: str, village: str, section: str, key: str
) -> HttpResponse:
    """POST saves; GET leads to the question, for who comes back from signing in."""
    row, question = access.question_to_write_or_404(request.user, edition, village, section, key)
    if request.method == "GET":
        return see_other(_place(row, question))
    if not _is_own_page(request):
        return JsonResponse({"status": SOMEBODY_ELSE}, status=422)
    form = forms.answer_form(question, access.answer_of(row, question), request.POST)
    if not form.is_valid():
        return _invalid(request, row, form)
    try:
        saved = _save(request, row, form)
    except actions.Stale as stale:
        return conflicts.conflict(request, row, stale)
    finally:  # after the save, which waits for no cache
        presence.write_down(row, ground.person_of(request))
    if _is_script(request):
        return JsonResponse(_confirmation(row, saved))
    return see_other(_place(row, question))


@require_GET
def writing(request: HttpRequest, edition: str, village: str, section: str) -> HttpResponse:
    """Who else writes here now, as one sentence or nothing; asked by presence.js."""
    row = access.section_to_write_or_404(request.user, edition, village, section)
    told = presence.sentence(row, ground.person_of(request))
    return HttpResponse(told, content_type="text/plain; charset=utf-8")


def _save(request: HttpRequest, row: PlanSection, form: AnswerForm | TableForm) -> actions.Saved:
    return actions.save_answer(
        plan_section=row,
        question=form.question,
        by=ground.person_of(request),
        base=form.base_revision,
        text=form.text,
        rows=form.rows,
        client=form.client_name,
    )


def _is_own_page(request: HttpRequest) -> bool:
    """Scripts name the person whose page it is: it may outlive her sign-in in another tab."""
    writer = request.headers.get("X-Writer")
    return writer is None or writer == str(ground.person_of(request).pk)


def _is_script(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request"))


def _place(row: PlanSection, question: Question) -> str:
    return f"{plan_page.section_url(row.plan, row.section)}#{question.key}"


def _invalid(request: HttpRequest, row: PlanSection, form: AnswerForm | TableForm) -> HttpResponse:
    if _is_script(request):
        return JsonResponse({"status": f"Nog niet bewaard. {_first_mistake(form)}"}, status=422)
    context = plans.section_context(request, row.plan, row.section.slug, sent=form)
    return TemplateResponse(request, "actionplans/section.html", context, status=422)


def _first_mistake(form: AnswerForm | TableForm) -> str:
    if isinstance(form, TableForm):
        return form.errors[0]
    return next(str(error) for errors in form.errors.values() for error in errors)


def _confirmation(row: PlanSection, saved: actions.Saved) -> dict[str, Any]:
    answer = saved.answer
    assert answer.saved_at is not None
    when = plan_page.saved_sentence(answer.saved_at)
    if not saved.is_merged:
        return {"revision": answer.revision, "status": f"{when} {plan_page.readers_sentence(row)}"}
    return {
        "revision": answer.revision,
        "rows": _shown_rows(answer),
        "status": f"{when} Intussen kwam er iets bij: dat staat er nu ook.",
    }


def _shown_rows(answer: Answer) -> list[dict[str, str]]:
    columns = answer.question.columns
    return [
        {"id": row["id"]}
        | {c["key"]: saving.shown_value(c, row.get(c["key"], "")) for c in columns}
        for row in answer.rows
    ]
