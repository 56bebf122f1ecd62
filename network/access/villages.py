"""Villages: who writes, coaches and coordinates them today."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from network import clock
from network.access.editions import coordinated_editions
from network.access.people import person_id_of
from network.models import CoachAssignment, Edition, Membership, Village

Role = Membership.Role


def member_villages(user: Any) -> QuerySet[Village]:
    """Villages in which this person has a membership today, whatever the role."""
    return _with_membership(user, *Role)


def writable_villages(user: Any) -> QuerySet[Village]:
    """Villages whose plan this person writes: lead and editor, never reader."""
    return _with_membership(user, Role.LEAD, Role.EDITOR)


def led_villages(user: Any) -> QuerySet[Village]:
    return _with_membership(user, Role.LEAD)


def _with_membership(user: Any, *roles: str) -> QuerySet[Village]:
    mine = Membership.objects.on(clock.today()).filter(
        village=OuterRef("pk"), person_id=person_id_of(user), role__in=roles
    )
    return Village.objects.filter(Exists(mine))


def coached_villages(user: Any) -> QuerySet[Village]:
    mine = CoachAssignment.objects.on(clock.today()).filter(
        village=OuterRef("pk"), person_id=person_id_of(user)
    )
    return Village.objects.filter(Exists(mine))


def coordinated_villages(user: Any) -> QuerySet[Village]:
    return Village.objects.filter(edition__in=coordinated_editions(user))


def visible_villages(user: Any) -> QuerySet[Village]:
    """Villages whose dossier this person may open: members, coaches, the coordinator."""
    return Village.objects.filter(
        Q(pk__in=member_villages(user).values("pk"))
        | Q(pk__in=coached_villages(user).values("pk"))
        | Q(pk__in=coordinated_villages(user).values("pk"))
    ).select_related("edition")


def public_villages() -> QuerySet[Village]:
    """What everyone may know: name, place and the sentence the village released."""
    return Village.objects.filter(is_public=True, edition__is_public=True).select_related("edition")


def village_or_404(user: Any, edition: str, slug: str) -> Village:
    return get_object_or_404(visible_villages(user), edition__slug=edition, slug=slug)


def coordinated_village_or_404(user: Any, edition: str, slug: str) -> Village:
    """A village of an edition that this person coordinates; 403 for a member or coach of it."""
    village = village_or_404(user, edition, slug)
    if not coordinated_villages(user).filter(pk=village.pk).exists():
        raise PermissionDenied
    return village


def may_manage(user: Any, village: Village) -> bool:
    """Whether this person invites and manages people here: its lead, and the coordinator."""
    mine = Q(pk__in=led_villages(user).values("pk")) | Q(
        pk__in=coordinated_villages(user).values("pk")
    )
    return Village.objects.filter(mine, pk=village.pk).exists()


def led_village_or_404(user: Any, edition: str, slug: str) -> Village:
    """A village that this person leads, or coordinates; 403 for others who see it."""
    village = village_or_404(user, edition, slug)
    if not may_manage(user, village):
        raise PermissionDenied
    return village


def membership_or_404(user: Any, edition: str, slug: str, membership_id: int) -> Membership:
    """A membership that this person may change: the lead's, the coordinator's, or one's own."""
    village = village_or_404(user, edition, slug)
    rows = Membership.objects.on(clock.today()).filter(village=village)
    membership = get_object_or_404(rows.select_related("person", "village"), pk=membership_id)
    if membership.person_id != person_id_of(user) and not may_manage(user, village):
        raise PermissionDenied
    return membership


def villages_of(edition: Edition) -> QuerySet[Village]:
    """For the coordinator's lists, with leads and coaches of today ready in
    `open_memberships` and `open_coaches` (three queries, however many villages)."""
    today = clock.today()
    members = Membership.objects.on(today).select_related("person").order_by("role", "pk")
    coaches = CoachAssignment.objects.on(today).select_related("person", "lens")
    return (  # the plugin of mypy sees the two lists a second time
        edition.villages.select_related("edition")  # type: ignore[no-redef]
        .prefetch_related(
            Prefetch("memberships", members, to_attr="open_memberships"),
            Prefetch("coach_assignments", coaches, to_attr="open_coaches"),
        )
        .order_by("name", "pk")
    )


def villages_to_coach(edition: Edition) -> QuerySet[Village]:
    return edition.villages.filter(stopped_on__isnull=True)


def coaches_of(village: Village) -> QuerySet[CoachAssignment]:
    rows = CoachAssignment.objects.on(clock.today()).filter(village=village)
    return rows.select_related("person", "lens").order_by("lens", "pk")
