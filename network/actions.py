"""What people do on the ground floor. Every action names who does it and leaves an audit row."""

from __future__ import annotations

from django.db import transaction

from network import audit
from network.models import Person


def choose_mails(*, person: Person, muted: list[str]) -> None:
    """Which categories of mail this person no longer wants; musts cannot be switched off."""
    with transaction.atomic():
        person.muted = muted
        person.save(update_fields=["muted"])
        audit.record(by=person, verb="mails.chosen", obj=person, muted=muted)
