from __future__ import annotations

from typing import Any

from django.db import models

from network import clock
from network.models import AuditEntry, Person


def record(*, by: Person | None, verb: str, obj: models.Model, **details: Any) -> AuditEntry:
    """Write down who did what to which object; `details` must fit in JSON and hold no text of
    a plan and no address."""
    return AuditEntry.objects.create(
        by=by,
        verb=verb,
        object_kind=obj._meta.label_lower,
        object_id=str(obj.pk),
        details=details,
        at=clock.now(),
    )
