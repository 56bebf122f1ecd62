"""Editions: public ones, and those in which somebody has a part."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from network import clock
from network.access.people import person_id_of
from network.models import (
    CoordinatorAssignment,
    Edition,
    EditionPartner,
    Lens,
    PartnerContact,
    Person,
)


def all_editions() -> QuerySet[Edition]:
    """For operations commands; pages ask for what somebody may see."""
    return Edition.objects.all()


def public_editions() -> QuerySet[Edition]:
    return Edition.objects.filter(is_public=True)


def current_edition() -> Edition | None:
    return Edition.objects.filter(is_current=True).first()


def coordinated_editions(user: Any) -> QuerySet[Edition]:
    today = clock.today()
    mine = CoordinatorAssignment.objects.on(today).filter(
        edition=OuterRef("pk"), person_id=person_id_of(user)
    )
    return Edition.objects.filter(Exists(mine))


def visible_editions(user: Any) -> QuerySet[Edition]:
    """Public editions, and those in which this person has or had a part."""
    person = person_id_of(user)
    return Edition.objects.filter(
        Q(is_public=True)
        | Q(villages__memberships__person=person)
        | Q(villages__coach_assignments__person=person)
        | Q(coordinator_assignments__person=person)
        | Q(partners__contacts__person=person)
    ).distinct()


def coordinated_edition_or_404(user: Any, slug: str) -> Edition:
    """An edition that this person coordinates today. 403 when it is visible but not theirs."""
    edition = get_object_or_404(visible_editions(user), slug=slug)
    if not coordinated_editions(user).filter(pk=edition.pk).exists():
        raise PermissionDenied
    return edition


def coordinators(edition: Edition) -> QuerySet[Person]:
    today = clock.today()
    now_on = CoordinatorAssignment.objects.on(today).filter(edition=edition)
    return Person.objects.filter(coordinator_assignments__in=now_on).distinct()


def lenses() -> QuerySet[Lens]:
    return Lens.objects.all()


def partners(edition: Edition) -> QuerySet[EditionPartner]:
    return edition.partners.select_related("organisation")


def partner_editions(user: Any) -> QuerySet[Edition]:
    contacts = PartnerContact.objects.on(clock.today()).filter(person_id=person_id_of(user))
    return Edition.objects.filter(partners__contacts__in=contacts).distinct()
