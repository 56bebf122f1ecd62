"""Which coach looks at which village (network/views/coaches.py)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from network import access, actions, clock
from network.actions import coaching
from network.models import AuditEntry, CoachAssignment
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def bram(world):
    person = world.person("other_coach")
    coaching.make_coach(person, world.lens)
    return person


def page(world):
    return reverse("network:coaches", args=[world.edition.slug])


def data(world, coach, **change):
    facts = {
        "person": coach.pk,
        "village": world.village.pk,
        "lens": world.lens.pk,
        "from_on": clock.today().isoformat(),
    }
    return {**facts, **change}


def test_a_coach_is_assigned_from_a_day(world, sign_in, bram, time_machine):
    begins = clock.today() + timedelta(days=5)
    response = sign_in("coordinator").post(
        page(world), data(world, bram, from_on=begins.isoformat())
    )
    assert response.status_code == 303
    row = CoachAssignment.objects.get(person=bram, village=world.village)
    assert (row.lens, row.from_on, row.until_on) == (world.lens, begins, None)
    assert AuditEntry.objects.get(verb="coach.assigned").by == world.person("coordinator")
    assert world.village not in access.coached_villages(bram.user)
    with time_machine.travel(clock.at(begins, 12)):
        assert world.village in access.coached_villages(bram.user)


def test_a_coach_stops_after_the_last_day(world, sign_in, time_machine):
    coach = world.person("coach")
    row = coach.coach_assignments.get()
    url = reverse("network:coach-end", args=[world.edition.slug, row.pk])
    today = clock.today()
    assert sign_in("coordinator").post(url, {"until_on": today.isoformat()}).status_code == 303
    row.refresh_from_db()
    assert row.until_on == today
    assert world.village in access.coached_villages(coach.user)
    with time_machine.travel(clock.at(today + timedelta(days=1), 12)):
        assert world.village not in access.coached_villages(coach.user)
    assert "Tot en met" in sign_in("coordinator").get(page(world)).content.decode()


def test_a_link_of_a_village_chooses_it(world, sign_in):
    client = sign_in("coordinator")
    form = client.get(f"{page(world)}?dorp={world.village.pk}").context["form"]
    assert form["village"].value() == str(world.village.pk)


@pytest.mark.parametrize(("rows", "queries"), [(1, 10), (3, 10)])
def test_the_list_takes_the_same_queries_for_one_and_three(
    world, sign_in, django_assert_num_queries, rows, queries
):
    CoachAssignment.objects.all().delete()
    for _ in range(rows):
        coach = factories.person()
        actions.assign_coach(
            person=coach, village=world.village, lens=world.lens, from_on=clock.today(), by=None
        )
    client = sign_in("coordinator")
    with django_assert_num_queries(queries):
        response = client.get(page(world))
    assert len(response.context["assignments"]) == rows


def test_the_same_assignment_twice_is_refused(world, sign_in, bram):
    client = sign_in("coordinator")
    client.post(page(world), data(world, bram))
    response = client.post(page(world), data(world, bram))
    assert response.status_code == 422
    assert "Bram De Smet kijkt al mee met Molendonk voor sociaal." in response.content.decode()
    assert CoachAssignment.objects.filter(person=bram, village=world.village).count() == 1


def test_only_coaches_and_villages_of_this_edition_can_be_chosen(world, sign_in, bram):
    elsewhere = factories.village(edition=world.other_edition)
    stopped = factories.village(edition=world.edition, stopped_on=clock.today())
    client = sign_in("coordinator")
    for change in (
        {"person": world.person("lead").pk},
        {"village": elsewhere.pk},
        {"village": stopped.pk},
        {"lens": "0"},
        {"from_on": "morgen"},
    ):
        response = client.post(page(world), data(world, bram, **change))
        assert (response.status_code, set(response.context["form"].errors)) == (422, set(change))


def test_an_end_before_the_start_is_refused(world, sign_in):
    row = world.person("coach").coach_assignments.get()
    url = reverse("network:coach-end", args=[world.edition.slug, row.pk])
    too_early = row.from_on - timedelta(days=1)
    response = sign_in("coordinator").post(url, {"until_on": too_early.isoformat()})
    assert response.status_code == 422
    assert "De laatste dag ligt voor de eerste." in response.content.decode()


def test_an_assignment_of_another_edition_is_not_found(world, sign_in):
    elsewhere = factories.village(edition=world.other_edition)
    row = factories.coach_assignment(
        village=elsewhere, person=world.person("coach"), lens=world.lens
    )
    url = reverse("network:coach-end", args=[world.edition.slug, row.pk])
    assert sign_in("coordinator").get(url).status_code == 404
