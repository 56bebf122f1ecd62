"""Villages and who takes part in them."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet

from network import audit, clock, pagecache, search, sweeping
from network.models import Buurtpunt, Edition, Membership, Person, Village
from network.refusal import Refused
from network.slugs import save_with_slug

SEARCH_SOURCE = "village"
LONGEST_SLUG = 70
RESERVED = ["nieuw"]  # the page that adds one stands where its village would
LAST_LEAD = "Een dorp heeft altijd een trekker nodig. Maak eerst iemand anders trekker."


def add_village(
    *,
    edition: Edition,
    name: str,
    municipality: str,
    postcode: str = "",
    summary: str = "",
    by: Person | None,
) -> Village:
    """A village in an edition, and the place that outlives the edition."""
    with transaction.atomic():
        place = Buurtpunt.objects.create(name=name, municipality=municipality)
        village = Village(
            edition=edition,
            buurtpunt=place,
            name=name,
            municipality=municipality,
            postcode=postcode,
            summary=summary,
            created_at=clock.now(),
        )
        villages, how = edition.villages.all(), {"longest": LONGEST_SLUG, "reserved": RESERVED}
        save_with_slug(village, name, villages, otherwise="dorp", **how)
        _make_known(village)
        audit.record(by=by, verb="village.added", obj=village)
    return village


def change_village(
    *, village: Village, name: str, municipality: str, postcode: str, summary: str, by: Person
) -> None:
    """The address of its pages stays what it was, so that no link breaks."""
    with transaction.atomic():
        village.name, village.municipality = name, municipality
        village.postcode, village.summary = postcode, summary
        village.save(update_fields=["name", "municipality", "postcode", "summary"])
        _make_known(village)
        audit.record(by=by, verb="village.changed", obj=village)


def _make_known(village: Village) -> None:
    """For the one search and the public pages; who may see it is asked there."""
    title = f"{village.name}, {village.municipality}"
    search.index(SEARCH_SOURCE, village.pk, [search.Part(0, title, village.summary)])
    pagecache.bump()


def change_role(*, membership: Membership, role: str, by: Person) -> None:
    """Raises Refused when the village would have no lead left."""
    with transaction.atomic():
        if role != Membership.Role.LEAD:
            _keep_a_lead(membership)
        before, membership.role = membership.role, role
        membership.save(update_fields=["role"])
        audit.record(
            by=by, verb="membership.role-changed", obj=membership, before=before, after=role
        )
        sweeping.due_changed()


def end_membership(*, membership: Membership, by: Person) -> None:
    """From now on this person reads nothing more; raises Refused for the last lead.

    The last day is yesterday, because a last day still counts. One that began today never was.
    """
    with transaction.atomic():
        _keep_a_lead(membership)
        audit.record(by=by, verb="membership.ended", obj=membership, role=membership.role)
        sweeping.due_changed()
        yesterday = clock.today() - timedelta(days=1)
        if membership.from_on > yesterday:
            membership.delete()
            return
        membership.until_on = yesterday
        membership.save(update_fields=["until_on"])


def _keep_a_lead(membership: Membership) -> None:
    """The lock on the village makes two leads who leave at once take turns."""
    if membership.role != Membership.Role.LEAD:
        return
    Village.objects.select_for_update(of=("self",)).get(pk=membership.village_id)
    if not other_leads(membership).exists():
        raise Refused(LAST_LEAD)


def other_leads(membership: Membership) -> QuerySet[Membership]:
    leads = Membership.objects.on(clock.today()).filter(
        village_id=membership.village_id, role=Membership.Role.LEAD
    )
    return leads.exclude(pk=membership.pk)
