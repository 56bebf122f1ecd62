"""When the mails around each session of an edition leave."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from network import access as network_access
from network.models import Edition
from network.views.answers import see_other
from sessions import access, actions, forms


@require_GET
def rules(request: HttpRequest, edition: str) -> HttpResponse:
    found = network_access.coordinated_edition_or_404(request.user, edition)
    return _page(request, found, None)


@require_POST
def rule_edit(request: HttpRequest, edition: str, key: str) -> HttpResponse:
    found = network_access.coordinated_edition_or_404(request.user, edition)
    rule = access.rule_or_404(found, key)
    form = forms.Rule(request.POST, rule=rule)
    if not form.is_valid():
        return _page(request, found, form)
    by = network_access.person_of(request)
    actions.change_rule(by=by, rule=rule, **form.cleaned_data)
    messages.success(request, f"Bewaard: {rule}.")
    return see_other(reverse("worksessions:rules", args=[edition]) + f"#{key}")


def _page(request: HttpRequest, edition: Edition, sent: forms.Rule | None) -> HttpResponse:
    """All rules; the one that was sent with its mistakes."""
    shown = [
        (rule, sent if sent and sent.prefix == rule.key else forms.Rule(rule=rule))
        for rule in access.rules_of(edition)
    ]
    context = {"edition": edition, "rules": shown}
    status = 422 if sent else 200
    return TemplateResponse(request, "worksessions/rules.html", context, status=status)
