"""The gate of the presentations: describe, note the permission, publish, take off the site."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from inspiration import access, actions, pictures, uploads
from inspiration.forms import PresentationForm
from inspiration.models import Presentation
from inspiration.views.events import keep_url
from network import access as ground
from network.refusal import Refused
from network.views.answers import form_page, posted, see_other


@require_http_methods(["GET", "POST"])
def presentation_edit(request: HttpRequest, event: str, presentation: str) -> HttpResponse:
    found = access.coordinated_event_or_404(request.user, event)
    talk = access.presentation_of_event_or_404(found, presentation)
    form = PresentationForm(posted(request), presentation=talk)
    if form.is_valid():
        actions.describe_presentation(
            presentation=talk, by=ground.person_of(request), **form.cleaned_data
        )
        messages.success(request, "Bewaard.")
        return see_other(_edit_url(talk))
    context = {
        "event": found,
        "kind": uploads.kind_label(talk.file),
        "not_drawn": _not_drawn(talk),
        **_drawn_since(talk, 0),
    }
    return form_page(request, "inspiration/presentation_edit.html", form, **context)


@require_GET
def presentation_drawn(request: HttpRequest, event: str, presentation: str) -> HttpResponse:
    """How far the worker is, and the slides that it drew since the one the page has: a fragment,
    polled by htmx while the worker is busy."""
    found = access.coordinated_event_or_404(request.user, event)
    talk = access.presentation_of_event_or_404(found, presentation)
    context = {"event": found, "is_fragment": True, **_drawn_since(talk, _number(request))}
    return TemplateResponse(request, "inspiration/_drawn_state.html", context)


def _number(request: HttpRequest) -> int:
    """Of the last slide that the page shows."""
    asked = request.GET.get("na", "")[:6]
    return int(asked) if asked.isascii() and asked.isdecimal() else 0


def _drawn_since(talk: Presentation, last: int) -> dict[str, Any]:
    slides = list(talk.slides.filter(number__gt=last).defer("text"))
    shown = [
        pictures.slide_picture(slide, talk.file, alt=slide.alt, sizes="16rem", draft=True)
        for slide in slides
    ]
    return {"talk": talk, "slides": shown, "last": slides[-1].number if slides else last}


def _not_drawn(talk: Presentation) -> str:
    """Which slides are a grey sheet, in a sentence."""
    numbers = [str(n) for n in talk.slides.filter(is_drawn=False).values_list("number", flat=True)]
    if not numbers:
        return ""
    if len(numbers) == 1:
        return f"Dia {numbers[0]} konden we niet tekenen."
    return f"De dia’s {', '.join(numbers[:-1])} en {numbers[-1]} konden we niet tekenen."


@require_POST
def presentation_publish(request: HttpRequest, event: str, presentation: str) -> HttpResponse:
    found = access.coordinated_event_or_404(request.user, event)
    talk = access.presentation_of_event_or_404(found, presentation)
    try:
        actions.publish_presentation(presentation=talk, by=ground.person_of(request))
    except Refused as reason:
        messages.error(request, str(reason))
        return see_other(_edit_url(talk))
    messages.success(request, f"“{talk.title}” staat op de site.")
    return see_other(keep_url(found))


@require_POST
def presentation_withdraw(request: HttpRequest, event: str, presentation: str) -> HttpResponse:
    found = access.coordinated_event_or_404(request.user, event)
    talk = access.presentation_of_event_or_404(found, presentation)
    actions.withdraw_presentation(presentation=talk, by=ground.person_of(request))
    messages.success(request, f"“{talk.title}” is van de site.")
    return see_other(keep_url(found))


def _edit_url(talk: Presentation) -> str:
    return reverse("inspiration:presentation-edit", args=[talk.event.slug, talk.slug])
