"""What a form says and an action takes about somebody in the programme."""

from __future__ import annotations

from dataclasses import dataclass

from inspiration.models import Appearance, Speaker


@dataclass(frozen=True)
class Voice:
    """Somebody in a part of the programme: a known speaker, or a name that is new here."""

    name: str = ""
    speaker: Speaker | None = None
    organisation: str = ""
    role: str = Appearance.Role.SPEAKER
    bio: str = ""
