"""The archive of the demo: the facts of 2019 with drawings that say what they are, and the own
inspiration day of the running edition with talks, decks and an album. Everything goes through
the upload pipeline and the actions that the views use."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from buurtpunt.demo import pictures, talks
from buurtpunt.demo.pictures import Shot
from buurtpunt.demo.talks import Picture, Talk
from inspiration import actions
from inspiration.models import Event, Photo, Presentation
from network import clock, files
from network.models import Edition, Person, StoredFile

WORKERS = 2
DRAWN = "Tekening van ons buurtpunt"
PHOTOGRAPHER = "Rika Lemmens"


def build(
    edition_2019: Edition, running_edition: Edition, coordinator: Person, scale: int = 1
) -> None:
    """Both archives. `scale` makes the album of the running edition that many times larger."""
    remember_2019(edition_2019, coordinator)
    hold_inspiration_day(running_edition, coordinator, scale)


# 2019: facts only


def remember_2019(edition: Edition, by: Person) -> None:
    inspiration_day = actions.add_event(
        edition=edition,
        by=by,
        title="Inspiratiedag",
        starts_at=clock.at(date(2019, 3, 21), 0),
        place="Cera",
        address="Muntstraat 1, 3000 Leuven",
        audience="iedereen met interesse",
        summary="Een dag met getuigenissen uit de praktijk, workshops en sprekers, waarmee het "
        "eerste lerend netwerk van start ging.",
    )
    album = inspiration_day.albums.get()
    album.title = "Tekeningen"
    album.intro = "De echte foto’s hebben we hier niet. Deze tekeningen hangen in hun plaats."
    album.save(update_fields=["title", "intro"])
    hang(inspiration_day, by, talks.DRAWINGS, credit=DRAWN)
    actions.publish_photos(event=inspiration_day, by=by)
    actions.publish_event(event=inspiration_day, by=by)
    study_day = actions.add_event(
        edition=edition,
        by=by,
        title="Studiedag: samen en op maat",
        kind=Event.Kind.STUDY,
        starts_at=clock.at(date(2020, 3, 10), 0),
        summary="Experts en ervaringsdeskundigen blikten terug op de vier werksessies en gaven "
        "door wat ze leerden.",
    )
    actions.publish_event(event=study_day, by=by)


# The running edition's own day


def hold_inspiration_day(edition: Edition, by: Person, scale: int) -> Event:
    day = _a_saturday(clock.today() - timedelta(days=70))
    with clock.standing_at(clock.at(day - timedelta(days=30), 10)):
        event = actions.add_event(
            edition=edition,
            by=by,
            title="Inspiratiedag in Molendonk",
            starts_at=clock.at(day, 9, 30),
            ends_at=clock.at(day, 16, 30),
            place="Feestzaal De Wieken",
            address="Molenplein 3, Molendonk",
            audience="dorpen die durven, en hun besturen",
            summary="Een dag vol dorpen die durven. Blader door de foto’s en neem een presentatie "
            "mee naar jullie volgende vergadering.",
        )
        for talk in talks.PROGRAMME:
            _announce(event, by, talk, day)
    with clock.standing_at(clock.at(day + timedelta(days=2), 9)):
        hang(event, by, talks.ALBUM * max(1, scale), credit=PHOTOGRAPHER, first=event.starts_at)
        show_talks(event, by)
        actions.publish_photos(event=event, by=by)
        actions.publish_event(event=event, by=by)
        leave_work(event, by)
    return event


def _a_saturday(day: date) -> date:
    return day - timedelta(days=(day.weekday() - 5) % 7)


def _announce(event: Event, by: Person, talk: Talk, day: date) -> None:
    voices = [
        actions.Voice(name=name, organisation=organisation, role=role, bio=bio)
        for name, organisation, role, bio in talk.voices
    ]
    actions.add_item(
        event=event,
        by=by,
        title=talk.title,
        kind=talk.kind,
        description=talk.about,
        room=talk.room,
        starts_at=clock.at(day, *talk.begin),
        ends_at=clock.at(day, *talk.end),
        voices=voices,
    )


def show_talks(event: Event, by: Person) -> None:
    """The decks of the programme; the last one is an ODP, of which no slides are shown yet."""
    items = {item.title: item for item in event.items.all()}
    waiting = []
    for number, talk in enumerate(talks.PROGRAMME):
        if talk.slides:
            name = f"{talk.title}.{'odp' if talk.is_odp else 'pdf'}"
            make = pictures.odp(talk.slides) if talk.is_odp else None
            made = _send(event, by, name, make or pictures.deck(talk.slides, number))
            waiting.append((made, talk))
    work_on([made for made, _ in waiting])
    for made, talk in waiting:
        presentation = Presentation.objects.select_related("file", "event").get(pk=made.pk)
        actions.describe_presentation(
            presentation=presentation,
            by=by,
            has_permission=True,
            title=talk.title,
            summary=talk.about,
            credit=talk.voices[0][0],
            item=items[talk.title],
        )
        actions.publish_presentation(presentation=presentation, by=by)


def leave_work(event: Event, by: Person) -> None:
    """What a coordinator finds in reality: broken files, one that failed on our side, a face
    that may not be shown, a photo that nobody described yet from a camera whose clock was never
    set, a deck of which one page cannot be drawn."""
    broken = pictures.photo(Shot("foto-fiets"), event.starts_at)[:9000]
    village = Shot("foto-dorp", (0, 0, 0.6, 0.8), width=900)
    unset = pictures.photo(village, clock.at(date(2000, 1, 1), 0, 12))
    named = [
        _send(event, by, "IMG_4411 (kopie).jpg", broken),
        _send(
            event, by, "IMG_4412.jpg", _shot(Shot("foto-markt", (0.5, 0.2, 1, 1), width=900), event)
        ),
        _send(event, by, "IMG_4413.jpg", unset),
    ]
    deck = pictures.deck(talks.UNFINISHED)
    decks = [
        _send(event, by, "Pleintje%20v1.2.pdf", pictures.with_a_broken_page(deck, 2)),
        _send(event, by, "pleintje (niet helemaal gedownload).pdf", deck[: len(deck) // 20]),
    ]
    work_on([*named, *decks])
    _let_fail(_send(event, by, "IMG_4415.jpg", _shot(Shot("foto-winkel", width=800), event)))
    actions.describe_photo(
        photo=_fresh(named[1]),
        by=by,
        alt="Een vrouw met een boodschappentas voor de marktkraam, recht in beeld",
        caption="Op weg naar huis",
        credit=PHOTOGRAPHER,
        consent=Photo.Consent.REFUSED,
        consent_note="Belde ons de dag nadien: liever niet op de site.",
    )


def _let_fail(row: Photo | Presentation) -> None:
    """As after a day without room on the disk: the original is kept, a button tries again."""
    reason = files.NOT_WORKED_OUT.format(row.file.name)
    failed = {"state": StoredFile.State.FAILED, "reason": reason}
    StoredFile.objects.filter(pk=row.file.pk).update(**failed)


# Files in, as a person would


def hang(
    event: Event, by: Person, shots: list[Picture], *, credit: str, first: datetime | None = None
) -> list[Photo]:
    """Upload, wait for the worker, describe: photos that may be published."""
    made = []
    for number, picture in enumerate(shots):
        taken_at = first + timedelta(minutes=9 * number) if first else None
        data = pictures.photo(picture.shot, taken_at)
        made.append(_send(event, by, f"IMG_{4200 + number}.jpg", data))
    work_on(made)
    photos = [_fresh(row) for row in made]
    for photo, picture in zip(photos, shots, strict=True):
        actions.describe_photo(
            photo=photo,
            by=by,
            alt=picture.alt,
            caption=picture.caption,
            credit=credit,
            consent=Photo.Consent.NOT_NEEDED,
        )
    return photos


def _shot(shot: Shot, event: Event) -> bytes:
    return pictures.photo(shot, event.starts_at + timedelta(hours=5))


def _send(event: Event, by: Person, name: str, data: bytes) -> Photo | Presentation:
    return actions.add_file(event=event, upload=SimpleUploadedFile(name, data), by=by)


def _fresh(row: Photo | Presentation) -> Photo:
    return Photo.objects.select_related("file", "album__event").get(pk=row.pk)


def work_on(rows: list) -> None:
    """What the files worker would do, here and now, on both cores: publishing waits for it."""
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(_work_on_one, [str(row.file.pk) for row in rows]))


def _work_on_one(file_id: str) -> None:
    try:
        files.process(file_id)
    finally:
        connection.close()  # each thread has its own
