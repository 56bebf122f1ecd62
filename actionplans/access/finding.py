"""What the one search finds in plans: sections that the reader may open."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from actionplans.access.plans import readable_sections
from actionplans.models import PlanSection
from network import access as ground
from network import search
from network.models import SearchText

SOURCE = "plan"


def plan_source() -> search.Source:
    return search.Source(SOURCE, "In de plannen", _visible, _described)


def _visible(user: Any) -> QuerySet[PlanSection]:
    """Visitors find what stands on the public page of a village; the plan asks for a sign-in."""
    sections = readable_sections(user)
    if not user.is_authenticated:
        sections = sections.filter(plan__village__in=ground.public_villages().values("pk"))
    return sections.select_related("section", "plan__village__edition")


def _described(row: PlanSection, hit: SearchText, snippet: SafeString) -> search.Result:
    village = row.plan.village
    title = f"{village.name}: {row.section.title}"
    return search.Result(title, _address(row), village.edition.name, snippet)


def _address(row: PlanSection) -> str:
    village = row.plan.village
    place = [village.edition.slug, village.slug]
    is_public = village.is_public and village.edition.is_public
    if is_public and row.visibility == PlanSection.Visibility.EVERYONE:
        return f"{reverse('village', args=place)}#{row.section.slug}"
    return reverse("actionplans:section", args=[*place, row.section.slug])
