"""What somebody is in the network today, for the menu that every page carries."""

from __future__ import annotations

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
    """Every role of today with its edition and village, in one query."""
    coordinates = _rows(CoordinatorAssignment, user, COORDINATOR, "edition__slug", _text(""))
    belongs = _rows(Membership, user, MEMBER, "village__edition__slug", "village__slug")
    coaches = _rows(CoachAssignment, user, COACH, "village__edition__slug", "village__slug")
    return sorted(Role(*row) for row in coordinates.union(belongs, coaches))


def _rows(model: Any, user: Any, kind: str, *columns: str | Combinable) -> QuerySet:
    mine = model.objects.on(clock.today()).filter(person_id=person_id_of(user)).order_by()
    return mine.values_list(_text(kind), *columns)


def _text(value: str) -> Value:
    return Value(value, output_field=CharField())
