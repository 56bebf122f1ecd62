"""Somebody asks to have a photo taken away; the coordinator decides."""

from __future__ import annotations

from django.db import transaction

from inspiration import emails
from inspiration.actions.photos import locked, put_back, set_state
from inspiration.models import Photo, TakedownRequest
from network import audit, clock, files
from network.models import Person
from network.refusal import Refused

MOST_WORDS = 10_000  # characters


def request_takedown(
    *, photo: Photo, hide: bool = True, reason: str = "", name: str = "", email: str = ""
) -> TakedownRequest:
    """Anyone may ask. The photo is off the site at once, or with hide=False only after the
    coordinator's decision; a second request joins the first."""
    with transaction.atomic():
        photo = locked(photo)
        request, is_new = TakedownRequest.objects.get_or_create(
            photo=photo,
            decided_at=None,
            defaults={
                "reason": reason,
                "name": name,
                "email": email,
                "requested_at": clock.now(),
            },
        )
        if not is_new:
            _join(request, name, email, reason)
        if hide:
            set_state(photo, Photo.State.WITHDRAWN)
        emails.tell_coordinators(request, alone=hide)
        audit.record(by=None, verb="photo.takedown_requested", obj=photo, hidden=hide)
    return request


def _join(request: TakedownRequest, *words: str) -> None:
    """What a next visitor says stands below what the first said, as long as it can be read."""
    told = " ".join(filter(None, words))
    if told and len(request.reason) < MOST_WORDS:
        request.reason = f"{request.reason}\n\nOok gevraagd: {told}".strip()
        request.save(update_fields=["reason"])


def decide_takedown(*, request: TakedownRequest, by: Person, decision: str) -> None:
    """Put back, or remove for good: then the files are gone and a tombstone stays.

    Raises Refused when somebody decided first, or the gate asks something of the photo."""
    with transaction.atomic():
        photo = locked(request.photo)
        if not TakedownRequest.objects.filter(pk=request.pk, decided_at__isnull=True).exists():
            raise Refused("Hierover is intussen al beslist.")
        if decision == TakedownRequest.Decision.RESTORED:
            put_back(photo)
        else:
            set_state(photo, Photo.State.WITHDRAWN)
        request.decision, request.decided_at, request.decided_by = decision, clock.now(), by
        request.save(update_fields=["decision", "decided_at", "decided_by"])
        audit.record(by=by, verb=f"photo.takedown_{decision}", obj=photo)
        if decision == TakedownRequest.Decision.REMOVED:
            files.remove(photo.file)
