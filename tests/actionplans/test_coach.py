"""The coach's desk and the plan as she reads it."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from actionplans import access, actions, desk
from actionplans.models import PlanVisit
from network import clock
from tests import factories
from tests.actionplans import making, talking

pytestmark = pytest.mark.django_db
DESK = reverse("actionplans:coach")
DESK_QUERIES = 16
PLAN_QUERIES = 20


@pytest.fixture
def plan(world):
    return talking.written(world)


def plan_url(village):
    return reverse("actionplans:coach-plan", args=[village.edition.slug, village.slug])


def read(world, plan):
    actions.visit_plan(plan=plan, by=world.person("coach"))


def row(world):
    [found] = desk.rows(world.person("coach").user, [world.village])
    return found


@pytest.fixture
def later(time_machine):
    """later(days=1): that long after the test began."""
    return lambda **past: time_machine.travel(time_machine.began + timedelta(**past))


def test_coach_sees_her_villages_only(sign_in, world, plan):
    making.plan(village=world.other_village, by=world.person("other_lead"))
    page = sign_in("coach").get(DESK).text
    assert "Molendonk" in page
    assert "Hoekskapelle" not in page


@pytest.mark.parametrize("who", ["lead", "coordinator", "former_coach", "partner", "superuser"])
def test_who_coaches_no_village_today_has_no_desk(sign_in, world, plan, who):
    assert sign_in(who).get(DESK).status_code == 404


def test_an_answer_of_the_village_waits_for_the_coach(sign_in, world, plan):
    thread = talking.sent(plan, world.person("coach"))
    assert not row(world).waits_for_me
    actions.answer_thread(thread=thread, by=world.person("lead"), body="Jan levert dan.")
    assert row(world).tasks == ["1 antwoord om te lezen"]
    assert "Eén dorp wacht op jou" in sign_in("coach").get(DESK).text


def test_the_desk_counts_changed_words_since_the_last_visit(world, plan, later):
    assert row(world).change == "Nog niet gelezen"
    read(world, plan)
    assert row(world).change == "Niets veranderd"
    with later(days=1):
        text = talking.TEXT.replace("drie", "vier") + " Elk uur."
        making.answer(plan=plan, by=world.person("editor"), text=text)
        assert row(world).change == "3 woorden veranderd"


def test_words_of_a_section_kept_to_the_team_are_not_counted(world, plan, later):
    read(world, plan)
    with later(days=1):
        making.answer(plan=plan, by=world.person("editor"), text="Heel wat anders.")
        section = making.section(plan, "ons-dorp")
        actions.set_visibility(plan_section=section, visibility="team", by=world.person("lead"))
        assert row(world).changed == 0


def test_a_section_called_ready_waits_for_the_coach_until_she_reads_it(world, plan, later):
    section = making.section(plan, "ons-dorp")
    actions.set_ready(plan_section=section, is_ready=True, by=world.person("lead"))
    assert row(world).tasks == ["1 onderdeel klaar om te lezen"]
    with later(hours=1):
        read(world, plan)
        assert row(world).tasks == []


@pytest.mark.parametrize(
    ("days", "rhythm"),
    [
        (0, "vandaag nog geschreven"),
        (1, "gisteren geschreven"),
        (9, "9 dagen stil"),
        (30, "4 weken stil"),
    ],
)
def test_the_desk_says_how_long_a_village_is_quiet(world, plan, days, rhythm, later):
    with later(days=days):
        assert row(world).rhythm == rhythm


def test_a_village_without_a_plan_has_a_row(sign_in, world):
    response = sign_in("coach").get(DESK)
    assert "Nog niet begonnen" in response.text


def test_the_desk_asks_the_same_with_one_and_three_villages(
    sign_in, world, plan, django_assert_num_queries
):
    talking.sent(plan, world.person("coach"))
    read(world, plan)
    making.answer(plan=plan, by=world.person("lead"), text="Veranderd.")
    client = sign_in("coach")
    with django_assert_num_queries(DESK_QUERIES):
        client.get(DESK)
    for name in ("Ten Berke", "Kruishoeve"):
        village = factories.village(edition=world.edition, name=name)
        factories.membership(village=village, person=world.person("lead"), role="lead")
        factories.coach_assignment(village=village, person=world.person("coach"), lens=world.lens)
        other = making.plan(village=village, by=world.person("lead"))
        making.answer(plan=other, by=world.person("lead"), text=talking.TEXT)
        talking.sent(other, world.person("coach"))
        read(world, other)
        making.answer(plan=other, by=world.person("lead"), text="Veranderd.")
    with django_assert_num_queries(DESK_QUERIES):
        assert "Kruishoeve" in client.get(DESK).text


def test_coach_reads_the_plan_with_a_button_at_each_paragraph(sign_in, world, plan):
    page = sign_in("coach").get(plan_url(world.village)).text
    add = reverse("actionplans:comment-add", args=["voorjaar", "molendonk", "ons-dorp", "schets"])
    second = talking.TEXT.index("De bus")
    assert f'href="{add}?versie=1&amp;van=0&amp;tot=38"' in page
    assert f'href="{add}?versie=1&amp;van={second}&amp;tot={len(talking.TEXT)}"' in page


def test_a_mark_is_tied_to_its_comment(sign_in, world, plan):
    thread = talking.draft(plan, world.person("coach")).thread
    page = sign_in("coach").get(plan_url(world.village)).text
    assert f'<mark aria-describedby="gesprek-{thread.pk}">drie boeren</mark>' in page
    assert f'id="gesprek-{thread.pk}"' in page
    assert "Verstuur mijn opmerking" in page


def test_changes_since_the_last_sitting_are_marked(sign_in, world, plan, later):
    url = plan_url(world.village)
    assert "<ins>" not in sign_in("coach").get(url).text.replace("<ins>zo</ins>", "")
    with later(days=2):
        text = talking.TEXT.replace("drie", "vier")
        making.answer(plan=plan, by=world.person("lead"), text=text)
    with later(days=3):
        for _ in range(2):  # coming back within the sitting keeps the marks
            page = sign_in("coach").get(url).text
            assert "<del>drie</del>" in page.replace("drie </del>", "drie</del>")
            assert "<ins>vier" in page
            assert "1 woord veranderd" in page
    with later(days=4):
        assert "<ins>vier" not in sign_in("coach").get(url).text


def test_what_did_not_change_and_what_was_handled_is_folded(sign_in, world, plan, later):
    thread = talking.sent(plan, world.person("coach"))
    actions.handle_thread(thread=thread, by=world.person("lead"))
    talking.sent(plan, world.person("coach"), words="De bus", kind="compliment")
    page = sign_in("coach").get(plan_url(world.village)).text
    assert "1 behandelde opmerking" in page
    assert ">drie boeren</mark>" not in page
    assert "Niets veranderd" not in page
    with later(days=1):
        page = sign_in("coach").get(plan_url(world.village)).text
        assert page.count("Niets veranderd sinds je vorige bezoek") == 3  # 1, 2 and the actions


def test_a_section_kept_to_the_team_shows_no_word(sign_in, world, plan):
    talking.sent(plan, world.person("coach"))
    section = making.section(plan, "ons-dorp")
    actions.set_visibility(plan_section=section, visibility="team", by=world.person("lead"))
    page = sign_in("coach").get(plan_url(world.village)).text
    assert "Het dorp houdt dit onderdeel nog voor zichzelf" in page
    assert "boeren" not in page


def test_what_stood_in_a_closed_section_at_a_visit_is_never_shown(sign_in, world, plan, later):
    section, lead = making.section(plan, "ons-dorp"), world.person("lead")
    secret = f"{talking.TEXT} De bakker zit krap."
    actions.set_visibility(plan_section=section, visibility="team", by=lead)
    making.answer(plan=plan, by=lead, text=secret)
    sign_in("coach").get(plan_url(world.village))
    with later(days=1):
        making.answer(plan=plan, by=lead, text=talking.TEXT)
        actions.set_visibility(plan_section=section, visibility="coaches", by=lead)
        words = len(talking.TEXT.split())
        assert row(world).changed == words
        page = sign_in("coach").get(plan_url(world.village)).text
        assert "krap" not in page
        assert f"{words} woorden veranderd" in page


def test_what_was_opened_since_the_visit_is_new_though_nobody_wrote(world, plan, later):
    section, lead = making.section(plan, "ons-dorp"), world.person("lead")
    actions.set_visibility(plan_section=section, visibility="team", by=lead)
    read(world, plan)
    with later(days=1):
        actions.set_visibility(plan_section=section, visibility="network", by=lead)
        assert row(world).changed == len(talking.TEXT.split())
    with later(days=2):
        read(world, plan)
        actions.set_visibility(plan_section=section, visibility="coaches", by=lead)
        assert row(world).changed == 0


@pytest.mark.parametrize(
    ("who", "status"),
    [("lead", 403), ("coordinator", 403), ("other_coach", 404), ("former_coach", 404)],
)
def test_only_the_coach_of_today_reads_along(sign_in, world, plan, who, status):
    assert sign_in(who).get(plan_url(world.village)).status_code == status
    assert not PlanVisit.objects.exists()


def test_the_assignment_ends_today_the_door_closes_tomorrow(sign_in, world, plan, later):
    assignment = world.person("coach").coach_assignments.get()
    assignment.until_on = clock.today()
    assignment.save()
    assert sign_in("coach").get(plan_url(world.village)).status_code == 200
    with later(days=1):
        assert sign_in("coach").get(plan_url(world.village)).status_code == 404
        assert sign_in("coach").get(DESK).status_code == 404


def test_the_plan_asks_the_same_with_one_and_three_comments(
    sign_in, world, plan, django_assert_num_queries
):
    client = sign_in("coach")
    read(world, plan)
    talking.sent(plan, world.person("coach"))
    with django_assert_num_queries(PLAN_QUERIES):
        client.get(plan_url(world.village))
    making.answer(plan=plan, by=world.person("lead"), slug="droom", key="droom", text="Warm.")
    talking.sent(plan, world.person("coach"), words="De bus")
    talking.sent(plan, world.person("coach"), words="Warm", slug="droom", key="droom")
    with django_assert_num_queries(PLAN_QUERIES):
        page = client.get(plan_url(world.village)).text
    assert page.count("data-talk") == 3


def test_former_coach_is_told_nothing(world, plan):
    thread = talking.sent(plan, world.person("coach"))
    actions.answer_thread(thread=thread, by=world.person("lead"), body="Jan.")
    assert [t.pk for t in access.news_for_coach(world.person("coach"), plan)] == [thread.pk]
    world.person("coach").coach_assignments.update(until_on=clock.today() - timedelta(days=1))
    assert access.news_for_coach(world.person("coach"), plan) == []


def test_sections_of_before_opened_at_get_it_from_what_was_written_down(world, plan):
    section, lead = making.section(plan, "ons-dorp"), world.person("lead")
    for visibility in ("team", "coaches"):
        actions.set_visibility(plan_section=section, visibility=visibility, by=lead)
    actions.set_visibility(
        plan_section=making.section(plan, "droom"), visibility="network", by=lead
    )
    plan.sections.update(opened_at=None)
    import_module("actionplans.migrations.0005_opened_at").note_openings(apps, None)
    assert [s.section.slug for s in plan.sections.exclude(opened_at=None)] == ["ons-dorp"]
