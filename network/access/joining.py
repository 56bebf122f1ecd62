"""Invitations."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from network.models import Edition, Invitation


def invitation_or_404(invitation_id: str, nonce: str) -> Invitation:
    """Whatever its state: the page says kindly what became of it. 404 when a newer link exists."""
    rows = Invitation.objects.select_related("person", "village", "edition", "lens", "invited_by")
    return get_object_or_404(rows, pk=invitation_id, nonce=nonce)


def invitations_of(edition: Edition) -> QuerySet[Invitation]:
    return edition.invitations.select_related("person", "village", "lens")
