"""An edition's end, and who works for it."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from network import audit, clock, pagecache
from network.models import CoordinatorAssignment, Edition, EditionPartner, PartnerContact, Person


def close_edition(*, edition: Edition, closed_on: date, by: Person) -> None:
    """Nothing is planned in it any more; it stays on the site."""
    with transaction.atomic():
        edition.closed_on, edition.is_current = closed_on, False
        edition.save(update_fields=["closed_on", "is_current"])
        audit.record(by=by, verb="edition.closed", obj=edition)
        pagecache.bump()


def end_coordination(*, edition: Edition, person: Person, until_on: date, by: Person) -> None:
    """`until_on` is the last day on which this person runs the edition."""
    with transaction.atomic():
        current = CoordinatorAssignment.objects.on(clock.today())
        for assignment in current.filter(edition=edition, person=person):
            assignment.until_on = until_on
            assignment.save(update_fields=["until_on"])
            audit.record(by=by, verb="coordinator.ended", obj=assignment)


def add_partner_contact(*, partner: EditionPartner, person: Person, by: Person) -> PartnerContact:
    """Somebody of a partner who reads the numbers of an edition from today on."""
    with transaction.atomic():
        contact = PartnerContact.objects.create(
            partner=partner, person=person, from_on=clock.today()
        )
        audit.record(by=by, verb="partner.joined", obj=contact)
    return contact
