"""Answering an invitation: the account, the membership or assignment, and both in the audit."""

from __future__ import annotations

from django.db import transaction

from network import audit, clock, sweeping
from network.actions.coaching import make_coach
from network.actions.people import rename
from network.models import (
    CoachAssignment,
    CoordinatorAssignment,
    Invitation,
    Membership,
    Person,
    User,
)
from network.refusal import Refused

Kind, State = Invitation.Kind, Invitation.State
RANK = [Membership.Role.READER, Membership.Role.EDITOR, Membership.Role.LEAD]
NOT_OPEN = "Deze uitnodiging is intussen niet meer open."


def claim(*, invitation: Invitation, name: str, phone: str) -> User:
    """The invited person gets an account at the invited address, and joins."""
    with transaction.atomic():
        row = _locked(invitation)
        if has_account(row):
            raise Refused("Er is al een account met dit adres. Meld je daarmee aan.")
        person = row.person
        rename(person, name)
        person.phone = phone or person.phone
        person.email = person.email or row.email
        person.save(update_fields=["name", "sort_name", "phone", "email"])
        user = User.objects.create_user(row.email, person=person)
        audit.record(by=person, verb="account.made", obj=person)
        _accept(row, person)
    return user


def attach(*, invitation: Invitation, user: User) -> None:
    """Joins with the account of this user, also when the invitation went to another address:
    the row keeps the invited address, the audit both persons."""
    with transaction.atomic():
        row = _locked(invitation)
        invited, person = row.person, user.person
        if invited != person:
            row.person = person
            row.save(update_fields=["person"])
            _take_over(row, invited, person)
        other = user.email.lower() != row.email.lower()
        _accept(row, person, invited=invited.pk, under_other_address=other)
        _forget_if_unused(invited, person)


def decline(*, invitation: Invitation) -> None:
    with transaction.atomic():
        row = _locked(invitation)
        _answer(row, State.DECLINED)
        audit.record(by=row.person, verb="invitation.declined", obj=row)


def has_account(invitation: Invitation) -> bool:
    """Whether joining goes by signing in: the address or the invited person has an account."""
    by_address = User.objects.filter(email__iexact=invitation.email)
    return by_address.exists() or User.objects.filter(person=invitation.person_id).exists()


def _locked(invitation: Invitation) -> Invitation:
    row = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if row.state != State.SENT or row.nonce != invitation.nonce or row.expires_at <= clock.now():
        raise Refused(NOT_OPEN)
    return row


def _answer(row: Invitation, state: str) -> None:
    row.state, row.answered_at = state, clock.now()
    row.save(update_fields=["state", "answered_at"])


def _accept(row: Invitation, person: Person, **details: object) -> None:
    _answer(row, State.ACCEPTED)
    audit.record(by=person, verb="invitation.accepted", obj=row, **details)
    {Kind.MEMBER: _join, Kind.COACH: _coach, Kind.COORDINATOR: _coordinate}[Kind(row.kind)](
        row, person
    )
    sweeping.due_changed()


def _join(row: Invitation, person: Person) -> None:
    """A membership of its own per village; one that exists is only ever raised."""
    assert row.village is not None  # the database says so for a member
    membership, _ = Membership.objects.get_or_create(
        person=person,
        village=row.village,
        until_on=None,
        defaults={"role": row.role, "from_on": clock.today()},
    )
    if RANK.index(Membership.Role(row.role)) > RANK.index(Membership.Role(membership.role)):
        membership.role = row.role
        membership.save(update_fields=["role"])
    audit.record(by=person, verb="membership.started", obj=membership, role=membership.role)


def _coach(row: Invitation, person: Person) -> None:
    profile = make_coach(person, row.lens)
    audit.record(by=person, verb="coach.joined", obj=profile)
    if row.village is None or row.lens is None:
        return
    assignment, _ = CoachAssignment.objects.get_or_create(
        person=person,
        village=row.village,
        lens=row.lens,
        until_on=None,
        defaults={"from_on": clock.today()},
    )
    audit.record(by=person, verb="coach.assigned", obj=assignment)


def _coordinate(row: Invitation, person: Person) -> None:
    today = clock.today()
    mine = CoordinatorAssignment.objects.on(today).filter(edition=row.edition, person=person)
    assignment = mine.first() or CoordinatorAssignment.objects.create(
        edition=row.edition, person=person, from_on=today
    )
    audit.record(by=person, verb="coordinator.started", obj=assignment)


def _take_over(row: Invitation, invited: Person, person: Person) -> None:
    """Somebody who took part by name only turns out to be this person: the membership moves."""
    if hasattr(invited, "user"):
        return
    for membership in invited.memberships.filter(village=row.village, until_on__isnull=True):
        if person.memberships.filter(village=row.village, until_on__isnull=True).exists():
            membership.delete()
        else:
            membership.person = person
            membership.save(update_fields=["person"])


def _forget_if_unused(typed: Person, person: Person) -> None:
    """The name that was typed for the invitation goes again when nothing else hangs on it."""
    if typed == person:
        return
    for relation in Person._meta.related_objects:
        model = relation.field.model
        rows = model._default_manager.filter(**{relation.field.name: typed})
        if relation.name != "mails" and rows.exists():
            return
    typed.mails.update(person=person)
    typed.delete()
