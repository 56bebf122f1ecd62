"""The gate of the presentations: describe, note the permission, publish, take off the site."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from inspiration import access, actions, pictures, uploads
from inspiration.forms import PresentationForm
from inspiration.models import Presentation
from inspiration.views.events import keep_url
from network import access as ground
from network.refusal import Refused
from network.views.answers import form_page, posted, see_other

FIRST_SLIDES = 6


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
        "talk": talk,
        "kind": uploads.kind_label(talk.file),
        "slides": [
            pictures.slide_picture(slide, talk.file, sizes="14rem", draft=True)
            for slide in talk.slides.all()[:FIRST_SLIDES]
        ],
    }
    return form_page(request, "inspiration/presentation_edit.html", form, **context)


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
