"""The archive as everyone sees it: without sign-in, without forms, ready for the page cache."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import EmptyPage, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from inspiration import access, actions, pictures, uploads
from inspiration.forms import TakedownForm
from inspiration.models import Album, Event, Presentation, Slide
from network import files, paths
from network.pagecache import fragment, public_page, remembered
from network.views.answers import form_page, posted, see_other

PHOTOS_A_PAGE = 60
PHOTOS_ON_EVENT = 9

View = Callable[..., Any]


def says_what_is_gone(view: View) -> View:
    """What was on the site and was taken away answers 410, with a kind page."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return view(request, *args, **kwargs)
        except access.Gone:
            return TemplateResponse(request, "410.html", status=410)

    return inner


@public_page()
@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    events = list(access.archive())
    covers = access.covers(events)
    rows = [(event, _cover(covers.get(event.cover_id))) for event in events]  # type: ignore[attr-defined]
    return TemplateResponse(request, "inspiration/archive.html", {"rows": rows})


def _cover(photo: Any) -> SafeString:
    return pictures.photo_picture(photo, sizes=pictures.WALL_SIZES) if photo else mark_safe("")


@public_page()
@require_safe
def event(request: HttpRequest, event: str) -> HttpResponse:
    found = access.event_or_404(request.user, event)
    build = partial(_event_body, found)
    body = fragment(f"event/{found.pk}", build) if found.is_published else build()
    return TemplateResponse(request, "inspiration/event.html", {"event": found, "body": body})


def _event_body(event: Event) -> str:
    talks = list(access.presentations_of(event))
    context = {
        "event": event,
        "items": access.programme_of(event),
        "albums": _albums(event),
        "talks": [(talk, _face(talk)) for talk in talks],
    }
    return render_to_string("inspiration/_event.html", context)


def _albums(event: Event) -> list[tuple[Album, SafeString]]:
    photos = access.first_photos(event, PHOTOS_ON_EVENT)
    return [
        (album, pictures.wall(shown, event.slug, big_first=len(shown) > 2))
        for album in access.albums_of(event)
        if (shown := photos.get(album.pk))
    ]


def _face(talk: Presentation) -> SafeString:
    """The first slide as a small poster; nothing for a file without slides."""
    first = next(iter(talk.first_slides), None)  # type: ignore[attr-defined]  # prefetched
    if first is None:
        return mark_safe("")
    return pictures.slide_picture(first, talk.file, sizes="11rem")


@public_page(params=(paths.PAGE_PARAM,))
@require_safe
def album(request: HttpRequest, event: str, album: str) -> HttpResponse:
    number = paths.page_number(request.GET.get(paths.PAGE_PARAM))
    try:
        made = remembered(f"album/{event}/{album}/{number}", lambda: _album(event, album, number))
    except EmptyPage:  # a page that was, or never was: kept nowhere
        return see_other(request.path)
    return TemplateResponse(request, "inspiration/album.html", made)


def _album(event: str, slug: str, number: int) -> dict[str, str]:
    album = access.album_or_404(event, slug)
    page = Paginator(access.photos_of(album), PHOTOS_A_PAGE).page(number)
    wall = pictures.wall(list(page.object_list), album.event.slug)
    context = {"album": album, "page": page, "wall": wall}
    return {
        "title": f"{album.title} · {album.event.title}",
        "description": album.intro,
        "body": render_to_string("inspiration/_album.html", context),
    }


@public_page()
@says_what_is_gone
@require_safe
def photo(request: HttpRequest, event: str, photo: str) -> HttpResponse:
    found = access.photo_or_404(event, photo)
    context = {
        "photo": found,
        "event": found.album.event,
        "place": access.place_of(found),
        "picture": pictures.photo_picture(found, eager=True),
    }
    return TemplateResponse(request, "inspiration/photo.html", context)


@login_not_required
@never_cache
@says_what_is_gone
@require_http_methods(["GET", "HEAD", "POST"])
def photo_takedown(request: HttpRequest, event: str, photo: str) -> HttpResponse:
    """Anyone may ask, without an account; the photo is off the site before we read why. Only who
    empties the archive is stopped: above the limit the coordinator decides first."""
    found = access.photo_or_404(event, photo)
    form = TakedownForm(posted(request))
    if form.is_valid():
        hide = ratelimit.consume(request, action="takedown", key="all")
        actions.request_takedown(photo=found, hide=hide, **form.cleaned_data)
        answer = "takedown-thanks" if hide else "takedown-noted"
        return see_other(reverse(f"inspiration:{answer}"))
    picture = pictures.photo_picture(found, sizes="20rem", eager=True)
    template = "inspiration/photo_takedown.html"
    return form_page(request, template, form, photo=found, picture=picture)


@public_page()
@require_safe
def takedown_thanks(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "inspiration/takedown_thanks.html")


@public_page()
@require_safe
def takedown_noted(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "inspiration/takedown_noted.html")


@public_page()
@says_what_is_gone
@require_safe
def presentation(request: HttpRequest, event: str, presentation: str) -> HttpResponse:
    made = remembered(f"talk/{event}/{presentation}", lambda: _talk(event, presentation))
    return TemplateResponse(request, "inspiration/presentation.html", made)


def _talk(event: str, slug: str) -> dict[str, str]:
    """Speakers, and each slide as a picture with its text."""
    talk = access.presentation_or_404(event, slug)
    slides = [_slide(slide, talk) for slide in talk.slides.all()]
    context = {
        "talk": talk,
        "slides": slides,
        "kind": uploads.kind_label(talk.file),
        "speakers": access.speakers_of(talk),
    }
    body = render_to_string("inspiration/_slides.html", context)
    return {"title": talk.title, "description": talk.summary, "body": body}


def _slide(slide: Slide, talk: Presentation) -> tuple[str, str, SafeString]:
    """Number, text and picture. The number as text: the template would localise it four times."""
    first = slide.number == 1
    picture = pictures.slide_picture(slide, talk.file, alt=slide.alt, eager=first)
    return str(slide.number), slide.text, picture


@login_not_required
@says_what_is_gone
@require_safe
def presentation_file(request: HttpRequest, event: str, presentation: str) -> HttpResponseBase:
    found = access.presentation_or_404(event, presentation)
    name = f"{found.slug}.{uploads.kind_label(found.file)}"
    return files.response(
        files.private(),
        found.file.path,
        content_type=found.file.content_type,
        name=name,
        is_public=True,
    )


@public_page()
@require_safe
def speaker(request: HttpRequest, speaker: str) -> HttpResponse:
    found = access.speaker_or_404(speaker)
    context = {
        "speaker": found,
        "appearances": access.appearances_of(found),
        "talks": [(talk, _face(talk)) for talk in access.presentations_by(found)],
    }
    return TemplateResponse(request, "inspiration/speaker.html", context)
