"""The first day of a network, and each edition after it."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from network import audit, clock, vocabulary
from network.actions import inviting
from network.addresses import Guest
from network.models import (
    CoordinatorAssignment,
    Edition,
    EditionPartner,
    Invitation,
    Lens,
    Organisation,
    Person,
)
from network.refusal import Refused
from network.slugs import free_slug

LONGEST_SLUG = 70  # of the 80 its column takes: a number may follow
RESERVED = ("archief", "nieuws")  # under /coordinatie/, beside an edition


def begin(*, edition: str, starts_on: date, guest: Guest) -> Invitation:
    """Vocabulary, the first edition and the invitation of its coordinator, all or nothing.

    Raises Refused when the network has begun already.
    """
    with transaction.atomic():
        if Edition.objects.exists():
            raise Refused("Het netwerk is al begonnen.")
        plant_vocabulary()
        person = inviting.person_for(guest)
        first = open_edition(name=edition, starts_on=starts_on, coordinator=person, is_current=True)
        return inviting.invite_coordinator(guest=guest, edition=first, by=None)


def begin_again(*, invitation: Invitation, phone: str) -> None:
    """A new link for the first coordinator, who did not answer yet, and her number when it is
    given. Raises Refused when she answered meanwhile."""
    with transaction.atomic():
        inviting.resend(invitation=invitation, by=None)
        person = invitation.person
        if phone and person:
            person.phone = phone
            person.save(update_fields=["phone"])
            audit.record(by=None, verb="profile.changed", obj=person)


def plant_vocabulary() -> None:
    """Lenses and organisations; rows that exist stay as somebody made them."""
    for position, (slug, name) in enumerate(vocabulary.LENSES, start=1):
        Lens.objects.get_or_create(slug=slug, defaults={"name": name, "position": position})
    for name, website, _ in vocabulary.PARTNERS:
        Organisation.objects.get_or_create(name=name, defaults={"website": website})


def open_edition(
    *,
    name: str,
    starts_on: date,
    coordinator: Person,
    slug: str = "",
    is_current: bool = False,
    by: Person | None = None,
) -> Edition:
    """A run of the network with its partners and its coordinator. One edition is current."""
    with transaction.atomic():
        if is_current:
            Edition.objects.filter(is_current=True).update(is_current=False)
        edition = Edition.objects.create(
            name=name, slug=slug or _slug(name), starts_on=starts_on, is_current=is_current
        )
        for position, (partner, _, contribution) in enumerate(vocabulary.PARTNERS):
            EditionPartner.objects.create(
                edition=edition,
                organisation=Organisation.objects.get(name=partner),
                contribution=contribution,
                position=position,
            )
        from_on = min(starts_on, clock.today())
        assignment = CoordinatorAssignment.objects.create(
            person=coordinator, edition=edition, from_on=from_on
        )
        audit.record(by=by, verb="edition.opened", obj=edition)
        audit.record(by=by, verb="coordinator.started", obj=assignment)
    return edition


def _slug(name: str) -> str:
    return free_slug(
        name,
        Edition.objects.all(),
        otherwise="editie",
        longest=LONGEST_SLUG,
        reserved=RESERVED,
    )
