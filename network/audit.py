from __future__ import annotations

from collections.abc import Iterable
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


def record_many(
    *, by: Person | None, verb: str, objects: Iterable[models.Model], **details: Any
) -> None:
    """The same for many objects at once, in one insert."""
    now = clock.now()
    AuditEntry.objects.bulk_create(
        [
            AuditEntry(
                by=by,
                verb=verb,
                object_kind=obj._meta.label_lower,
                object_id=str(obj.pk),
                details=details,
                at=now,
            )
            for obj in objects
        ],
        batch_size=500,
    )
