"""Mails of the archive: the coordinator hears at once that somebody had a photo taken away."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet

from inspiration.models import Photo, TakedownRequest
from network import access as ground
from network import clock, emails, mail
from network.mail import Message
from network.models import OutgoingMail

TAKEDOWN = "photo_takedown"
NOTED = "photo_takedowns_noted"


def register() -> None:
    # A must: an answer within three working days was promised.
    mail.register(mail.Kind(TAKEDOWN, mail.MUST, still_open, takedown))
    mail.register(mail.Kind(NOTED, mail.MUST, still_noted, noted))


def tell_coordinators(request: TakedownRequest, *, alone: bool) -> None:
    """In a mail alone at once; else in one mail for all that this hour still brings."""
    edition = request.photo.album.event.edition
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    for person in ground.coordinators(edition):
        if alone:
            key, refs = f"{TAKEDOWN}-{request.pk}-{person.pk}", {"request": request.pk}
            mail.post(TAKEDOWN, key, person=person, refs=refs)
        else:
            key, refs = f"{NOTED}-{edition.pk}-{person.pk}-{hour:%Y%m%d%H}", {"edition": edition.pk}
            mail.post(NOTED, key, person=person, refs=refs, not_before=hour + timedelta(hours=1))


def still_open(row: OutgoingMail) -> str:
    waiting = TakedownRequest.objects.filter(pk=row.refs["request"], decided_at__isnull=True)
    return "" if waiting.exists() else "er is al over beslist"


def takedown(row: OutgoingMail) -> Message:
    request = TakedownRequest.objects.select_related("photo__album__event").get(
        pk=row.refs["request"]
    )
    event = request.photo.album.event
    address = emails.link("inspiration:takedown", event.slug, request.photo.public_id)
    context = {"request": request, "event": event, "person": row.person, "link": address}
    return emails.render(TAKEDOWN, context)


def still_noted(row: OutgoingMail) -> str:
    return "" if _noted(row).exists() else "er is al over beslist"


def noted(row: OutgoingMail) -> Message:
    address = emails.link("inspiration:coordination")
    context = {"count": _noted(row).count(), "person": row.person, "link": address}
    return emails.render(NOTED, context)


def _noted(row: OutgoingMail) -> QuerySet[TakedownRequest]:
    """Requests that hid nothing: the photo still is on the site."""
    asked = TakedownRequest.objects.filter(photo__album__event__edition=row.refs["edition"])
    return asked.filter(decided_at__isnull=True, photo__state=Photo.State.PUBLISHED)
