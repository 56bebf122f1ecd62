from datetime import timedelta

import pytest

from actionplans.models import Action
from network import clock
from tests import factories
from tests.actionplans import making

pytestmark = pytest.mark.django_db

PLAN = "/plan/voorjaar/molendonk/"
TABLE = f"{PLAN}acties/"


@pytest.fixture
def plan(world):
    return making.plan(village=world.village, by=world.person("lead"))


def whole(**fields) -> dict:
    """All fields of the form, as a browser sends them."""
    return {"title": "Bel de bakker", "base": "1", "state": "todo", "priority": "now", **fields}


def test_adding_an_action_leads_to_its_row(world, sign_in, plan) -> None:
    due = clock.today() + timedelta(days=9)
    data = {"title": "Vraag de sleutel", "owner": world.person("editor").pk, "due_on": str(due)}
    response = sign_in("lead").post(f"{TABLE}nieuw/", data)
    assert (response.status_code, response["Location"]) == (303, f"{TABLE}#actie-1")
    action = Action.objects.get()
    assert (action.title, action.owner, action.due_on) == (
        "Vraag de sleutel",
        world.person("editor"),
        due,
    )


def test_whole_form_keeps_cost_section_and_who_helps(world, sign_in, plan) -> None:
    making.action(plan=plan, by=world.person("lead"))
    section = making.section(plan, "geld").section
    data = whole(cost="€ 1.250,50", section=section.pk, helpers="de chiro", note="Neem taart mee")
    assert sign_in("editor").post(f"{TABLE}1/", data).status_code == 303
    action = Action.objects.get()
    assert str(action.cost) == "1250.50"
    assert (action.section, action.helpers, action.note) == (section, "de chiro", "Neem taart mee")
    assert action.revision == 2


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"title": ""}, "Wat"),
        ({"cost": "veel"}, "“veel” is geen getal"),
        ({"cost": "-1"}, "Schrijf een bedrag tussen 0"),
        ({"starts_on": "2026-05-02", "due_on": "2026-05-01"}, "Deze datum valt voor het begin"),
        ({"owner": "999999"}, "Wie"),
        ({"state": "verzonnen"}, "Stand"),
    ],
)
def test_bad_input_is_422_and_nothing_typed_is_lost(world, sign_in, plan, fields, message) -> None:
    making.action(plan=plan, by=world.person("lead"))
    response = sign_in("lead").post(f"{TABLE}1/", whole(note="Mijn notitie", **fields))
    html = response.content.decode()
    assert response.status_code == 422
    assert message in html
    assert "Mijn notitie" in html
    assert Action.objects.get().revision == 1


def test_somebody_of_another_village_cannot_be_given_an_action(world, sign_in, plan) -> None:
    data = {"title": "Bel", "owner": world.person("other_lead").pk}
    assert sign_in("lead").post(f"{TABLE}nieuw/", data).status_code == 422
    assert not Action.objects.exists()


def test_an_owner_who_left_stays_until_another_takes_over(world, sign_in, plan) -> None:
    gone = factories.person(name="An Vertrokken")
    making.action(plan=plan, by=world.person("lead"), owner=gone)
    assert sign_in("lead").post(f"{TABLE}1/", whole(owner=gone.pk)).status_code == 303
    assert Action.objects.get().owner == gone


def test_a_stale_change_shows_both_and_can_be_sent_again(world, sign_in, plan) -> None:
    making.action(plan=plan, by=world.person("lead"))
    sign_in("lead").post(f"{TABLE}1/", whole(title="Mail de bakker"))
    response = sign_in("editor").post(f"{TABLE}1/", whole(title="Bezoek de bakker"))
    html = response.content.decode()
    assert response.status_code == 409
    assert "Marie veranderde deze actie ook" in html
    assert "Mail de bakker" in html
    assert "Bezoek de bakker" in html
    base = response.context["form"]["base"].value()
    again = sign_in("editor").post(f"{TABLE}1/", whole(title="Bezoek de bakker", base=base))
    assert again.status_code == 303
    assert Action.objects.get().title == "Bezoek de bakker"


def test_ticking_off_and_opening_again(world, sign_in, plan) -> None:
    making.action(plan=plan, by=world.person("lead"))
    sign_in("editor").post(f"{TABLE}1/klaar/", {"klaar": "1"})
    assert Action.objects.get().done_by == world.person("editor")
    sign_in("lead").post(f"{TABLE}1/klaar/", {"klaar": "0"})
    assert (Action.objects.get().state, Action.objects.get().done_by) == ("todo", None)


def test_mine_and_late_are_marked_and_mine_can_stand_alone(world, sign_in, plan) -> None:
    lead = world.person("lead")
    late = clock.today() - timedelta(days=1)
    making.action(plan=plan, by=lead, title="Van Marie", owner=lead, due_on=late)
    making.action(plan=plan, by=lead, title="Van Jef", owner=world.person("editor"))
    html = sign_in("lead").get(TABLE).content.decode()
    assert html.count("te laat") == 1
    assert html.count(">jij</b>") == 1
    mine = sign_in("lead").get(f"{TABLE}?wie=ik").content.decode()
    assert "Van Marie" in mine
    assert "Van Jef" not in mine


def test_who_does_it_is_shown_to_the_dossier_only(world, sign_in, plan) -> None:
    lead = world.person("lead")
    making.action(plan=plan, by=lead, title="Bel de boeren", owner=world.person("editor"))
    plan.sections.update(visibility="network")
    for page in (TABLE, f"{PLAN}lezen/"):
        for who, named in {"reader": True, "coach": True, "other_lead": False}.items():
            html = sign_in(who).get(page).content.decode()
            assert "Bel de boeren" in html
            assert ("Jef Wouters" in html, ">Wie<" in html) == (named, named)


def test_an_unknown_action_is_404(sign_in, plan) -> None:
    assert sign_in("lead").get(f"{TABLE}7/").status_code == 404
