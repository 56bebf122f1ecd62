from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from actionplans import access, actions, coach_reading, desk, talk
from network.access import person_of


@require_GET
def coach(request: HttpRequest) -> HttpResponse:
    """One quiet row per village of this coach."""
    villages = access.coached_villages_or_404(request.user)
    rows = desk.rows(request.user, villages)
    context = {
        "person": person_of(request),
        "first": [row for row in rows if row.waits_for_me],
        "rest": [row for row in rows if not row.waits_for_me],
    }
    return TemplateResponse(request, "actionplans/coach.html", context)


@require_GET
def coach_plan(request: HttpRequest, edition: str, village: str) -> HttpResponse:
    """The whole plan to read, with what changed since the last visit and the talk beside it."""
    plan = access.plan_to_coach_or_404(request.user, edition, village)
    # Reading is noted down; it changes nothing that others see.
    visit = actions.visit_plan(plan=plan, by=person_of(request))
    chapters = access.readable_chapters(request.user, plan)
    open_sections = [chapter.plan_section for chapter in chapters if chapter.readable]
    since = coach_reading.Since(access.read_before(plan, visit.since_at), visit.since_at is None)
    found = talk.talks(access.threads_in(request.user, open_sections))
    shown = coach_reading.read(chapters, found, since)
    context = {
        "plan": plan,
        "village": plan.village,
        "visit": visit,
        "chapters": shown,
        "quiet": [row.section.title for row in shown if row.is_quiet],
        "conversation": talk.Conversation([], may_close=False, may_answer=True, is_coach=True),
        "coach_page": True,
        "actions": access.actions_of(plan),
        "drafts": access.drafts(request.user, plan),
    }
    return TemplateResponse(request, "actionplans/coach_plan.html", context)
