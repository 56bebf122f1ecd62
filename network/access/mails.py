"""The ledger, for the coordinator."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404

from network.access.editions import coordinated_editions
from network.models import OutgoingMail


def mail_or_404(user: Any, mail_id: int) -> OutgoingMail:
    """A mail to somebody in an edition that this person coordinates. One to an address of its own
    (a code, an invitation) is not among them: it is asked for anew instead."""
    mine = coordinated_editions(user).values("pk")
    theirs = Q(person__memberships__village__edition__in=mine) | Q(
        person__coach_assignments__village__edition__in=mine
    )
    rows = OutgoingMail.objects.filter(theirs, address="").distinct()
    return get_object_or_404(rows.select_related("person"), pk=mail_id)
