"""What the one search finds in plans: sections that the reader may open."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from actionplans.access.plans import readable_sections
from actionplans.models import PlanSection
from network import search
from network.models import SearchText

SOURCE = "plan"


def plan_source() -> search.Source:
    return search.Source(SOURCE, "In de plannen", _visible, _described)


def _visible(user: Any) -> QuerySet[PlanSection]:
    """Pages of a plan ask for a sign-in, so visitors find nothing in them."""
    sections = readable_sections(user) if user.is_authenticated else PlanSection.objects.none()
    return sections.select_related("section", "plan__village__edition")


def _described(row: PlanSection, hit: SearchText, snippet: SafeString) -> search.Result:
    village = row.plan.village
    url = reverse(
        "actionplans:section", args=[village.edition.slug, village.slug, row.section.slug]
    )
    title = f"{village.name}: {row.section.title}"
    return search.Result(title, url, village.edition.name, snippet)
