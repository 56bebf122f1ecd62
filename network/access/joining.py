"""Invitations, for their reader and for those who sent them; coaches to choose from."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.shortcuts import get_object_or_404

from network import clock, tokens
from network.access.editions import coordinated_editions
from network.access.villages import led_villages
from network.models import (
    CoachAssignment,
    Edition,
    Invitation,
    Membership,
    OutgoingMail,
    Person,
    Village,
)


def invitation_by_token(token: str) -> Invitation | None:
    """Whatever its state: the page says kindly what became of it. None for a forged link, and
    for one that a newer link replaced."""
    try:
        invitation_id, nonce = tokens.read("invitation", token)
    except (tokens.BadToken, ValueError):
        return None
    rows = Invitation.objects.select_related("person", "village", "edition", "lens", "invited_by")
    return rows.filter(pk=invitation_id, nonce=nonce).first()


def first_coordinator_waiting(email: str) -> Invitation | None:
    """The invitation of whoever begins the network, as long as it was not answered."""
    rows = Invitation.objects.select_related("person", "edition")
    return rows.filter(
        kind=Invitation.Kind.COORDINATOR,
        state=Invitation.State.SENT,
        invited_by__isnull=True,
        email__iexact=email,
    ).first()


def _with_mail_state(rows: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """`mail_state`: what became of the mail with the newest link, "" when it is gone."""
    key = Concat(Value("invitation:"), Cast("pk", CharField()), Value(":"), "nonce")
    mails = OutgoingMail.objects.filter(key=OuterRef("mail_key")).values("state")[:1]
    return rows.annotate(mail_key=key).annotate(mail_state=Subquery(mails))


def invitations_of(edition: Edition) -> QuerySet[Invitation]:
    return _with_mail_state(edition.invitations.select_related("person", "village", "lens"))


def invitations_to(village: Village) -> QuerySet[Invitation]:
    """Who was asked to join this village and did not, the newest first; coaches are the
    coordinator's."""
    asked = village.invitations.filter(kind=Invitation.Kind.MEMBER)
    rows = asked.exclude(state=Invitation.State.ACCEPTED)
    return _with_mail_state(rows.select_related("person", "village"))


def villages_with_invited_lead(edition: Edition) -> set[int]:
    """Ids of villages whose lead was asked and did not answer yet."""
    waiting = edition.invitations.filter(
        role=Membership.Role.LEAD, state=Invitation.State.SENT, expires_at__gt=clock.now()
    )
    return set(waiting.order_by().values_list("village_id", flat=True))


def sent_invitation_or_404(user: Any, invitation_id: int) -> Invitation:
    """An invitation that this person may send again or withdraw: the coordinator of its edition,
    and for a member of a village its lead."""
    mine = Q(edition__in=coordinated_editions(user)) | Q(
        kind=Invitation.Kind.MEMBER, village__in=led_villages(user)
    )
    rows = Invitation.objects.select_related("person", "edition", "village__edition")
    return get_object_or_404(rows.filter(mine), pk=invitation_id)


def known_coaches() -> QuerySet[Person]:
    """Everybody who coaches or coached, in whatever edition: to choose from."""
    return Person.objects.filter(coach_profile__isnull=False)


def coach_assignments_of(edition: Edition) -> QuerySet[CoachAssignment]:
    """All of them, ended ones too, by coach."""
    rows = CoachAssignment.objects.filter(village__edition=edition)
    return rows.select_related("person", "village", "lens").order_by(
        "person__sort_name", "person_id", "village__name", "pk"
    )


def coach_assignment_or_404(edition: Edition, assignment_id: int) -> CoachAssignment:
    return get_object_or_404(coach_assignments_of(edition), pk=assignment_id)
