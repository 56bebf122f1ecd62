"""What somebody is in the network today, for the menu that every page carries."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.db.models import CharField, QuerySet, Value
from django.db.models.expressions import Combinable

from network import clock
from network.access.people import person_id_of
from network.models import CoachAssignment, CoordinatorAssignment, Membership

COORDINATOR, MEMBER, COACH = "1-coordinator", "2-member", "3-coach"


class Role(NamedTuple):
    """kind is one of the three above; village is empty for a coordinator."""

    kind: str
    edition: str
    village: str


def roles_today(user: Any) -> list[Role]:
    """Every role of today with its edition and village, in one query; the running edition first."""
    coordinates = _rows(CoordinatorAssignment, user, COORDINATOR, "edition__", _text(""))
    belongs = _rows(Membership, user, MEMBER, "village__edition__", "village__slug")
    coaches = _rows(CoachAssignment, user, COACH, "village__edition__", "village__slug")
    rows = sorted(coordinates.union(belongs, coaches), key=_place)
    return [Role(*row[:3]) for row in rows]


def _rows(model: Any, user: Any, kind: str, edition: str, village: str | Combinable) -> QuerySet:
    mine = model.objects.on(clock.today()).filter(person_id=person_id_of(user)).order_by()
    when = (f"{edition}is_current", f"{edition}starts_on")
    return mine.values_list(_text(kind), f"{edition}slug", village, *when)


def _place(row: tuple[str, str, str, bool, date]) -> tuple:
    kind, edition, village, is_current, starts_on = row
    return kind, not is_current, -starts_on.toordinal(), edition, village


def _text(value: str) -> Value:
    return Value(value, output_field=CharField())
