"""Presentations: describe, publish, withdraw."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from inspiration import access, indexing
from inspiration.actions.gate import NotReady, exposure_of
from inspiration.models import Presentation
from network import audit, clock, files
from network.models import Person


def describe_presentation(
    *, presentation: Presentation, by: Person, has_permission: bool, **words: Any
) -> None:
    with transaction.atomic():
        for name, value in words.items():
            setattr(presentation, name, value)
        _note_permission(presentation, by, given=has_permission)
        if presentation.state == Presentation.State.PUBLISHED and presentation.missing:
            presentation.state = Presentation.State.DRAFT
        presentation.save(update_fields=[*words, "permission_at", "permission_by", "state"])
        _presentation_changed(presentation)
        audit.record(by=by, verb="presentation.described", obj=presentation)


def _note_permission(presentation: Presentation, by: Person, *, given: bool) -> None:
    if given and presentation.permission_at is None:
        presentation.permission_at, presentation.permission_by = clock.now(), by
    elif not given:
        presentation.permission_at = presentation.permission_by = None


def publish_presentation(*, presentation: Presentation, by: Person) -> None:
    if presentation.missing:
        raise NotReady(f"Nog nodig voor deze presentatie: {', '.join(presentation.missing)}.")
    with transaction.atomic():
        presentation.state = Presentation.State.PUBLISHED
        presentation.save(update_fields=["state"])
        _presentation_changed(presentation)
        audit.record(by=by, verb="presentation.published", obj=presentation)


def withdraw_presentation(*, presentation: Presentation, by: Person) -> None:
    with transaction.atomic():
        presentation.state = Presentation.State.WITHDRAWN
        presentation.save(update_fields=["state"])
        _presentation_changed(presentation)
        audit.record(by=by, verb="presentation.withdrawn", obj=presentation)


def _presentation_changed(presentation: Presentation) -> None:
    indexing.index_presentation(presentation)
    shown = access.public_presentations().filter(pk=presentation.pk).exists()
    files.expose(presentation.file, exposure_of(presentation.state, shown=shown))
