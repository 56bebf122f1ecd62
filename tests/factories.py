"""Rows with sane defaults, made straight in the database; keyword-only and typed."""

from datetime import date, timedelta
from itertools import count

from network import clock
from network.models import (
    CoachAssignment,
    CoordinatorAssignment,
    Edition,
    EditionPartner,
    Invitation,
    Lens,
    Membership,
    Organisation,
    PartnerContact,
    Person,
    StoredFile,
    User,
    Village,
)

_numbers = count(1)
A_WHILE_AGO = timedelta(days=100)


def person(*, name: str = "", email: str | None = None, phone: str = "", **fields) -> Person:
    number = next(_numbers)
    name = name or f"Persoon Nummer{number}"
    email = f"persoon{number}@buurtpunt.example" if email is None else email
    made = Person.named(name, email=email, phone=phone, **fields)
    made.save()
    return made


def user(*, person: Person, email: str = "") -> User:
    """An account; its password cannot be used: tests sign in with client.force_login."""
    return User.objects.create_user(email or person.email, person=person)


def lens(*, slug: str = "sociaal", name: str = "") -> Lens:
    return Lens.objects.get_or_create(slug=slug, defaults={"name": name or slug})[0]


def edition(*, slug: str = "", name: str = "", is_current: bool = False, **fields) -> Edition:
    slug = slug or f"editie-{next(_numbers)}"
    starts_on = fields.pop("starts_on", clock.today() - A_WHILE_AGO)
    return Edition.objects.create(
        slug=slug, name=name or slug, is_current=is_current, starts_on=starts_on, **fields
    )


def village(*, edition: Edition, name: str = "", slug: str = "", **fields) -> Village:
    number = next(_numbers)
    return Village.objects.create(
        edition=edition,
        name=name or f"Dorp {number}",
        slug=slug or f"dorp-{number}",
        municipality=fields.pop("municipality", "Zonderwijk"),
        created_at=clock.now(),
        **fields,
    )


def membership(
    *, village: Village, person: Person, role: str = "editor", from_on: date | None = None, **fields
) -> Membership:
    from_on = from_on or clock.today() - A_WHILE_AGO
    return Membership.objects.create(
        village=village, person=person, role=role, from_on=from_on, **fields
    )


def coach_assignment(
    *, village: Village, person: Person, lens: Lens, from_on: date | None = None, **fields
) -> CoachAssignment:
    from_on = from_on or clock.today() - A_WHILE_AGO
    return CoachAssignment.objects.create(
        village=village, person=person, lens=lens, from_on=from_on, **fields
    )


def coordinator_assignment(
    *, edition: Edition, person: Person, from_on: date | None = None, **fields
) -> CoordinatorAssignment:
    from_on = from_on or clock.today() - A_WHILE_AGO
    return CoordinatorAssignment.objects.create(
        edition=edition, person=person, from_on=from_on, **fields
    )


def partner_contact(*, edition: Edition, person: Person, name: str = "Cera") -> PartnerContact:
    organisation, _ = Organisation.objects.get_or_create(name=name)
    partner = EditionPartner.objects.create(edition=edition, organisation=organisation)
    return PartnerContact.objects.create(
        partner=partner, person=person, from_on=clock.today() - A_WHILE_AGO
    )


def invitation(
    *,
    village: Village | None = None,
    edition: Edition | None = None,
    role: str = "",
    name: str = "",
    email: str = "",
    **fields,
) -> Invitation:
    """An open invitation to a village with a role, else to the edition as coach."""
    guest = fields.pop("person", None) or person(name=name, email=email or None)
    now = clock.now()
    return Invitation.objects.create(
        kind=fields.pop("kind", "member" if village and role else "coach"),
        edition=edition or village.edition,
        village=village,
        role=role,
        person=guest,
        email=email or guest.email,
        sent_at=fields.pop("sent_at", now),
        expires_at=fields.pop("expires_at", now + timedelta(days=30)),
        **fields,
    )


def stored_file(*, by: Person, purpose: str = "photo", **fields) -> StoredFile:
    """A row only: no file lies behind it."""
    return StoredFile.objects.create(
        purpose=purpose,
        name=fields.pop("name", "foto.jpg"),
        content_type=fields.pop("content_type", "image/jpeg"),
        size=fields.pop("size", 1000),
        sha256=fields.pop("sha256", "0" * 64),
        by=by,
        created_at=clock.now(),
        **fields,
    )
