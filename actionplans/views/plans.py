"""The plan, one section of it, and the whole of it to read or print."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from actionplans import access, actions, forms, talk
from actionplans.access import Chapter
from actionplans.models import ActionPlan, PlanSection
from actionplans.views import plan_page
from network import access as ground
from network.views.answers import see_other


@never_cache  # the back button must not bring an old revision number
@require_GET
def plan(request: HttpRequest, edition: str, village: str) -> HttpResponse:
    """Opens at the first question that the next session needs."""
    found = access.find_plan(request.user, edition, village)
    if found is None:
        place = ground.village_or_404(request.user, edition, village)
        can_start = access.can_start(request.user, place)
        context = {"village": place, "can_start": can_start}
        return TemplateResponse(request, "actionplans/not_started.html", context)
    return TemplateResponse(request, "actionplans/plan.html", plan_context(request, found))


@require_POST
def start(request: HttpRequest, edition: str, village: str) -> HttpResponse:
    place = access.village_to_plan_or_404(request.user, edition, village)
    plan = actions.start_plan(village=place, by=ground.person_of(request))
    return see_other(reverse("actionplans:plan", args=plan_page.plan_args(plan)))


@never_cache
@require_GET
def section(request: HttpRequest, edition: str, village: str, section: str) -> HttpResponse:
    plan = access.plan_or_404(request.user, edition, village)
    plan_section = access.plan_section_or_404(request.user, plan, section)
    context = section_context(request, plan, plan_section.section.slug)
    return TemplateResponse(request, "actionplans/section.html", context)


@require_GET
def read(request: HttpRequest, edition: str, village: str) -> HttpResponse:
    """All that this person may read and take along, on one page, for the eye and for paper."""
    plan = access.plan_or_404(request.user, edition, village)
    chapters = access.readable_chapters(request.user, plan, leaves=True)
    pieces = [(c, plan_page.pieces(request, plan, c, can_write=False)) for c in chapters]
    filled = [(c, [piece for piece in found if piece.has_content]) for c, found in pieces]
    context = {"plan": plan, "chapters": [(c, found) for c, found in filled if found]}
    return TemplateResponse(request, "actionplans/read.html", context)


def plan_context(request: HttpRequest, plan: ActionPlan) -> dict[str, Any]:
    chapters = access.readable_chapters(request.user, plan)
    upcoming = access.next_session(plan.village.edition)
    number = plan_page.session_number(chapters, upcoming)
    work = access.open_for_session(plan, number)
    can_write = access.can_write(request.user, plan)
    opened = plan_page.open_chapter(chapters, work.slug, number) if can_write else None
    shown = opened.plan_section.section if opened else None
    return {
        **_shared(request, plan, chapters, number, can_write=can_write),
        "stamps": plan_page.stamps(plan, chapters, shown),
        **_dossier(request, plan),
        "next": plan_page.next_step(plan, work, upcoming, shown),
        "opened": opened,
        "pieces": plan_page.pieces(request, plan, opened, can_write=True) if opened else [],
        "conversation": _talk_beside(request, plan, opened),
        "course_form": forms.CourseForm(),
    }


def _dossier(request: HttpRequest, plan: ActionPlan) -> dict[str, Any]:
    """How far the plan is, and why it rests, for who has the dossier."""
    if not access.has_dossier(request.user, plan):
        return {"has_dossier": False, "progress": None}
    progress = access.progress([plan])[plan.pk]
    return {
        "has_dossier": True,
        "progress": progress,
        "progress_sentence": plan_page.progress_sentence(progress),
    }


def section_context(
    request: HttpRequest, plan: ActionPlan, slug: str, sent: Any = None
) -> dict[str, Any]:
    """One section open, the others folded below; `sent` is a form with mistakes."""
    chapters = access.readable_chapters(request.user, plan)
    opened = next(c for c in chapters if c.plan_section.section.slug == slug)
    number = plan_page.session_number(chapters, access.next_session(plan.village.edition))
    can_write = access.can_write(request.user, plan)
    return {
        **_shared(request, plan, chapters, number, can_write=can_write),
        "opened": opened,
        "pieces": plan_page.pieces(request, plan, opened, can_write=can_write, sent=sent),
        "conversation": _talk_beside(request, plan, opened),
        "before": _neighbour(chapters, opened, -1),
        "after": _neighbour(chapters, opened, 1),
    }


def _shared(
    request: HttpRequest,
    plan: ActionPlan,
    chapters: list[Chapter],
    number: int,
    *,
    can_write: bool,
) -> dict[str, Any]:
    waiting = access.open_by_section(request.user, plan)
    folds = plan_page.folds(plan, chapters, number, waiting)
    return {
        "plan": plan,
        "village": plan.village,
        "person": ground.person_of(request),
        "can_write": can_write,
        "visibilities": PlanSection.Visibility.choices,
        "core": [fold for fold in folds if fold.section.is_core],
        "more": [fold for fold in folds if not fold.section.is_core],
    }


def _talk_beside(
    request: HttpRequest, plan: ActionPlan, opened: Chapter | None
) -> talk.Conversation | None:
    """Only for who has the dossier: a shared text keeps its talk at home."""
    if opened is None or not opened.readable or not access.has_dossier(request.user, plan):
        return None
    return talk.conversation(request.user, plan, opened.plan_section)


def _neighbour(chapters: list[Chapter], opened: Chapter, step: int) -> Any:
    readable = [c for c in chapters if c.readable]
    place = readable.index(opened) + step
    return readable[place].plan_section.section if 0 <= place < len(readable) else None
