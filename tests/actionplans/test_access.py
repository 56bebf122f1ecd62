import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from actionplans import access, actions
from actionplans.models import ActionPlan
from tests import factories
from tests.actionplans import making

pytestmark = pytest.mark.django_db

DOSSIER = {"lead", "editor", "reader", "coach", "coordinator"}
NETWORK = DOSSIER | {"other_lead", "other_coach", "other_coordinator"}
EVERYONE = NETWORK | {"candidate", "former_coach", "partner", "superuser"}


@pytest.fixture
def plan(world) -> ActionPlan:
    return making.plan(village=world.village, by=world.person("lead"))


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [
        ("team", {"lead", "editor", "reader"}),
        ("coaches", DOSSIER),
        ("network", NETWORK),
        ("everyone", EVERYONE),
    ],
)
def test_the_switch_alone_decides_who_reads(world, plan, visibility, readers) -> None:
    plan.sections.update(visibility="team")
    section = making.section(plan, "droom")
    actions.set_visibility(plan_section=section, visibility=visibility, by=world.person("lead"))
    found = {
        who
        for who, person in world.people.items()
        if access.readable_sections(person.user).filter(pk=section.pk).exists()
    }
    assert found == readers


def test_visible_plans_are_those_of_the_dossier_and_those_that_share(world, plan) -> None:
    def seen() -> set:
        people = world.people.items()
        return {who for who, p in people if access.visible_plans(p.user).exists()}

    assert seen() == DOSSIER
    making.plan(village=world.other_village, by=world.person("other_lead"))
    plan.sections.filter(section__slug="droom").update(visibility="network")
    assert seen() == NETWORK


def test_only_lead_and_editor_write(world, plan) -> None:
    writers = {w for w, p in world.people.items() if access.can_write(p.user, plan)}
    assert writers == {"lead", "editor"}
    with pytest.raises(PermissionDenied):
        access.plan_to_write_or_404(world.person("reader").user, "voorjaar", "molendonk")
    with pytest.raises(Http404):
        access.plan_to_write_or_404(world.person("other_lead").user, "voorjaar", "molendonk")


def test_a_section_of_the_team_is_forbidden_to_coaches_and_hidden_from_others(world, plan) -> None:
    plan.sections.filter(section__slug="droom").update(visibility="network")
    with pytest.raises(Http404):
        access.plan_section_or_404(world.person("other_lead").user, plan, "geld")
    plan.sections.filter(section__slug="geld").update(visibility="team")
    for who in ("coach", "coordinator"):
        with pytest.raises(PermissionDenied):
            access.plan_section_or_404(world.person(who).user, plan, "geld")
    assert access.plan_section_or_404(world.person("reader").user, plan, "geld")


def test_coaches_see_progress_but_no_text_of_the_team(world, plan) -> None:
    making.answer(plan=plan, by=world.person("lead"), text="Geheim")
    plan.sections.filter(section__slug="ons-dorp").update(visibility="team")
    chapters = access.readable_chapters(world.person("coach").user, plan)
    closed = next(c for c in chapters if c.plan_section.section.slug == "ons-dorp")
    assert (len(chapters), closed.readable, closed.asked) == (18, False, [])


def test_what_is_shared_with_the_network_leaves_out_answers_about_people(world, plan) -> None:
    plan.sections.filter(section__slug="mensen-en-partners").update(visibility="network")
    chapters = access.readable_chapters(world.person("other_lead").user, plan)
    assert [(c.plan_section.section.slug, c.asked) for c in chapters] == [
        ("mensen-en-partners", [])
    ]


def test_open_work_counts_what_the_session_still_needs(world, plan) -> None:
    work = access.open_for_session(plan, 2)
    assert (work.count, work.minutes) == (4, 24)
    assert work.sentence == "Voor werksessie 2: nog 4 stukken, ongeveer 24 minuten"
    assert work.url == "/plan/voorjaar/molendonk/functies/#functies"
    lead = world.person("lead")
    rows = [
        {"id": str(n), "functie": "shop", "stand": "start", "waarom": "brood"} for n in range(2)
    ]
    making.answer(plan=plan, by=lead, slug="functies", key="functies", rows=rows)
    assert access.open_for_session(plan, 2).url.endswith("/elke-dag/#openingsuren")
    section = making.section(plan, "elke-dag")
    actions.defer_section(plan_section=section, is_deferred=True, by=lead)
    assert access.open_for_session(plan, 2).sentence == "Voor werksessie 2 is alles klaar"


def test_a_rule_asks_for_the_right_rows(world, plan) -> None:
    question = making.question(plan, "mensen-en-partners", "betrokkenen")
    rows = [{"id": str(n), "naam": f"Iemand {n}"} for n in range(5)]
    assert not question.is_filled_by("", rows)
    rows[0] |= {"soort": "lokaal-bestuur"}
    rows[1] |= {"houding": "kritisch"}
    assert question.is_filled_by("", rows)


def test_untouched_starter_rows_fill_nothing(world, plan) -> None:
    question = making.question(plan, "ons-dorp", "feiten")
    rows = question.starter_rows
    assert question.own_rows(rows) == []
    assert not question.is_filled_by("", rows)
    assert question.is_filled_by("", [{**row, "cijfer": "3"} for row in rows[:5]])


def test_permission_for_the_book_counts_only_when_it_is_a_yes(world, plan) -> None:
    question = making.question(plan, "ons-verhaal", "toestemming")
    assert [question.is_filled_by(code, []) for code in ("", "nee", "ja")] == [False, False, True]


@pytest.mark.parametrize("count", [1, 3])
def test_overviews_cost_the_same_for_one_and_three_plans(
    world, django_assert_num_queries, count
) -> None:
    lead = world.person("lead")
    plans = []
    for _ in range(count):
        plan = making.plan(village=factories.village(edition=world.edition), by=lead)
        making.answer(plan=plan, by=lead, text="Iets")
        making.action(plan=plan, by=lead)
        plans.append(plan)
    with django_assert_num_queries(1):
        assert {p.ready for p in access.progress(plans).values()} == {0}
    with django_assert_num_queries(2):
        assert len(access.last_activity(plans)) == count
    with django_assert_num_queries(4):
        assert len(access.open_for_sessions(plans, 2)) == count


def test_progress_counts_ready_core_sections_of_ten(world, plan) -> None:
    lead = world.person("lead")
    for slug in ("droom", "plan-b"):
        actions.set_ready(plan_section=making.section(plan, slug), is_ready=True, by=lead)
    found = access.progress([plan])[plan.pk]
    assert (found.ready, found.total, found.is_complete) == (1, 10, False)


def test_the_status_of_a_plan_follows_from_its_sections(world, plan) -> None:
    lead = world.person("lead")

    def status() -> str:
        return access.progress([plan])[plan.pk].status.label

    assert status() == "leeg"
    making.answer(plan=plan, by=lead, slug="rechtsvorm", key="rechtsvorm", text="vzw")
    assert status() == "begonnen"
    actions.set_ready(plan_section=making.section(plan, "droom"), is_ready=True, by=lead)
    assert status() == "wordt gelezen"
    for section in plan.sections.filter(section__kind="core"):
        actions.set_ready(plan_section=section, is_ready=True, by=lead)
    assert status() == "klaar"


def test_a_plan_with_only_an_action_is_begun_and_one_emptied_again_is_not(world, plan) -> None:
    lead = world.person("lead")
    making.answer(plan=plan, by=lead, text="Een plein")
    making.answer(plan=plan, by=lead, text="")
    assert access.progress([plan])[plan.pk].status.label == "leeg"
    making.action(plan=plan, by=lead)
    assert access.progress([plan])[plan.pk].status.label == "begonnen"
