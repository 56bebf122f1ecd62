from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from actionplans import actions
from actionplans.models import ActionPlan, Answer, AnswerRevision, PlanTemplate, Question, Snapshot
from network import clock, search
from network.models import AuditEntry, SearchText
from tests import factories
from tests.actionplans import making

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def plan(world) -> ActionPlan:
    return making.plan(village=world.village, by=world.person("lead"))


def kinds(answer: Answer) -> list:
    return [(r.kind, r.number) for r in AnswerRevision.objects.filter(answer=answer)]


def test_installing_the_template_twice_changes_nothing() -> None:
    first = actions.install_template()
    again = actions.install_template()
    assert first == again
    assert PlanTemplate.objects.count() == 1
    assert first.sections.count() == 18
    assert Question.objects.filter(section__template=first).count() == 82


def test_a_plan_starts_with_all_sections_for_the_coaches_and_what_is_known(world, plan) -> None:
    assert plan.sections.count() == 18
    assert set(plan.sections.values_list("visibility", flat=True)) == {"coaches"}
    known = Answer.objects.filter(plan_section__plan=plan).values_list("question__key", "text")
    assert dict(known) == {"dorp": "Molendonk", "gemeente": "Zonderwijk"}
    assert actions.start_plan(village=world.village, by=world.person("editor")) == plan
    assert AuditEntry.objects.filter(verb="plan.started").count() == 1


def test_saving_writes_the_answer_a_revision_and_the_words_for_search(world, plan) -> None:
    answer = making.answer(plan=plan, by=world.person("editor"), text="Wij hebben een bakker. \r\n")
    assert answer.text == "Wij hebben een bakker."
    assert (answer.revision, answer.saved_by) == (1, world.person("editor"))
    assert kinds(answer) == [("edit", 1)]
    words = SearchText.objects.get(source="plan", object_id=answer.plan_section_id)
    assert "bakker" in words.text


def test_saving_the_same_text_again_makes_no_revision(world, plan) -> None:
    making.answer(plan=plan, by=world.person("lead"), text="Eén tekst")
    answer = making.answer(plan=plan, by=world.person("editor"), text="Eén tekst", base=0)
    assert kinds(answer) == [("edit", 1)]


def test_the_second_of_two_people_gets_both_texts_and_a_merge(world, plan) -> None:
    lead, editor = world.person("lead"), world.person("editor")
    making.answer(plan=plan, by=lead, text="Het brood.\n\nDe bus.")
    making.answer(plan=plan, by=lead, text="Het verse brood.\n\nDe bus.", base=1)
    with pytest.raises(actions.Stale) as stale:
        making.answer(plan=plan, by=editor, text="Het brood.\n\nDe late bus.", base=1)
    assert stale.value.answer.text == "Het verse brood.\n\nDe bus."
    assert stale.value.text == "Het brood.\n\nDe late bus."
    assert stale.value.merged == "Het verse brood.\n\nDe late bus."
    assert kinds(stale.value.answer) == [("edit", 1), ("edit", 2), ("conflict", None)]


def test_two_people_in_one_sentence_get_no_merge_and_lose_nothing(world, plan) -> None:
    making.answer(plan=plan, by=world.person("lead"), text="De tekst van Marie")
    for _ in range(2):
        with pytest.raises(actions.Stale) as stale:
            making.answer(plan=plan, by=world.person("editor"), text="De woorden van Jef", base=0)
    assert stale.value.merged is None
    late = AnswerRevision.objects.get(kind="conflict")
    assert (late.text, late.by) == ("De woorden van Jef", world.person("editor"))


def test_a_tab_that_missed_its_confirmation_does_not_clash_with_itself(world, plan) -> None:
    lead = world.person("lead")
    making.answer(plan=plan, by=lead, text="Een", client="tab-1")
    answer = making.answer(plan=plan, by=lead, text="Een twee", base=0, client="tab-1")
    assert (answer.text, answer.revision) == ("Een twee", 2)
    with pytest.raises(actions.Stale):
        making.answer(plan=plan, by=lead, text="Iets anders", base=0, client="tab-2")


def test_rows_of_two_people_are_merged(world, plan) -> None:
    lead, editor = world.person("lead"), world.person("editor")
    place = {"slug": "noden", "key": "noden"}
    making.answer(plan=plan, by=lead, rows=[{"id": "a", "nood": "brood"}], **place)
    making.answer(
        plan=plan,
        by=lead,
        rows=[{"id": "a", "nood": "vers brood"}],
        base=1,
        **place,
    )
    merged = making.answer(
        plan=plan,
        by=editor,
        rows=[{"id": "a", "nood": "brood"}, {"id": "b", "nood": "een bus"}],
        base=1,
        **place,
    )
    assert [row["nood"] for row in merged.rows] == ["vers brood", "een bus"]
    assert kinds(merged)[-1] == ("merge", 3)


def test_one_cell_with_two_texts_is_a_conflict(world, plan) -> None:
    place = {"slug": "noden", "key": "noden"}
    making.answer(plan=plan, by=world.person("lead"), rows=[{"id": "a", "nood": "brood"}], **place)
    with pytest.raises(actions.Stale) as stale:
        making.answer(
            plan=plan,
            by=world.person("editor"),
            rows=[{"id": "a", "nood": "melk"}],
            base=0,
            **place,
        )
    assert [(c.mine, c.theirs) for c in stale.value.clashes] == [("melk", "brood")]


def test_restoring_is_a_new_revision(world, plan) -> None:
    lead = world.person("lead")
    first = making.answer(plan=plan, by=lead, text="Eerst")
    making.answer(plan=plan, by=lead, text="Daarna")
    revision = AnswerRevision.objects.select_related("answer__plan_section").get(
        answer=first, number=1
    )
    restored = actions.restore_revision(revision=revision, by=world.person("editor"), base=2)
    assert restored.answer.text == "Eerst"
    assert kinds(first) == [("edit", 1), ("edit", 2), ("restore", 3)]


@pytest.mark.parametrize("text", ["😀" * 500, "a" * 60_000, "\x00nul", "<script>x</script>"])
def test_odd_texts_come_back_as_typed(world, plan, text) -> None:
    answer = making.answer(plan=plan, by=world.person("lead"), text=text)
    answer.refresh_from_db()
    assert answer.text == text.replace("\x00", "")


def test_answers_about_people_are_never_found_by_search(world, plan) -> None:
    place = {"slug": "mensen-en-partners", "key": "betrokkenen"}
    making.answer(plan=plan, by=world.person("lead"), rows=[{"id": "a", "naam": "Zorro"}], **place)
    assert not SearchText.objects.filter(text__contains="Zorro").exists()


def test_the_switches_are_audited_and_ready_ends_putting_off(world, plan) -> None:
    lead, section = world.person("lead"), making.section(plan, "geld")
    actions.set_visibility(plan_section=section, visibility="team", by=lead)
    actions.defer_section(plan_section=section, is_deferred=True, by=lead)
    actions.set_ready(plan_section=section, is_ready=True, by=lead)
    section.refresh_from_db()
    assert (section.visibility, section.is_ready, section.is_deferred) == ("team", True, False)
    verbs = list(
        AuditEntry.objects.filter(verb__startswith="section.").values_list("verb", flat=True)
    )
    assert sorted(verbs) == ["section.deferred", "section.ready", "section.shared"]
    with pytest.raises(ValueError):
        actions.set_visibility(plan_section=section, visibility="wereld", by=lead)


def test_pausing_needs_a_reason_in_the_database_too(world, plan) -> None:
    actions.pause_plan(plan=plan, reason="Even verbouwen", by=world.person("lead"))
    plan.refresh_from_db()
    assert (plan.course, plan.course_reason) == ("paused", "Even verbouwen")
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.stop_plan(plan=plan, reason="", by=world.person("lead"))
    actions.resume_plan(plan=plan, by=world.person("lead"))
    assert plan.is_running


def test_a_snapshot_remembers_the_numbers(world, plan) -> None:
    answer = making.answer(plan=plan, by=world.person("lead"), text="Nu")
    elsewhere = factories.village(edition=world.other_edition)
    making.plan(village=elsewhere, by=world.person("lead"))
    actions.take_snapshots(edition=world.edition, name="Na werksessie 1", by=None)
    snapshot = Snapshot.objects.get()
    assert (snapshot.plan, snapshot.name) == (plan, "Na werksessie 1")
    assert snapshot.revisions[str(answer.pk)] == 1


@pytest.mark.parametrize("count", [1, 3])
def test_snapshots_ask_the_same_queries_for_more_plans(
    world, plan, count, django_assert_num_queries
) -> None:
    for _ in range(count):
        village = factories.village(edition=world.edition, municipality="Zonderwijk")
        making.plan(village=village, by=world.person("lead"))
    with django_assert_num_queries(5):
        actions.take_snapshots(edition=world.edition, name="Na werksessie 1", by=None)
    assert Snapshot.objects.count() == count + 1


def test_actions_are_numbered_ticked_off_and_opened_again(world, plan) -> None:
    lead = world.person("lead")
    first = making.action(plan=plan, by=lead, cost=Decimal("12.50"), due_on=date(2026, 1, 5))
    second = making.action(plan=plan, by=lead, title="Vraag de sleutel", owner=lead)
    assert (first.number, second.number) == (1, 2)
    done = actions.complete_action(action=first, is_done=True, by=world.person("editor"))
    assert (done.state, done.done_by, done.revision) == ("done", world.person("editor"), 2)
    assert not done.is_overdue(clock.today())
    again = actions.complete_action(action=first, is_done=False, by=lead)
    assert (again.state, again.done_at, again.due_on) == ("todo", None, date(2026, 1, 5))


def test_a_stale_action_gives_both_and_keeps_what_came_late(world, plan) -> None:
    action = making.action(plan=plan, by=world.person("lead"))
    mine = actions.ActionFields(title="Mail de bakker")
    actions.save_action(action=action, base=1, fields=mine, by=world.person("lead"))
    late = actions.ActionFields(title="Bezoek de bakker")
    with pytest.raises(actions.StaleAction) as stale:
        actions.save_action(action=action, base=1, fields=late, by=world.person("editor"))
    assert (stale.value.action.title, stale.value.mine.title) == (
        "Mail de bakker",
        "Bezoek de bakker",
    )
    kept = action.revisions.get(number=None)
    assert kept.fields["title"] == "Bezoek de bakker"


def test_the_database_refuses_an_action_that_ends_before_it_starts(world, plan) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        making.action(
            plan=plan,
            by=world.person("lead"),
            starts_on=date(2026, 5, 2),
            due_on=date(2026, 5, 2) - timedelta(days=1),
        )


def test_search_is_emptied_when_the_text_goes(world, plan) -> None:
    lead = world.person("lead")
    making.answer(plan=plan, by=lead, text="Zeldzaamwoord")
    making.answer(plan=plan, by=lead, text="")
    assert not search._matching(search.asked("Zeldzaamwoord")).exists()
