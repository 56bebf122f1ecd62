"""The purpose "archive" of network/files.py: what a file of an event may be, and how the worker
makes it ready. One purpose for photos and presentations, so that both go in one choice of files."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from inspiration import indexing, judging, photo_dates, slides
from inspiration.models import Photo, Presentation, Slide
from network import files, formats, images, pagecache, picture_headers
from network.models import StoredFile
from network.refusal import Refused

PURPOSE = "archive"
MEGABYTE = 1000 * 1000
MAX_BYTES = {"photo": 20 * MEGABYTE, "pdf": 40 * MEGABYTE, "pptx": 80 * MEGABYTE}
MAX_BYTES["odp"] = MAX_BYTES["pptx"]
# What the form says beforehand. "together" is what the web server in front lets through
# (docs/operations.md); `at_once` holds for a form without JavaScript, which sends all in one go.
LIMITS = {
    "photo": MAX_BYTES["photo"],
    "megapixels": images.MEGAPIXELS,
    "pdf": MAX_BYTES["pdf"],
    "pages": slides.MAX_PAGES,
    "office": MAX_BYTES["pptx"],
    "at_once": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
    "together": 500 * MEGABYTE,
}
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
OTHER_TYPE = (
    "“{}” is geen foto of presentatie die we kennen. Neem een foto als JPEG, PNG, WebP of HEIC, "
    "of een presentatie als pdf, pptx of odp."
)


def register() -> None:
    files.register(
        files.Purpose(
            name=PURPOSE,
            max_bytes=max(MAX_BYTES.values()),
            judge=judge,
            process=process,
        )
    )


def is_photo(file: StoredFile) -> bool:
    return file.content_type.startswith("image/")


def kind_label(file: StoredFile) -> str:
    """pdf, pptx or odp, as people call the file."""
    names = {content_type: name for name, content_type in CONTENT_TYPES.items()}
    return names.get(file.content_type, "foto")


def judge(upload: IO[bytes], name: str) -> str:
    """The content type, by content; Refused with a sentence that names the file."""
    head = upload.read(1024)
    kind = picture_headers.kind(head) if len(head) > 12 else ""
    try:
        if kind in images.ACCEPTED:
            return _judge_photo(upload)
        if kind == "pdf" or head.startswith((b"PK", judging.OLE_MAGIC)) or b"%PDF-" in head:
            return _judge_presentation(upload)
    except Refused as refusal:
        raise Refused(f"“{name}”: {refusal}") from None
    raise Refused(OTHER_TYPE.format(name))


def _judge_photo(upload: IO[bytes]) -> str:
    judged = images.judge(upload)
    _refuse_large(upload, "photo")
    return f"image/{judged.kind}"


def _judge_presentation(upload: IO[bytes]) -> str:
    kind = judging.judge(upload)
    _refuse_large(upload, kind)
    return CONTENT_TYPES[kind]


def _refuse_large(upload: IO[bytes], kind: str) -> None:
    size = upload.seek(0, 2)
    if size > MAX_BYTES[kind]:
        limit = formats.file_size(MAX_BYTES[kind])
        raise Refused(f"groter dan {limit}. Maak het bestand kleiner en probeer opnieuw.")


def process(file: StoredFile) -> None:
    """Runs in the worker: pictures first (slow, outside any transaction), then the rows."""
    with _work_copy(file) as (source, folder):
        if is_photo(file):
            _process_photo(file, source, folder)
        elif file.content_type == CONTENT_TYPES["pdf"]:
            _process_pdf(file, source, folder)


@contextmanager
def _work_copy(file: StoredFile) -> Iterator[tuple[Path, Path]]:
    """A copy on disk for the decoder's child, wherever the storage keeps the original."""
    with tempfile.TemporaryDirectory(prefix="buurtpunt-work-") as place:
        source, folder = Path(place, "bron"), Path(place, "beelden")
        folder.mkdir()
        with files.private().open(file.path) as original, source.open("wb") as copy:
            shutil.copyfileobj(original, copy)
        yield source, folder


def _process_photo(file: StoredFile, source: Path, folder: Path) -> None:
    picture = images.make_renditions(source, folder)
    _keep(file, picture.renditions)
    with transaction.atomic():
        StoredFile.objects.filter(pk=file.pk).update(
            width=picture.width, height=picture.height, taken_at=picture.taken_at
        )
        photo = Photo.objects.filter(file=file)
        photo.update(widths=_widths(picture.renditions))
        # A day that the coordinator gave meanwhile stays.
        day = photo_dates.day_of(picture.taken_at, uploaded_at=file.created_at)
        photo.filter(taken_on__isnull=True).update(taken_on=day)


def _process_pdf(file: StoredFile, source: Path, folder: Path) -> None:
    """Page by page: what is drawn stays drawn, whenever this worker ends; the next one goes on
    at the first page that is missing."""
    total = slides.count_pages(source)
    missing = set(range(1, total + 1)) - _drawn_pages(file)
    files.progress(file, done=total - len(missing), total=total)
    for page in slides.draw_pages(source, folder, missing):
        _keep(file, page.renditions, page=page.number)
        if not _keep_slide(file, page):
            return  # the presentation was thrown away meanwhile
        missing.remove(page.number)
        files.progress(file, done=total - len(missing), total=total)
    _finish_slides(file, total)


def _drawn_pages(file: StoredFile) -> set[int]:
    drawn = Slide.objects.filter(presentation__file=file)
    # All its pictures too: `remake_public` takes the rows of those that are gone.
    made = file.renditions.values("page").annotate(count=Count("pk"))
    whole = dict(made.values_list("page", "count"))
    return {
        number
        for number, widths in drawn.values_list("number", "widths")
        if whole.get(number, 0) >= 2 * len(widths)
    }


def _keep_slide(file: StoredFile, page: slides.Page) -> bool:
    """False when there is no presentation any more."""
    presentation = Presentation.objects.filter(file=file).first()
    if presentation is None:
        return False
    facts = {
        "title": page.title,
        "text": page.text,
        "is_drawn": page.is_drawn,
        "width": page.renditions[-1].width,
        "height": page.renditions[-1].height,
        "widths": _widths(page.renditions),
    }
    presentation.slides.update_or_create(number=page.number, defaults=facts)
    return True


def _finish_slides(file: StoredFile, total: int) -> None:
    """All pages are there: count them, and let search find them when they are published. A file
    of which not one page could be drawn is refused."""
    slides_made = Slide.objects.filter(presentation__file=file)
    if not slides_made.filter(is_drawn=True).exists():
        slides_made.delete()
        raise Refused(slides.BROKEN_PDF)
    rows = Presentation.objects.select_for_update(of=("self",)).select_related("file", "event")
    with transaction.atomic():
        presentation = rows.filter(file=file).first()
        if presentation is not None:
            presentation.slide_count = total
            presentation.save(update_fields=["slide_count"])
            indexing.index_presentation(presentation)
            pagecache.bump()


def _keep(file: StoredFile, renditions: tuple[images.Rendition, ...], *, page: int = 0) -> None:
    for made in renditions:
        files.add_rendition(
            file,
            source=made.path,
            width=made.width,
            height=made.height,
            format=made.format,
            page=page,
        )


def _widths(renditions: tuple[images.Rendition, ...]) -> list[int]:
    return sorted({rendition.width for rendition in renditions})
