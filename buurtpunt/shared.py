"""What villages tell everyone of their plan: on the village's public page."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from actionplans import access
from actionplans.models import Section
from actionplans.saving import ShownQuestion
from network.models import Village


@dataclass(frozen=True)
class Told:
    """A section that the village opened for everyone, with its answers."""

    section: Section
    pieces: list[ShownQuestion]


def told_by(village: Village) -> list[Told]:
    """Empty as long as the village keeps its plan to the network."""
    plan = access.plan_of(village)
    chapters = access.readable_chapters(AnonymousUser(), plan) if plan else []
    found = [
        Told(
            chapter.plan_section.section,
            [ShownQuestion(a) for a in chapter.asked if not a.is_empty],
        )
        for chapter in chapters
    ]
    return [told for told in found if told.pieces]
