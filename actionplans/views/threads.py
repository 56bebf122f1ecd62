"""Coach and village in talk: answer, handled or not and why, open again."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from actionplans import access, actions, talk
from actionplans.forms.comments import CoachReplyForm, DeclineForm, ReplyForm
from actionplans.models import CommentThread
from actionplans.views.comments import place_for_coach
from network.access import person_of
from network.refusal import Refused
from network.views.answers import see_other


@require_GET
def thread(request: HttpRequest, thread_id: int) -> HttpResponse:
    found = access.thread_or_404(request.user, thread_id)
    return _page(request, found, {})


@require_POST
def thread_answer(request: HttpRequest, thread_id: int) -> HttpResponse:
    """The village answers at once; a coach's answer waits with her other drafts."""
    found = access.thread_to_answer_or_404(request.user, thread_id)
    if not access.can_write(request.user, found.plan_section.plan):
        return _coach_answer(request, found)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _page(request, found, {"reply_form": form})
    actions.answer_thread(thread=found, by=person_of(request), body=form.cleaned_data["body"])
    messages.success(request, "Je antwoord staat bij je coach.")
    return see_other(place_for_village(found))


def _coach_answer(request: HttpRequest, found: CommentThread) -> HttpResponse:
    form = CoachReplyForm(request.POST)
    if not form.is_valid():
        return _page(request, found, {"reply_form": form})
    actions.draft_reply(thread=found, by=person_of(request), body=form.cleaned_data["body"])
    return see_other(place_for_coach(found))


@require_POST
def thread_handle(request: HttpRequest, thread_id: int) -> HttpResponse:
    found = access.thread_to_close_or_404(request.user, thread_id)
    try:
        actions.handle_thread(thread=found, by=person_of(request))
    except Refused as refusal:
        return _refused(request, thread_id, refusal)
    messages.success(request, "Verwerkt. Goed bezig.")
    return see_other(place_for_village(found))


@require_POST
def thread_decline(request: HttpRequest, thread_id: int) -> HttpResponse:
    found = access.thread_to_close_or_404(request.user, thread_id)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, found, {"decline_form": form})
    reason = form.cleaned_data["reason"]
    try:
        actions.decline_thread(thread=found, by=person_of(request), reason=reason)
    except Refused as refusal:
        return _refused(request, thread_id, refusal)
    messages.success(request, "Je coach leest waarom.")
    return see_other(place_for_village(found))


@require_POST
def thread_reopen(request: HttpRequest, thread_id: int) -> HttpResponse:
    found = access.thread_to_answer_or_404(request.user, thread_id)
    try:
        actions.reopen_thread(thread=found, by=person_of(request))
    except Refused as refusal:
        return _refused(request, thread_id, refusal)
    messages.success(request, "Dit gesprek staat weer open.")
    writes = access.can_write(request.user, found.plan_section.plan)
    return see_other(place_for_village(found) if writes else place_for_coach(found))


def _refused(request: HttpRequest, thread_id: int, refusal: Refused) -> HttpResponse:
    """Somebody was first: the thread as it stands now, and the sentence."""
    messages.error(request, str(refusal))
    return _page(request, access.thread_or_404(request.user, thread_id), {}, status=409)


def _page(
    request: HttpRequest, found: CommentThread, forms: dict[str, Form], status: int = 0
) -> HttpResponse:
    conversation = talk.conversation_of(request.user, found)
    plan_section = found.plan_section
    context = {
        "conversation": conversation,
        "talk": conversation.talks[0],
        "plan_section": plan_section,
        "plan": plan_section.plan,
        "reply_form": CoachReplyForm() if conversation.is_coach else ReplyForm(),
        "decline_form": DeclineForm(),
        **forms,
    }
    status = status or (422 if forms else 200)
    return TemplateResponse(request, "actionplans/thread.html", context, status=status)


def place_for_village(thread: CommentThread) -> str:
    section = thread.plan_section
    village = section.plan.village
    page = reverse(
        "actionplans:section", args=[village.edition.slug, village.slug, section.section.slug]
    )
    return f"{page}#gesprek-{thread.pk}"
