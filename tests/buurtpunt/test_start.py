from datetime import date

import pytest

from actionplans import actions
from buurtpunt.start import doors
from tests import factories
from tests.actionplans import making
from tests.buurtpunt.pages import Page
from tests.worksessions.made import attendance, work_session


@pytest.mark.parametrize(
    ("who", "first"),
    [
        ("lead", "Schrijf verder aan het plan van Molendonk"),
        ("editor", "Schrijf verder aan het plan van Molendonk"),
        ("reader", "Lees het plan van Molendonk"),
        ("other_lead", "Schrijf verder aan het plan van Hoekskapelle"),
        ("coach", "Lees mee met Molendonk"),
        ("coordinator", "Kijk hoe de dorpen van Voorjaar ervoor staan"),
        ("partner", "Volg de dorpen van Voorjaar"),
        ("superuser", "Beheer de woordenlijsten en de accounts"),
    ],
)
def test_each_role_has_one_next_step(world, who, first):
    assert [door.title for door in doors(world.person(who).user)] == [first]


def test_nobody_is_to_be_called_in_an_edition_that_is_closed(world):
    person = world.person("coordinator")
    day = date(2020, 3, 17)
    closed = factories.edition(name="Editie 2019", starts_on=date(2019, 3, 21), closed_on=day)
    factories.coordinator_assignment(edition=closed, person=person)
    now, then = doors(person.user)
    assert now.title == "Kijk hoe de dorpen van Voorjaar ervoor staan"
    assert then.title == "Kijk terug op Editie 2019"
    assert "bel" not in then.text


@pytest.mark.parametrize("who", ["candidate", "former_coach"])
def test_somebody_without_a_role_is_told_so_kindly(sign_in, who):
    page = Page(sign_in(who), "/mijn/")
    assert "Je hebt nu geen taak in een lopende editie" in page.text
    assert "/contact/" in page.links


def test_several_roles_are_offered_to_choose_from(sign_in, world):
    factories.coach_assignment(
        village=world.other_village, person=world.person("lead"), lens=world.lens
    )
    text = Page(sign_in("lead"), "/mijn/").text
    steps = ["Dag Marie", "Schrijf verder aan het plan van Molendonk", "Ook van jou"]
    places = [text.index(words) for words in [*steps, "Lees mee met Hoekskapelle"]]
    assert places == sorted(places)


def test_a_lead_is_led_to_the_first_piece_that_the_next_session_needs(sign_in, world):
    lead = world.person("lead")
    making.plan(village=world.village, by=lead)
    work_session(edition=world.edition, number=1)
    door, _ = doors(lead.user)
    assert door.title.startswith("Voor werksessie 1: nog ")
    assert door.text.startswith("Begin met ‘")
    assert door.href.startswith("/plan/voorjaar/molendonk/")
    assert "#" in door.href
    assert door.href in Page(sign_in("lead"), "/mijn/").links


def test_without_a_session_ahead_the_plan_itself_is_the_next_step(world):
    making.plan(village=world.village, by=world.person("lead"))
    (door,) = doors(world.person("lead").user)
    assert door.title == "Schrijf verder aan het plan van Molendonk"
    assert door.href == "/plan/voorjaar/molendonk/"


def test_a_coach_hears_what_waits(world):
    lead = world.person("lead")
    plan = making.plan(village=world.village, by=lead)
    section = plan.sections.order_by("section__number").first()
    actions.set_ready(plan_section=section, is_ready=True, by=lead)
    (door,) = doors(world.person("coach").user)
    assert door.text == "Dit ligt voor jou klaar: 1 onderdeel om te lezen."
    assert door.href == "/coach/"


def test_a_visitor_signs_in_first(client, db):
    response = client.get("/mijn/")
    assert response.status_code == 302
    assert response.url.endswith("?next=/mijn/")


@pytest.mark.parametrize("rows", [1, 3])
def test_start_costs_the_same_for_one_village_as_for_three(world, rows, django_assert_num_queries):
    person = factories.person()
    factories.user(person=person)
    for _ in range(rows):
        village = factories.village(edition=world.edition)
        factories.membership(village=village, person=person)
        factories.coach_assignment(village=village, person=person, lens=world.lens)
        making.plan(village=village, by=person)
    work_session(edition=world.edition, number=1)
    account = person.user
    # roles of five kinds, the agenda, the plans twice, four for the work, three for the coach,
    # two for the session that comes
    with django_assert_num_queries(17):
        assert len(doors(account)) == rows + 2


@pytest.mark.parametrize(
    ("answer", "words", "button"),
    [
        ("", "Kom je? Eén tik is genoeg.", "Laat weten of je komt"),
        ("maybe", "Je zei misschien.", "Laat weten of je komt"),
        ("yes", "Je komt, fijn.", "Bekijk de werksessie"),
        ("no", "Je zei dat je niet kan komen.", "Bekijk de werksessie"),
    ],
)
def test_who_takes_part_or_coaches_is_asked_for_the_next_session(world, answer, words, button):
    session = work_session(edition=world.edition)
    for who in ("reader", "coach"):
        person = world.person(who)
        if answer:
            attendance(session=session, person=person, answer=answer)
        (door,) = (one for one in doors(person.user) if one.role == "Werksessie 2")
        assert door.title == "Over 8 dagen: invulling en opstart"
        assert words in door.text
        assert (door.button, door.href) == (button, "/werksessies/voorjaar/2/")
    assert [one.role for one in doors(world.person("former_coach").user)] == []
