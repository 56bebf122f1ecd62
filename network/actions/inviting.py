"""Inviting: a row and a mailed link, never an account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction

from network import audit, clock, mail
from network.addresses import Guest
from network.models import (
    AuditEntry,
    Edition,
    Invitation,
    Lens,
    Membership,
    Person,
    Village,
)
from network.models.joining import new_nonce
from network.refusal import Refused

VALID_FOR = timedelta(days=30)
# Mails of invitations on one day (Brussels), those sent again included: what one person may send,
# and what may leave in the name of one village. More than a paste of 50 lines, far under what
# makes a mail server take us for a sender of spam.
INVITER_A_DAY, VILLAGE_A_DAY = 200, 60
SENT, RESENT = "invitation.sent", "invitation.resent"
Kind, State = Invitation.Kind, Invitation.State


class TooManyToday(Refused):
    """The same can be asked again tomorrow."""


def invite_member(*, guest: Guest, village: Village, role: str, by: Person | None) -> Invitation:
    """Ask somebody to join a village. Raises Refused when there is nothing to ask."""
    with transaction.atomic():
        _take_turns(village.edition_id, by, village)
        person = person_for(guest)
        member = Membership.objects.on(clock.today()).filter(village=village, person=person).first()
        if member and hasattr(person, "user"):
            raise Refused(f"{person} doet al mee als {member.get_role_display()}.")
        return _invite(
            guest, person, by, kind=Kind.MEMBER, edition=village.edition, village=village, role=role
        )


def invite_coach(
    *,
    guest: Guest,
    edition: Edition,
    village: Village | None = None,
    lens: Lens | None = None,
    by: Person | None,
) -> Invitation:
    """Ask somebody to coach; with a village and a lens, the assignment begins on acceptance."""
    with transaction.atomic():
        _take_turns(edition.pk, by, village)
        person = person_for(guest)
        if hasattr(person, "coach_profile") and village is None:
            raise Refused(f"{person} is al coach. Kies hieronder een dorp.")
        return _invite(
            guest, person, by, kind=Kind.COACH, edition=edition, village=village, lens=lens
        )


def invite_coordinator(*, guest: Guest, edition: Edition, by: Person | None) -> Invitation:
    with transaction.atomic():
        _take_turns(edition.pk, by, None)
        person = person_for(guest)
        return _invite(guest, person, by, kind=Kind.COORDINATOR, edition=edition)


def resend(*, invitation: Invitation, by: Person | None) -> None:
    """A new link for thirty days; the new nonce kills the old one. Only while it is open."""
    with transaction.atomic():
        _take_turns(invitation.edition_id, by, invitation.village)
        row = _open_for_change(invitation)
        row.nonce, row.sent_at = new_nonce(), clock.now()
        row.expires_at = row.sent_at + VALID_FOR
        row.save(update_fields=["nonce", "sent_at", "expires_at"])
        audit.record(by=by, verb=RESENT, obj=row)
        _post(row)


def revoke(*, invitation: Invitation, by: Person) -> None:
    with transaction.atomic():
        row = _open_for_change(invitation)
        row.state, row.answered_at = State.REVOKED, clock.now()
        row.save(update_fields=["state", "answered_at"])
        audit.record(by=by, verb="invitation.revoked", obj=row)


def person_for(guest: Guest) -> Person:
    """The person of that name at that address, else a new one: a couple may share an address.

    Who is known already says the own phone number: the inviter may not even know this person."""
    found = Person.objects.filter(email__iexact=guest.email, name__iexact=guest.name)
    person = found.select_related("user").order_by("pk").first()
    if person is None:
        person = Person.named(guest.name, email=guest.email.lower(), phone=guest.phone)
        person.save()
    return person


def _invite(guest: Guest, person: Person, by: Person | None, **target: Any) -> Invitation:
    waiting = Invitation.objects.filter(
        email__iexact=guest.email, state=State.SENT, expires_at__gt=clock.now(), **target
    )
    if waiting.exists():
        raise Refused(f"{guest.email} is hiervoor al uitgenodigd. Stuur de mail gerust opnieuw.")
    now = clock.now()
    row = Invitation.objects.create(
        person=person,
        email=guest.email.lower(),
        sent_at=now,
        expires_at=now + VALID_FOR,
        invited_by=by,
        **target,
    )
    audit.record(by=by, verb=SENT, obj=row, kind=row.kind, role=row.role)
    _post(row)
    return row


def _take_turns(edition_id: int, by: Person | None, village: Village | None) -> None:
    """Two clicks at once must not give two invitations, nor more than the day allows. Raises
    TooManyToday."""
    Edition.objects.select_for_update(of=("self",)).get(pk=edition_id)
    if by is None:  # the first coordinator, invited on the command line
        return
    Person.objects.select_for_update(of=("self",)).get(pk=by.pk)
    today = AuditEntry.objects.filter(verb__in=[SENT, RESENT], at__gte=clock.at(clock.today(), 0))
    if today.filter(by=by).count() >= INVITER_A_DAY:
        raise TooManyToday(
            f"Je stuurde vandaag al {INVITER_A_DAY} uitnodigingen. Morgen kan je er weer sturen."
        )
    if village is None:
        return
    ids = [str(pk) for pk in village.invitations.values_list("pk", flat=True)]
    of_village = today.filter(object_kind=Invitation._meta.label_lower, object_id__in=ids)
    if of_village.count() >= VILLAGE_A_DAY:
        raise TooManyToday(
            f"Voor {village} vertrokken vandaag al {VILLAGE_A_DAY} uitnodigingen. "
            "Morgen kan je er weer sturen."
        )


def _open_for_change(invitation: Invitation) -> Invitation:
    row = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if row.state != State.SENT:
        raise Refused(f"Deze uitnodiging is al {row.get_state_display()}.")
    return row


def _post(row: Invitation) -> None:
    mail.post(
        kind="invitation",
        key=f"invitation:{row.pk}:{row.nonce}",
        person=row.person,
        address=row.email,
        refs={"invitation": row.pk, "nonce": row.nonce},
    )
