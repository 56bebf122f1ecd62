import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from actionplans import access, actions
from actionplans.access import NextSession
from network import clock, search
from tests import factories
from tests.actionplans import making

pytestmark = pytest.mark.django_db

PLAN = "/plan/voorjaar/molendonk/"


@pytest.fixture
def plan(world):
    return making.plan(village=world.village, by=world.person("lead"))


@pytest.fixture
def second_session(monkeypatch):
    """The floor of the sessions says that the second one comes next."""
    starts_at = clock.at(clock.today(), 13, 30)
    monkeypatch.setattr(
        "actionplans.access.agenda._agenda",
        lambda editions: {pk: NextSession(2, starts_at) for pk in editions},
    )


def test_the_plan_opens_at_what_the_next_session_needs(sign_in, plan, second_session) -> None:
    response = sign_in("lead").get(PLAN)
    assert response.context["opened"].plan_section.section.slug == "functies"
    assert response.context["next"]["title"] == "Kies jullie eerste drie functies"
    assert response.context["next"]["text"] == (
        "Voor werksessie 2: nog 4 stukken, ongeveer 24 minuten."
    )
    assert response.context["next"]["kicker"].startswith("Nu te doen, vóór ")
    html = response.content.decode()
    assert "Dag Marie, dit is jullie plan" in html
    assert "0 van de 10 kernonderdelen zijn klaar" in html


def test_a_plan_that_is_ready_for_the_session_says_so(world, sign_in, plan, second_session) -> None:
    for slug in ("functies", "elke-dag"):
        actions.set_ready(
            plan_section=making.section(plan, slug), is_ready=True, by=world.person("lead")
        )
    response = sign_in("lead").get(PLAN)
    assert response.context["next"]["title"] == "Jullie zijn klaar"
    done = [s["number"] for s in response.context["stamps"] if s["state"] == "done"]
    assert done == [7, 12]


def test_deepening_sections_are_folded_behind_more(sign_in, plan) -> None:
    context = sign_in("lead").get(PLAN).context
    assert len(context["core"]) == 10
    assert [fold.section.number for fold in context["more"]] == [6, 8, 9, 10, 11, 15, 17, 18]


def test_readers_and_coaches_get_no_field(sign_in, plan) -> None:
    for who in ("reader", "coach", "coordinator"):
        for path in (PLAN, f"{PLAN}droom/"):
            assert b"<textarea" not in sign_in(who).get(path).content
    assert b"<textarea" in sign_in("editor").get(f"{PLAN}droom/").content


def test_a_coach_sees_that_a_section_of_the_team_exists_but_not_its_text(
    world, sign_in, plan
) -> None:
    making.answer(plan=plan, by=world.person("lead"), text="Ons geheim")
    plan.sections.filter(section__slug="ons-dorp").update(visibility="team")
    html = sign_in("coach").get(PLAN).content.decode()
    assert "Alleen voor het dorp" in html
    assert "Ons geheim" not in html
    assert "Ons geheim" not in sign_in("coach").get(f"{PLAN}lezen/").content.decode()
    assert "Ons geheim" in sign_in("reader").get(f"{PLAN}lezen/").content.decode()


def test_beginning_a_plan_leads_to_it(world, sign_in) -> None:
    client = sign_in("lead")
    assert "Begin met jullie plan" in client.get(PLAN).content.decode()
    response = client.post(f"{PLAN}begin/")
    assert (response.status_code, response["Location"]) == (303, PLAN)
    assert access.plan_of(world.village).started_by == world.person("lead")


def test_the_two_switches_and_putting_off(sign_in, plan) -> None:
    client = sign_in("editor")
    client.post(f"{PLAN}geld/wie-leest-mee/", {"visibility": "team"})
    client.post(f"{PLAN}geld/later/", {"later": "1"})
    section = making.section(plan, "geld")
    assert (section.visibility, section.is_deferred) == ("team", True)
    client.post(f"{PLAN}geld/klaar/", {"klaar": "1"})
    assert making.section(plan, "geld").is_ready
    client.post(f"{PLAN}geld/klaar/", {"klaar": "0"})
    assert not making.section(plan, "geld").is_ready
    assert client.post(f"{PLAN}geld/wie-leest-mee/", {"visibility": "x"}).status_code == 400


def test_pausing_asks_why_and_going_on_does_not(sign_in, plan) -> None:
    client = sign_in("lead")
    response = client.post(f"{PLAN}verloop/", {"course": "paused", "reason": " "})
    assert response.status_code == 422
    assert "Zet er in enkele woorden bij waarom." in response.content.decode()
    client.post(f"{PLAN}verloop/", {"course": "paused", "reason": "We verbouwen"})
    assert "We verbouwen" in client.get(PLAN).content.decode()
    client.post(f"{PLAN}verloop/", {"course": "running"})
    plan.refresh_from_db()
    assert plan.is_running


@pytest.mark.parametrize("who", ["lead", "coach", "coordinator", "other_lead"])
def test_only_the_dossier_says_who_paused_a_plan_and_why(world, sign_in, plan, who) -> None:
    plan.sections.filter(section__slug="droom").update(visibility="network")
    actions.pause_plan(plan=plan, reason="Marie is ziek", by=world.person("lead"))
    page = sign_in(who).get(PLAN).text
    main = page[page.index("<main") :]
    assert "Even op pauze." in main
    assert ("Marie is ziek" in main) == (who != "other_lead")
    assert ("Marie Devos, " in main) == (who != "other_lead")


def test_search_finds_a_section_only_for_who_may_read_it(world, sign_in, plan) -> None:
    making.answer(plan=plan, by=world.person("lead"), text="De kruidenierster fietst")

    def found(who: str) -> list:
        user = world.person(who).user
        return [r.url for _, results in search.find(user, "kruidenierster") for r in results]

    assert found("coach") == [f"{PLAN}ons-dorp/"]
    assert found("other_lead") == []
    plan.sections.update(visibility="team")
    assert found("coach") == []
    assert found("reader") == [f"{PLAN}ons-dorp/"]


def test_what_everyone_may_read_is_found_on_the_public_page(world, sign_in, plan) -> None:
    making.answer(plan=plan, by=world.person("lead"), text="De kruidenierster fietst")
    plan.sections.update(visibility="everyone")

    def found() -> list:
        groups = search.find(AnonymousUser(), "kruidenierster")
        return [result.url for _, results in groups for result in results]

    assert found() == ["/dorpen/voorjaar/molendonk/#ons-dorp"]
    assert b"kruidenierster" in sign_in("anonymous").get("/dorpen/voorjaar/molendonk/").content
    making.answer(plan=plan, by=world.person("lead"), text="De kruidenierster stapt")
    assert b"ster stapt" in sign_in("anonymous").get("/dorpen/voorjaar/molendonk/").content
    world.village.is_public = False
    world.village.save()
    assert found() == []


@pytest.mark.parametrize("count", [1, 3])
def test_a_plan_costs_the_same_however_much_stands_in_it(
    world, sign_in, plan, django_assert_num_queries, count
) -> None:
    lead = world.person("lead")
    for number in range(count):
        making.answer(plan=plan, by=lead, slug="droom", key=["droom", "voor-wie", "anders"][number])
        making.answer(
            plan=plan,
            by=lead,
            slug="noden",
            key="noden",
            rows=[{"id": str(n), "nood": "brood"} for n in range(number + 1)],
        )
        making.action(plan=plan, by=lead, owner=lead)
    client = sign_in("lead")
    for path, queries in ((PLAN, 22), (f"{PLAN}acties/", 20), (f"{PLAN}lezen/", 12)):
        client.get(path)
        with django_assert_num_queries(queries):
            client.get(path)


def test_a_village_without_a_plan_is_not_begun_by_its_coordinator(world, sign_in) -> None:
    factories.village(edition=world.edition, name="Ten Berke", slug="ten-berke")
    url = reverse("actionplans:plan", args=["voorjaar", "ten-berke"])
    html = sign_in("coordinator").get(url).content.decode()
    assert "nog niet aan zijn plan begonnen" in html
    assert "Begin met jullie plan" not in html


def test_a_neighbour_who_reads_one_section_is_not_told_how_far_the_plan_is(
    world, sign_in, plan
) -> None:
    plan.sections.filter(section__slug="droom").update(visibility="network")
    assert "kernonderdelen zijn klaar" in sign_in("coach").get(PLAN).text
    assert "kernonderdelen zijn klaar" not in sign_in("other_lead").get(PLAN).text


@pytest.mark.parametrize("who", ["coach", "coordinator", "other_lead", "reader"])
def test_a_stamp_leads_only_to_what_may_be_read(sign_in, plan, who) -> None:
    plan.sections.update(visibility="network")
    plan.sections.filter(section__slug="ons-dorp").update(visibility="team")
    client = sign_in(who)
    stamps = client.get(PLAN).context["stamps"]
    closed = [] if who == "reader" else [2]
    assert [stamp["number"] for stamp in stamps if not stamp["href"]] == (
        [] if who == "other_lead" else closed
    )
    statuses = {client.get(stamp["href"]).status_code for stamp in stamps if stamp["href"]}
    assert statuses == {200}
