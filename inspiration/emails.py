"""Mails of the archive: the coordinator hears at once that somebody had a photo taken away."""

from __future__ import annotations

from inspiration.models import TakedownRequest
from network import access as ground
from network import emails, mail
from network.mail import Message
from network.models import OutgoingMail

TAKEDOWN = "photo_takedown"


def register() -> None:
    # A must: an answer within three working days was promised.
    mail.register(mail.Kind(TAKEDOWN, mail.MUST, still_open, takedown))


def tell_coordinators(request: TakedownRequest) -> None:
    for person in ground.coordinators(request.photo.album.event.edition):
        mail.post(
            kind=TAKEDOWN,
            key=f"{TAKEDOWN}-{request.pk}-{person.pk}",
            person=person,
            refs={"request": request.pk},
        )


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
