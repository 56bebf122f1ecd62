"""A role follows from dated rows and ends with them (network/access.py)."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from network import access, clock
from tests import factories

pytestmark = pytest.mark.django_db

SEES_MOLENDONK = {"lead", "editor", "reader", "coach", "coordinator"}


def users(world):
    people = {who: person.user for who, person in world.people.items()}
    return {"anonymous": AnonymousUser(), **people}


def test_who_sees_a_village(world):
    seen = {
        who
        for who, user in users(world).items()
        if access.visible_villages(user).filter(pk=world.village.pk).exists()
    }
    assert seen == SEES_MOLENDONK


def test_who_writes_in_a_village(world):
    writers = {
        who
        for who, user in users(world).items()
        if access.writable_villages(user).filter(pk=world.village.pk).exists()
    }
    assert writers == {"lead", "editor"}


def test_a_member_sees_the_coordination_exists_but_may_not_enter(world):
    for who, user in users(world).items():
        if who == "coordinator":
            assert access.coordinated_edition_or_404(user, "voorjaar") == world.edition
        else:
            with pytest.raises(PermissionDenied):
                access.coordinated_edition_or_404(user, "voorjaar")


def test_a_hidden_edition_is_invisible_to_outsiders(world):
    world.edition.is_public = False
    world.edition.save()
    with pytest.raises(Http404):
        access.coordinated_edition_or_404(world.person("other_coordinator").user, "voorjaar")
    with pytest.raises(PermissionDenied):
        access.coordinated_edition_or_404(world.person("lead").user, "voorjaar")


@pytest.mark.parametrize(("days", "sees"), [(-1, False), (0, True), (1, True)])
def test_the_last_day_of_a_coach_counts(world, days, sees):
    until = clock.today() + timedelta(days=days)
    world.person("coach").coach_assignments.update(until_on=until)
    assert access.coached_villages(world.person("coach").user).exists() == sees


def test_an_assignment_for_later_gives_nothing_yet(world):
    tomorrow = clock.today() + timedelta(days=1)
    factories.coach_assignment(
        village=world.other_village, person=world.person("coach"), lens=world.lens, from_on=tomorrow
    )
    assert list(access.coached_villages(world.person("coach").user)) == [world.village]


def test_rights_are_not_merged_across_villages(world):
    """Marie leads Molendonk and reads in Hoekskapelle: she writes in the first only."""
    marie = world.person("lead")
    factories.membership(village=world.other_village, person=marie, role="reader")
    assert set(access.visible_villages(marie.user)) == {world.village, world.other_village}
    assert list(access.writable_villages(marie.user)) == [world.village]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_coordinators_list_asks_three_questions(world, rows, django_assert_num_queries):
    world.other_village.delete()
    for _ in range(rows - 1):
        more = factories.village(edition=world.edition)
        factories.membership(village=more, person=factories.person(), role="lead")
    with django_assert_num_queries(3):
        villages = list(access.villages_of(world.edition))
        found = [[m.person.name for m in v.open_memberships] for v in villages]
        coaches = [[c.lens.name for c in v.open_coaches] for v in villages]
    assert (len(found), sum(map(len, coaches))) == (rows, 1)


def test_people_of_a_stopped_village_are_no_participants(world):
    world.village.stopped_on = clock.today()
    world.village.save()
    names = {person.name for person in access.participants(world.edition)}
    assert names == {world.person("other_lead").name}
