"""The action table: add, change, tick off."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from actionplans import access, actions, forms, saving
from actionplans.actions import ActionFields
from actionplans.models import Action, ActionPlan
from actionplans.views import plan_page
from network import access as ground
from network import formats
from network.views.answers import form_page, posted, see_other

EDIT = "actionplans/action_edit.html"


@require_http_methods(["GET", "POST"])
def action_add(request: HttpRequest, edition: str, village: str) -> HttpResponse:
    """The short form under the table posts here; with a mistake it comes back alone."""
    plan = access.plan_to_write_or_404(request.user, edition, village)
    form = forms.QuickActionForm(posted(request), team=plan_page.team(plan))
    if form.is_valid():
        fields = ActionFields(**form.values())
        added = actions.add_action(plan=plan, fields=fields, by=ground.person_of(request))
        return see_other(f"{_table_url(plan)}#actie-{added.number}")
    return form_page(request, "actionplans/action_add.html", form, plan=plan, back=_table_url(plan))


@require_http_methods(["GET", "POST"])
def action_edit(request: HttpRequest, edition: str, village: str, number: int) -> HttpResponse:
    plan = access.plan_to_write_or_404(request.user, edition, village)
    action = access.action_or_404(plan, number)
    form = _form(request, plan, action)
    if form.is_valid():
        fields = ActionFields(**form.values())
        base, by = form.cleaned_data["base"], ground.person_of(request)
        try:
            actions.save_action(action=action, base=base, fields=fields, by=by)
        except actions.StaleAction as stale:
            return _stale(request, plan, stale)
        return see_other(f"{_table_url(plan)}#actie-{number}")
    back = _table_url(plan)
    return form_page(request, EDIT, form, plan=plan, action=action, back=back)


@require_POST
def action_complete(request: HttpRequest, edition: str, village: str, number: int) -> HttpResponse:
    """Field `klaar`: 1 or 0."""
    plan = access.plan_to_write_or_404(request.user, edition, village)
    action = access.action_or_404(plan, number)
    is_done = request.POST.get("klaar") == "1"
    actions.complete_action(action=action, is_done=is_done, by=ground.person_of(request))
    return see_other(f"{_table_url(plan)}#actie-{number}")


def _form(request: HttpRequest, plan: ActionPlan, action: Action) -> forms.ActionForm:
    return forms.ActionForm(
        posted(request),
        team=_team_with(plan, action),
        sections=access.sections_of(plan),
        initial=_initial(action),
    )


def _team_with(plan: ActionPlan, action: Action) -> list:
    """Somebody who left the village stays on the action until it is given to another."""
    team = plan_page.team(plan)
    gone = [action.owner] if action.owner and action.owner not in team else []
    return [*team, *gone]


def _initial(action: Action) -> dict[str, object]:
    kept = {name: getattr(action, name) for name in ActionFields.__annotations__}
    cost = formats.number(action.cost) if action.cost is not None else ""
    return {
        **kept,
        "owner": action.owner_id or "",
        "section": action.section_id or "",
        "cost": cost,
        "base": action.revision,
    }


def _stale(request: HttpRequest, plan: ActionPlan, stale: actions.StaleAction) -> HttpResponse:
    """Both versions side by side; the form holds mine on top of what stands now."""
    form = forms.ActionForm(
        _on_top_of(request, stale.action),
        team=_team_with(plan, stale.action),
        sections=access.sections_of(plan),
    )
    context = {
        "plan": plan,
        "action": stale.action,
        "form": form,
        "stale": _differences(stale),
        "back": _table_url(plan),
    }
    return TemplateResponse(request, EDIT, context, status=409)


def _on_top_of(request: HttpRequest, action: Action) -> QueryDict:
    data = request.POST.copy()
    data["base"] = str(action.revision)
    return data


def _differences(stale: actions.StaleAction) -> list[dict[str, object]]:
    return [
        {
            "label": getattr(Action, name).field.verbose_name,
            "theirs": saving.shown_field(name, getattr(stale.action, name)),
            "mine": saving.shown_field(name, value),
        }
        for name, value in stale.mine.items()
        if getattr(stale.action, name) != value
    ]


def _table_url(plan: ActionPlan) -> str:
    return reverse("actionplans:section", args=[*plan_page.plan_args(plan), "acties"])
