"""The words of the archive for network/search.py: written by actions, shown as results."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from inspiration import access, pictures
from inspiration.models import Event, Photo, Presentation, Slide
from network import formats, search
from network.models import SearchText

EVENTS, PHOTOS, PRESENTATIONS = "event", "photo", "presentation"


def register() -> None:
    search.register(search.Source(PRESENTATIONS, "Presentaties", _talks, _describe_slide))
    search.register(search.Source(PHOTOS, "Foto’s", _photos, _describe_photo))
    search.register(search.Source(EVENTS, "Uit het archief", _events, _describe_event))


def index_event(event: Event) -> None:
    """The event with its programme, once it is published; nothing before."""
    if not event.is_published:
        return search.remove(EVENTS, event.pk)
    words = [event.summary, event.place, event.address]
    for item in access.programme_of(event):
        speakers = [appearance.speaker.person.name for appearance in item.appearances.all()]
        words += [item.title, item.description, *speakers]
    return search.index(
        EVENTS, event.pk, [search.Part(0, event.title, "\n".join(filter(None, words)))]
    )


def index_photo(photo: Photo) -> None:
    if photo.state != Photo.State.PUBLISHED:
        return search.remove(PHOTOS, photo.pk)
    title = photo.caption or photo.alt
    return search.index(PHOTOS, photo.pk, [search.Part(0, title, f"{photo.alt}\n{photo.caption}")])


def index_presentation(presentation: Presentation) -> None:
    """Part 0 is the presentation itself, part n its slide n."""
    if presentation.state != Presentation.State.PUBLISHED:
        return search.remove(PRESENTATIONS, presentation.pk)
    whole = search.Part(0, presentation.title, f"{presentation.summary}\n{presentation.credit}")
    parts = [search.Part(slide.number, slide.title, slide.text) for slide in _slides(presentation)]
    return search.index(PRESENTATIONS, presentation.pk, [whole, *parts])


def _slides(presentation: Presentation) -> list[Slide]:
    return list(presentation.slides.all())


def _talks(user: Any) -> QuerySet[Presentation]:
    talks = access.public_presentations().select_related("file", "event")
    return talks.prefetch_related(
        Prefetch("slides", Slide.objects.narrow().defer("text"), to_attr="narrow_slides")
    )


def _photos(user: Any) -> QuerySet[Photo]:
    return access.public_photos().select_related("file", "album__event")


def _events(user: Any) -> QuerySet[Event]:
    return access.public_events()


def _describe_slide(
    presentation: Presentation, hit: SearchText, snippet: SafeString
) -> search.Result:
    url = pictures.presentation_url(presentation)
    event = presentation.event.title
    if not hit.part:
        return search.Result(presentation.title, url, event, snippet)
    is_own = hit.title and hit.title != presentation.title
    title = f"{presentation.title}: {hit.title}" if is_own else presentation.title
    return search.Result(
        title=title,
        url=f"{url}#dia-{hit.part}",
        detail=f"dia {hit.part} van {presentation.slide_count} · {event}",
        snippet=snippet,
        picture=pictures.url(presentation.file, _width(presentation, hit.part), page=hit.part),
    )


def _width(presentation: Presentation, number: int) -> int:
    """Of the picture beside a hit: every slide has the usual one, but for the narrow ones."""
    narrow: list[Slide] = presentation.narrow_slides  # type: ignore[attr-defined]  # prefetched
    widths: list[int] = next((s.widths for s in narrow if s.number == number), [])
    return pictures.width_for(widths, pictures.SLIDE_WIDTH)


def _describe_photo(photo: Photo, hit: SearchText, snippet: SafeString) -> search.Result:
    return search.Result(
        title=str(photo.caption or photo.alt),
        url=pictures.photo_url(photo),
        detail=photo.album.event.title,
        snippet=snippet,
        picture=pictures.url(photo.file, min(photo.widths, default=320)),
    )


def _describe_event(event: Event, hit: SearchText, snippet: SafeString) -> search.Result:
    url = reverse("inspiration:event", args=[event.slug])
    return search.Result(event.title, url, formats.date_long(event.starts_at), snippet)
