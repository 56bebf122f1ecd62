"""The main menu follows today's roles, with one query."""

from datetime import date

import pytest

from buurtpunt import menu
from network import access
from tests import factories


def labels(world, who) -> list[str]:
    return [entry.label for entry in menu.entries(world.person(who).user)]


def test_roles_of_today_only(world):
    assert access.roles_today(world.person("lead").user) == [
        (access.MEMBER, world.edition.slug, world.village.slug)
    ]
    assert access.roles_today(world.person("former_coach").user) == []


def test_a_coordinator_has_no_plan_in_the_menu(world):
    assert labels(world, "coordinator") == ["Mijn start", "Dorpen", "Werksessies", "Archief"]


def test_the_menu_leads_to_the_edition_that_runs(world):
    """2019 comes before it by name; who looks after both works in the running one."""
    person = world.person("coordinator")
    for year in (2019, 2021):
        closed = factories.edition(slug=str(year), starts_on=date(year, 3, 21))
        factories.coordinator_assignment(edition=closed, person=person)
    hrefs = [entry.href for entry in menu.entries(person.user)]
    assert f"/coordinatie/{world.edition.slug}/werksessies/" in hrefs
    editions = [role.edition for role in access.roles_today(person.user)]
    assert editions == [world.edition.slug, "2021", "2019"]


def test_a_member_finds_the_plan(world):
    assert labels(world, "reader") == ["Mijn start", "Ons plan", "Inspiratie"]


def test_a_coach_of_three_villages_has_one_entry(world):
    for _ in range(2):
        village = factories.village(edition=world.edition)
        factories.coach_assignment(village=village, person=world.person("coach"), lens=world.lens)
    assert labels(world, "coach") == ["Mijn start", "Wie ik coach", "Inspiratie"]


@pytest.mark.parametrize("rows", [1, 3])
def test_costs_one_query(world, rows, django_assert_num_queries):
    person = factories.person()
    account = factories.user(person=person)
    for _ in range(rows):
        village = factories.village(edition=world.edition)
        factories.membership(village=village, person=person)
        factories.coach_assignment(village=village, person=person, lens=world.lens)
    with django_assert_num_queries(1):
        assert menu.entries(account)


def test_a_visitor_costs_nothing_but_the_version_of_the_cache(
    client, db, django_assert_num_queries
):
    with django_assert_num_queries(1):  # the version of cached pages
        html = client.get("/privacy/").content.decode()
    assert "Aanmelden" in html
