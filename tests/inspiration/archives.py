"""An event with photos and presentations for tests: as rows only, or with files behind them."""

from datetime import timedelta
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile

from inspiration import actions
from inspiration.models import Album, Event, Photo, Presentation, Slide
from network import clock, files
from tests import factories, pictures
from tests.inspiration import decks

_numbers = count(1)


def event(*, edition, slug="", is_published=True, **fields) -> Event:
    slug = slug or f"dag-{next(_numbers)}"
    made = Event.objects.create(
        edition=edition,
        title=fields.pop("title", "Inspiratiedag"),
        slug=slug,
        starts_at=fields.pop("starts_at", clock.now() - timedelta(days=30)),
        published_at=clock.now() if is_published else None,
        **fields,
    )
    Album.objects.create(event=made, title="Foto’s", slug="fotos", published_at=clock.now())
    return made


def photo(*, event, by, state="published", exposure="", **fields) -> Photo:
    """A photo past the gate; its file is a row without anything behind it."""
    number = next(_numbers)
    exposure = exposure or {"published": "public", "withdrawn": "withdrawn"}.get(state, "private")
    file_state = fields.pop("file_state", "ready")
    file = factories.stored_file(
        by=by,
        purpose="archive",
        sha256=f"{number:064}",
        path="" if file_state == "refused" else f"nergens-{number}",
        state=file_state,
        exposure=exposure,
        width=1200,
        height=900,
    )
    words = {
        "alt": f"Vijf mensen rond tafel {number}",
        "caption": f"Dromen op papier {number}",
        "credit": "Rika Claus",
        "consent": "not_needed",
        "position": number,
        "widths": [320, 640],
    }
    return Photo.objects.create(
        album=fields.pop("album", None) or event.albums.get(slug="fotos"),
        file=file,
        state=state,
        **(words | fields),
    )


def talk(*, event, by, state="published", slides=2, **fields) -> Presentation:
    number = next(_numbers)
    file = factories.stored_file(
        by=by,
        purpose="archive",
        name="winkel.pdf",
        content_type=fields.pop("content_type", "application/pdf"),
        sha256=f"{number:064}",
        path=f"nergens-{number}",
        state="ready",
        exposure="public" if state == "published" else "private",
    )
    allowed = {"permission_at": clock.now(), "permission_by": by}
    made = Presentation.objects.create(
        event=event,
        file=file,
        title=fields.pop("title", f"Een winkel van iedereen {number}"),
        slug=fields.pop("slug", f"winkel-{number}"),
        credit="Bram De Smet",
        state=state,
        slide_count=slides,
        **(allowed | fields),
    )
    Slide.objects.bulk_create(
        Slide(
            presentation=made,
            number=n,
            title=f"Dia over brood {n}",
            text=f"Tekst van dia {n}",
            width=1600,
            height=900,
            widths=[480, 1024],
        )
        for n in range(1, slides + 1)
    )
    return made


def upload(*, event, by, data=None, name="foto.jpg"):
    """A real file through the action, and the worker's step for it; gives the row afresh."""
    data = pictures.photo() if data is None else data
    made = actions.add_file(event=event, upload=SimpleUploadedFile(name, data), by=by)
    files.process(str(made.file.pk))
    return type(made).objects.select_related("file").get(pk=made.pk)


def deck(*, event, by, slides=(("De toog", "Wie bakt er brood?"),), name="De toog.pdf"):
    return upload(event=event, by=by, data=decks.pdf(*slides), name=name)


def describe(photo, by, **words):
    words = {"alt": "Een toog", "credit": "Rika Claus", "consent": "not_needed"} | words
    actions.describe_photo(photo=photo, by=by, **words)
    return photo
