"""Which coach reads the plan of which village, through which lens, from when until when."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from network import audit, sweeping
from network.models import CoachAssignment, CoachProfile, Lens, Person, Village
from network.refusal import Refused


def make_coach(person: Person, lens: Lens | None = None) -> CoachProfile:
    """The profile of a coach, with one lens more; called inside a transaction."""
    profile, _ = CoachProfile.objects.get_or_create(person=person)
    if lens:
        profile.lenses.add(lens)
    return profile


def assign_coach(
    *, person: Person, village: Village, lens: Lens, from_on: date, by: Person | None
) -> CoachAssignment:
    """Raises Refused when this coach already looks at this village through this lens."""
    with transaction.atomic():
        Village.objects.select_for_update(of=("self",)).get(pk=village.pk)
        double = CoachAssignment.objects.on(from_on).filter(
            person=person, village=village, lens=lens
        )
        open_one = CoachAssignment.objects.filter(
            person=person, village=village, lens=lens, until_on__isnull=True
        )
        if double.exists() or open_one.exists():
            raise Refused(f"{person} kijkt al mee met {village} voor {lens.name.lower()}.")
        make_coach(person, lens)
        row = CoachAssignment.objects.create(
            person=person, village=village, lens=lens, from_on=from_on
        )
        audit.record(by=by, verb="coach.assigned", obj=row, from_on=from_on.isoformat())
        sweeping.due_changed()
    return row


def end_coach_assignment(*, assignment: CoachAssignment, until_on: date, by: Person) -> None:
    """`until_on` is the last day on which this coach reads the plan."""
    with transaction.atomic():
        assignment.until_on = until_on
        assignment.save(update_fields=["until_on"])
        audit.record(by=by, verb="coach.ended", obj=assignment, until_on=until_on.isoformat())
        sweeping.due_changed()
