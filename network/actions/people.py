"""A person's own facts, and people who take part without an account."""

from __future__ import annotations

from django.db import transaction

from network import audit, clock, formats, sweeping
from network.models import Membership, Person, User, Village


def choose_mails(*, person: Person, muted: list[str]) -> None:
    """Which categories of mail this person no longer wants; musts cannot be switched off."""
    with transaction.atomic():
        person.muted = muted
        person.save(update_fields=["muted"])
        audit.record(by=person, verb="mails.chosen", obj=person, muted=muted)
        sweeping.due_changed()


def rename(person: Person, name: str) -> None:
    """Set the name with the sort name that belongs to it; the caller saves."""
    person.name = " ".join(name.split())
    person.sort_name = formats.sort_key(person.name)[:120]


def change_profile(*, person: Person, name: str, phone: str, photo_preference: str) -> None:
    with transaction.atomic():
        rename(person, name)
        person.phone, person.photo_preference = phone, photo_preference
        person.save(update_fields=["name", "sort_name", "phone", "photo_preference"])
        audit.record(by=person, verb="profile.changed", obj=person)


def add_person(
    *, village: Village, name: str, email: str, phone: str, role: str, by: Person
) -> Membership:
    """Somebody who takes part without an account; mails reach them when there is an address."""
    with transaction.atomic():
        person = Person.named(name, email=email.lower(), phone=phone)
        person.save()
        membership = Membership.objects.create(
            person=person, village=village, role=role, from_on=clock.today()
        )
        audit.record(by=by, verb="person.added", obj=person)
        audit.record(by=by, verb="membership.started", obj=membership, role=role)
        sweeping.due_changed()
    return membership


def lock_account(*, account: User, is_active: bool, by: Person) -> None:
    """A locked account signs in by no door; unlocking gives everything back."""
    with transaction.atomic():
        account.is_active = is_active
        account.save(update_fields=["is_active"])
        audit.record(
            by=by, verb="account.locked" if not is_active else "account.opened", obj=account
        )
