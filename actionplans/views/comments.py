"""A coach's comments before they leave: write, edit, throw away, send together."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from actionplans import access, actions
from actionplans.forms.comments import CommentForm, DraftForm
from actionplans.models import ActionPlan, CommentThread
from network import formats
from network.access import person_of
from network.views.answers import posted, see_other


@require_http_methods(["GET", "POST"])
def comment_add(
    request: HttpRequest, edition: str, village: str, section: str, question: str
) -> HttpResponse:
    """GET takes the words from ?versie, ?van and ?tot (code points); without them it is about
    the whole answer."""
    asking = access.asking_or_404(request.user, edition, village, section, question)
    form = CommentForm(posted(request), answer=asking.answer, words=_words(request))
    if form.is_valid():
        comment = actions.draft_comment(
            plan_section=asking.plan_section,
            question=asking.question,
            by=person_of(request),
            kind=form.cleaned_data["kind"],
            body=form.cleaned_data["body"],
            revision=form.version,
            anchor=form.anchor,
        )
        return see_other(place_for_coach(comment.thread))
    context = {"form": form, "asking": asking, "plan": asking.plan}
    return _form_page(request, form, context)


def _words(request: HttpRequest) -> dict[str, str]:
    names = {"revision": "versie", "start": "van", "end": "tot"}
    return {field: request.GET[name] for field, name in names.items() if name in request.GET}


@require_http_methods(["GET", "POST"])
def comment_edit(request: HttpRequest, comment_id: int) -> HttpResponse:
    comment = access.draft_or_404(request.user, comment_id)
    initial = {"kind": comment.kind, "body": comment.body}
    form = DraftForm(posted(request), initial=initial)
    if form.is_valid():
        actions.edit_draft(comment=comment, by=person_of(request), **form.cleaned_data)
        return see_other(place_for_coach(comment.thread))
    plan = comment.thread.plan_section.plan
    return _form_page(request, form, {"form": form, "comment": comment, "plan": plan})


def _form_page(request: HttpRequest, form: DraftForm, context: dict[str, object]) -> HttpResponse:
    status = 422 if form.errors else 200
    return TemplateResponse(request, "actionplans/comment_form.html", context, status=status)


@require_POST
def comment_delete(request: HttpRequest, comment_id: int) -> HttpResponse:
    comment = access.draft_or_404(request.user, comment_id)
    plan = comment.thread.plan_section.plan
    actions.delete_draft(comment=comment, by=person_of(request))
    messages.success(request, "Je opmerking is gewist.")
    return see_other(coach_page(plan))


@require_POST
def comments_send(request: HttpRequest, edition: str, village: str) -> HttpResponse:
    plan = access.plan_to_coach_or_404(request.user, edition, village)
    drafts = access.drafts(request.user, plan).values_list("pk", flat=True)
    count = actions.send_drafts(plan=plan, drafts=drafts, by=person_of(request))
    if count:
        sent = formats.plural(count, "opmerking", "opmerkingen")
        messages.success(request, f"{sent} verstuurd naar {plan.village.name}, in één mail.")
    else:
        messages.info(request, "Er stond niets meer klaar om te versturen.")
    return see_other(coach_page(plan))


def coach_page(plan: ActionPlan) -> str:
    return reverse("actionplans:coach-plan", args=[plan.village.edition.slug, plan.village.slug])


def place_for_coach(thread: CommentThread) -> str:
    return f"{coach_page(thread.plan_section.plan)}#gesprek-{thread.pk}"
