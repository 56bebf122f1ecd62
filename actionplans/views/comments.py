"""A coach's comments before they leave: write, edit, throw away, send together."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from actionplans import access, actions
from actionplans.forms.comments import CommentForm, DraftForm
from actionplans.models import ActionPlan, CommentThread
from network import formats
from network.access import person_of
from network.refusal import Refused
from network.views.answers import done, form_page, posted, see_other

TEMPLATE = "actionplans/comment_form.html"


@require_http_methods(["GET", "POST"])
def comment_add(
    request: HttpRequest, edition: str, village: str, section: str, question: str
) -> HttpResponse:
    """GET takes the words from ?versie, ?van and ?tot (code points); without them it is about
    the whole answer."""
    asking = access.asking_or_404(request.user, edition, village, section, question)
    by = person_of(request)
    form = CommentForm(posted(request), coach=by, answer=asking.answer, words=_words(request))
    if form.is_valid():
        comment = actions.draft_comment(
            plan_section=asking.plan_section,
            question=asking.question,
            by=by,
            kind=form.cleaned_data["kind"],
            body=form.cleaned_data["body"],
            revision=form.version,
            anchor=form.anchor,
        )
        return see_other(place_for_coach(comment.thread))
    return form_page(request, TEMPLATE, form, asking=asking, plan=asking.plan)


def _words(request: HttpRequest) -> dict[str, str]:
    names = {"revision": "versie", "start": "van", "end": "tot"}
    return {field: request.GET[name] for field, name in names.items() if name in request.GET}


@require_http_methods(["GET", "POST"])
def comment_edit(request: HttpRequest, comment_id: int) -> HttpResponse:
    comment = access.draft_or_404(request.user, comment_id)
    initial = {"kind": comment.kind, "body": comment.body}
    form = DraftForm(posted(request), initial=initial)
    if done(form, lambda: actions.edit_draft(comment=comment, **form.cleaned_data)):
        return see_other(place_for_coach(comment.thread))
    plan = comment.thread.plan_section.plan
    return form_page(request, TEMPLATE, form, comment=comment, plan=plan)


@require_POST
def comment_delete(request: HttpRequest, comment_id: int) -> HttpResponse:
    comment = access.draft_or_404(request.user, comment_id)
    plan = comment.thread.plan_section.plan
    try:
        actions.delete_draft(comment=comment)
        messages.success(request, "Je opmerking is gewist.")
    except Refused as refusal:
        messages.error(request, str(refusal))
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
