"""An invitation is a row, not an account."""

from __future__ import annotations

import secrets

from django.db import models

from network import clock
from network.models.editions import Edition, Lens
from network.models.people import Person
from network.models.villages import Membership, Village


def new_nonce() -> str:
    return secrets.token_urlsafe(12)


class Invitation(models.Model):
    """Asks one person to join: a village (with a role), or the edition as coach or coordinator.

    The link holds a signed token of the id and the nonce (network/tokens.py); a new nonce
    kills every earlier link, so nothing secret stands in the row.
    """

    class Kind(models.TextChoices):
        MEMBER = "member", "meeschrijven aan een plan"
        COACH = "coach", "coachen"
        COORDINATOR = "coordinator", "coördineren"

    class State(models.TextChoices):
        SENT = "sent", "verstuurd"
        ACCEPTED = "accepted", "aanvaard"
        DECLINED = "declined", "niet voor mij"
        REVOKED = "revoked", "ingetrokken"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="invitations")
    village = models.ForeignKey(
        Village, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    role = models.CharField(max_length=8, choices=Membership.Role.choices, blank=True)
    lens = models.ForeignKey(Lens, on_delete=models.PROTECT, null=True, blank=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField("e-mailadres")
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENT)
    nonce = models.CharField(max_length=24, default=new_nonce)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    invited_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="invitations_sent"
    )

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="member", village__isnull=False) & ~models.Q(role="")
                | ~models.Q(kind="member"),
                name="member_invitation_names_village_and_role",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("sent_at")),
                name="invitation_expires_later",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.state == self.State.SENT and self.expires_at > clock.now()

    @property
    def standing(self) -> str:
        """The state in a word, with the one that time alone brings."""
        waiting = self.state == self.State.SENT
        return "verlopen" if waiting and not self.is_open else self.get_state_display()

    @property
    def target(self) -> str:
        """What somebody is invited for: "trekker in Molendonk", "coach", "coördinator"."""
        if self.kind == self.Kind.MEMBER:
            return f"{self.get_role_display()} in {self.village}"
        if self.kind == self.Kind.COORDINATOR:
            return "coördinator"
        return f"coach van {self.village}" if self.village else "coach"
