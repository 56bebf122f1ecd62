"""Addresses and <picture> elements of photos and slides, written once per row in plain strings.

A wall of photos has too many pieces for template tags (LIBRARIES.md 6): here each figure is
one format_html. Drafts have addresses of their own, that only their coordinator can open.
"""

from __future__ import annotations

from functools import lru_cache

from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from inspiration.models import Photo, Presentation, Slide
from network.models import StoredFile

SLIDE_WIDTH = 480
# What a photo takes of the window: three columns on a wide screen, two on a phone.
WALL_SIZES = "(min-width: 80rem) 25rem, (min-width: 40rem) 31vw, 47vw"
BIG_SIZES = "(min-width: 80rem) 50rem, (min-width: 40rem) 63vw, 94vw"
PAGE_SIZES = "(min-width: 80rem) 76rem, 94vw"
SLIDE_SIZES = "(min-width: 60rem) 38rem, 94vw"
FIRST_ROW = 3


@lru_cache
def _base(*, draft: bool) -> str:
    """Where pictures are served, up to the name: reversing 400 addresses a page is too slow."""
    name = "inspiration:draft-picture" if draft else "network:picture"
    return reverse(name, args=["NAAM", 0, 1, "jpg"]).split("NAAM")[0]


def url(
    file: StoredFile, width: int, *, page: int = 0, form: str = "jpg", draft: bool = False
) -> str:
    return f"{_base(draft=draft)}{file.public_name}/{page}-{width}.{form}"


def width_for(widths: list[int], wanted: int) -> int:
    """The smallest width there is that is wide enough, or the widest: a narrow page was never
    drawn as wide as the others."""
    return min((width for width in widths if width >= wanted), default=max(widths, default=wanted))


def photo_url(photo: Photo) -> str:
    return reverse("inspiration:photo", args=[photo.album.event.slug, photo.public_id])


def presentation_url(presentation: Presentation) -> str:
    args = [presentation.event.slug, presentation.slug]
    return reverse("inspiration:presentation", args=args)


def picture(
    file: StoredFile,
    widths: list[int],
    *,
    alt: str,
    width: int,
    height: int,
    sizes: str,
    page: int = 0,
    eager: bool = False,
    draft: bool = False,
) -> SafeString:
    """A <picture> with AVIF and JPEG; the browser takes the size it needs."""
    start = f"{_base(draft=draft)}{file.public_name}/{page}-"
    avif = ", ".join([f"{start}{size}.avif {size}w" for size in widths])
    jpeg = ", ".join([f"{start}{size}.jpg {size}w" for size in widths])
    loading = "" if eager else ' loading="lazy"'
    # Every piece is a number, an opaque name or a constant of ours, but for the escaped alt.
    return mark_safe(  # noqa: S308
        f'<picture><source type="image/avif" srcset="{avif}" sizes="{sizes}">'
        f'<img src="{start}{_middle(widths)}.jpg" srcset="{jpeg}" sizes="{sizes}" '
        f'alt="{conditional_escape(alt)}" width="{width}" height="{height}"{loading}></picture>'
    )


def _middle(widths: list[int]) -> int:
    """For a browser that knows no srcset: large enough to see, small enough to load."""
    return width_for(widths, 640) if widths else 320


def photo_picture(
    photo: Photo, *, sizes: str = PAGE_SIZES, eager: bool = False, draft: bool = False
) -> SafeString:
    return picture(
        photo.file,
        photo.widths,
        alt=photo.alt,
        width=photo.file.width or 4,
        height=photo.file.height or 3,
        sizes=sizes,
        eager=eager,
        draft=draft,
    )


def slide_picture(
    slide: Slide,
    file: StoredFile,
    *,
    alt: str = "",
    sizes: str = SLIDE_SIZES,
    eager: bool = False,
    draft: bool = False,
) -> SafeString:
    return picture(
        file,
        slide.widths,
        alt=alt,
        width=slide.width,
        height=slide.height,
        sizes=sizes,
        page=slide.number,
        eager=eager,
        draft=draft,
    )


def wall(
    photos: list[Photo], event_slug: str, *, big_first: bool = False, at_once: int = FIRST_ROW
) -> SafeString:
    """The figures of a photo wall; the first row loads at once, the rest when it is near."""
    base = reverse("inspiration:photo", args=[event_slug, "NUMMER"])
    figures = [
        _figure(photo, base, big=big_first and number == 0, eager=number < at_once)
        for number, photo in enumerate(photos)
    ]
    return mark_safe("\n".join(figures))  # noqa: S308  format_html wrote each of them


def _figure(photo: Photo, base: str, *, big: bool, eager: bool) -> SafeString:
    sizes = BIG_SIZES if big else WALL_SIZES
    caption = format_html("<figcaption>{}</figcaption>", photo.caption) if photo.caption else ""
    return format_html(
        '<figure class="print{}"><a href="{}" data-photo>{}</a>{}</figure>',
        " big" if big else "",
        base.replace("NUMMER", photo.public_id),
        photo_picture(photo, sizes=sizes, eager=eager),
        caption,
    )
