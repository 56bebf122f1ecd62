"""Presentations: describe, publish, withdraw."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from inspiration import access, indexing
from inspiration.actions.gate import exposure_of, hold
from inspiration.models import Presentation
from network import audit, clock, files
from network.models import Person
from network.refusal import Refused


def describe_presentation(
    *, presentation: Presentation, by: Person, has_permission: bool, **words: Any
) -> None:
    """Taking away what the gate asks takes the presentation off the site."""
    with transaction.atomic():
        presentation = _locked(presentation)
        for name, value in words.items():
            setattr(presentation, name, value)
        _note_permission(presentation, by, given=has_permission)
        state = []
        if presentation.state == Presentation.State.PUBLISHED and presentation.missing:
            presentation.state, state = Presentation.State.DRAFT, ["state"]
        presentation.save(update_fields=[*words, "permission_at", "permission_by", *state])
        _presentation_changed(presentation)
        audit.record(by=by, verb="presentation.described", obj=presentation)


def _note_permission(presentation: Presentation, by: Person, *, given: bool) -> None:
    if given and presentation.permission_at is None:
        presentation.permission_at, presentation.permission_by = clock.now(), by
    elif not given:
        presentation.permission_at = presentation.permission_by = None


def publish_presentation(*, presentation: Presentation, by: Person) -> None:
    """Raises Refused while something is missing."""
    with transaction.atomic():
        presentation = _locked(presentation)
        if presentation.missing:
            wanted = ", ".join(presentation.missing)
            raise Refused(f"Nog nodig voor deze presentatie: {wanted}.")
        _set_state(presentation, Presentation.State.PUBLISHED)
        audit.record(by=by, verb="presentation.published", obj=presentation)


def withdraw_presentation(*, presentation: Presentation, by: Person) -> None:
    """Off the site at once; its address answers 410."""
    with transaction.atomic():
        _set_state(_locked(presentation), Presentation.State.WITHDRAWN)
        audit.record(by=by, verb="presentation.withdrawn", obj=presentation)


def _locked(presentation: Presentation) -> Presentation:
    """The presentation as it is now, for this transaction alone."""
    hold(presentation.event)
    rows = Presentation.objects.select_for_update(of=("self",)).select_related("file", "event")
    return rows.get(pk=presentation.pk)


def _set_state(presentation: Presentation, state: str) -> None:
    presentation.state = state
    presentation.save(update_fields=["state"])
    _presentation_changed(presentation)


def _presentation_changed(presentation: Presentation) -> None:
    indexing.index_presentation(presentation)
    shown = access.public_presentations().filter(pk=presentation.pk).exists()
    files.expose(presentation.file, exposure_of(presentation.state, shown=shown))
