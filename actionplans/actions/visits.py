"""When a coach read a plan, so that the next time shows what changed since."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from actionplans.models import ActionPlan, PlanVisit
from network import clock
from network.models import Person

# Who comes back within this time is still reading: what changed stays marked.
ONE_SITTING = timedelta(hours=3)


def visit_plan(*, plan: ActionPlan, by: Person) -> PlanVisit:
    """Write down the visit and give it: `since_at` is when the sitting before this one ended."""
    now = clock.now()
    with transaction.atomic():
        visit, is_new = PlanVisit.objects.select_for_update().get_or_create(
            plan=plan, person=by, defaults={"visited_at": now}
        )
        if is_new:
            return visit
        if now - visit.visited_at > ONE_SITTING:
            visit.since_at = visit.visited_at
        visit.visited_at = now
        visit.save(update_fields=["visited_at", "since_at"])
    return visit
