"""The village answers, handles or not, opens again; the coach answers back."""

import pytest
from django.urls import reverse

from actionplans import access, actions, emails
from actionplans.models import Comment, CommentThread
from network.models import Notice
from tests.actionplans import making, talking

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(world):
    return talking.written(world)


@pytest.fixture
def thread(world, plan):
    return talking.sent(plan, world.person("coach"))


def url(name, thread):
    return reverse(f"actionplans:{name}", args=[thread.pk])


def state(thread):
    thread.refresh_from_db()
    return thread.state


def test_village_answers_at_once(sign_in, world, thread):
    response = sign_in("editor").post(url("thread-answer", thread), {"body": "Jef kent iemand."})
    assert response.status_code == 303
    assert response.url.endswith(f"/plan/voorjaar/molendonk/ons-dorp/#gesprek-{thread.pk}")
    comment = thread.comments.latest("pk")
    assert (comment.body, comment.role, comment.is_draft) == (
        "Jef kent iemand.",
        "meewerker",
        False,
    )
    assert state(thread) == "answered"


def test_the_thread_page_shows_what_was_said(sign_in, world, thread):
    actions.answer_thread(thread=thread, by=world.person("lead"), body="We bellen zondag.")
    page = sign_in("reader").get(url("thread", thread)).text
    assert "Wie levert er in de vakantie?" in page
    assert "We bellen zondag." in page
    assert "Markeer als verwerkt" not in page


def test_village_marks_it_handled(sign_in, world, thread):
    response = sign_in("lead").post(url("thread-handle", thread), follow=True)
    assert "Verwerkt. Goed bezig." in response.text
    assert state(thread) == "handled"
    assert thread.closed_by == world.person("lead")


def test_village_declines_with_a_reason(sign_in, world, thread):
    sign_in("lead").post(url("thread-decline", thread), {"reason": "Dat kost te veel."})
    assert (state(thread), thread.reason) == ("declined", "Dat kost te veel.")


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("thread-decline", {"reason": " "}, "Vertel kort waarom"),
        ("thread-decline", {"reason": "\x01"}, "Vertel kort waarom"),
        ("thread-answer", {"body": ""}, "Schrijf eerst iets."),
    ],
)
def test_an_empty_word_is_asked_for_again(sign_in, world, thread, name, data, sentence):
    response = sign_in("lead").post(url(name, thread), data)
    assert response.status_code == 422
    assert sentence in response.text
    assert state(thread) == "open"


@pytest.mark.parametrize("who", ["lead", "coach"])
def test_a_closed_thread_opens_again(sign_in, world, thread, who):
    actions.decline_thread(thread=thread, by=world.person("lead"), reason="Geen tijd.")
    sign_in(who).post(url("thread-reopen", thread))
    assert (state(thread), thread.reason, thread.closed_by) == ("open", "", None)


@pytest.mark.parametrize(("who", "told"), [("lead", "coach"), ("coach", "lead")])
def test_the_other_side_hears_that_a_thread_opened_again(sign_in, world, plan, thread, who, told):
    actions.handle_thread(thread=thread, by=world.person("lead"))
    actions.visit_plan(plan=plan, by=world.person("coach"))
    Notice.objects.all().delete()
    sign_in(who).post(url("thread-reopen", thread))
    notice = Notice.objects.get()
    assert notice.person == world.person(told)
    wanted = {
        "plan_answers": emails.answers_still_wanted,
        "plan_comments": emails.comments_still_wanted,
    }
    assert wanted[notice.kind](notice) == ""
    assert "Opnieuw geopend." in sign_in(told).get(url("thread", thread)).text


def test_words_that_come_after_a_thread_was_closed_leave_it_closed(world, thread):
    stale = CommentThread.objects.get(pk=thread.pk)
    actions.handle_thread(thread=thread, by=world.person("lead"))
    actions.answer_thread(thread=stale, by=world.person("editor"), body="En Jan komt ook.")
    assert (state(thread), thread.closed_by) == ("handled", world.person("lead"))
    assert thread.comments.count() == 2


@pytest.mark.parametrize(
    ("standing", "name"),
    [
        ("handled", "thread-handle"),
        ("handled", "thread-decline"),
        ("praise", "thread-handle"),
        ("open", "thread-reopen"),
        ("praise", "thread-reopen"),
    ],
)
def test_a_press_on_a_thread_that_moved_on_changes_nothing(
    sign_in, world, plan, thread, standing, name
):
    if standing == "handled":
        actions.handle_thread(thread=thread, by=world.person("editor"))
    if standing == "praise":
        thread = talking.sent(plan, world.person("coach"), words="De bus", kind="compliment")
    Notice.objects.all().delete()
    response = sign_in("lead").post(url(name, thread), DATA)
    assert response.status_code == 409
    assert "Dit gesprek" in response.text
    assert state(thread) == standing
    assert not Notice.objects.exists()


def test_what_the_coach_answers_waits_with_her_drafts(sign_in, world, plan, thread):
    actions.answer_thread(thread=thread, by=world.person("lead"), body="Jan.")
    response = sign_in("coach").post(url("thread-answer", thread), {"body": "Top!"})
    assert response.url.endswith(f"/coach/voorjaar/molendonk/#gesprek-{thread.pk}")
    assert state(thread) == "answered"
    assert "Top!" not in sign_in("lead").get(url("thread", thread)).text
    drafts = access.drafts(world.person("coach").user, plan).values_list("pk", flat=True)
    actions.send_drafts(plan=plan, drafts=drafts, by=world.person("coach"))
    assert state(thread) == "open"
    assert "Top!" in sign_in("lead").get(url("thread", thread)).text


def test_a_compliment_asks_nothing_of_the_village(sign_in, world, plan):
    thread = talking.sent(plan, world.person("coach"), kind="compliment", body="Sterk!")
    assert access.open_comments([plan])[plan.pk] == access.OpenComments(0, 0)
    actions.answer_thread(thread=thread, by=world.person("lead"), body="Dank je!")
    assert state(thread) == "praise"


CHANGES = ["thread-answer", "thread-handle", "thread-decline", "thread-reopen"]
DATA = {"body": "Ik ook", "reason": "Zomaar"}


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize(
    ("who", "status"),
    [("reader", 403), ("coordinator", 403), ("other_lead", 404), ("former_coach", 404)],
)
def test_who_does_not_write_the_plan_changes_nothing(sign_in, world, thread, name, who, status):
    assert sign_in(who).post(url(name, thread), DATA).status_code == status
    assert state(thread) == "open"
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("name", ["thread-handle", "thread-decline"])
def test_only_the_village_says_it_is_handled(sign_in, world, thread, name):
    assert sign_in("coach").post(url(name, thread), DATA).status_code == 403
    assert state(thread) == "open"


def test_a_draft_does_not_exist_for_the_village(sign_in, world, plan):
    comment = talking.draft(plan, world.person("coach"))
    for who in ("lead", "editor", "reader", "coordinator"):
        assert sign_in(who).get(url("thread", comment.thread)).status_code == 404
    assert sign_in("coach").get(url("thread", comment.thread)).status_code == 200


def test_talk_stays_at_home_where_the_text_is_shared_with_all(sign_in, world, plan, thread):
    section = making.section(plan, "ons-dorp")
    actions.set_visibility(plan_section=section, visibility="everyone", by=world.person("lead"))
    for who in ("other_lead", "other_coach", "former_coach", "partner", "superuser"):
        assert sign_in(who).get(url("thread", thread)).status_code == 404


def test_talk_of_a_section_kept_to_the_team_is_for_the_team(sign_in, world, plan, thread):
    section = making.section(plan, "ons-dorp")
    actions.set_visibility(plan_section=section, visibility="team", by=world.person("lead"))
    seen = {
        who: sign_in(who).get(url("thread", thread)).status_code
        for who in ("lead", "reader", "coach", "coordinator")
    }
    assert seen == {"lead": 200, "reader": 200, "coach": 404, "coordinator": 404}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("We beginnen met brood van vier boeren.", "Nu staat er: <q>vier boeren</q>"),
        ("De bus stopt voor de deur.", "Deze tekst is verwijderd"),
        (f"Vooraf. {talking.TEXT}", "<blockquote>drie boeren</blockquote>"),
    ],
)
def test_the_page_says_what_became_of_the_words(sign_in, world, plan, thread, text, says):
    making.answer(plan=plan, by=world.person("editor"), text=text)
    assert says in sign_in("lead").get(url("thread", thread)).text


def test_the_coach_hears_the_next_morning_once(world, plan, thread):
    second = talking.sent(plan, world.person("coach"), words="De bus")
    Notice.objects.all().delete()
    actions.answer_thread(thread=thread, by=world.person("lead"), body="Jan.")
    actions.handle_thread(thread=second, by=world.person("lead"))
    notice = Notice.objects.get()
    assert (notice.person, notice.kind) == (world.person("coach"), "plan_answers")


def test_open_comments_count_per_plan_without_drafts(world, plan, thread):
    talking.draft(plan, world.person("coach"), words="De bus")
    answered = talking.sent(plan, world.person("coach"), words="brood")
    actions.answer_thread(thread=answered, by=world.person("lead"), body="Ja.")
    other = making.plan(village=world.other_village, by=world.person("other_lead"))
    assert access.open_comments([plan, other]) == {
        plan.pk: access.OpenComments(village=1, coach=1),
        other.pk: access.OpenComments(),
    }


def test_open_comments_of_many_plans_are_one_query(world, plan, thread, django_assert_num_queries):
    other = making.plan(village=world.other_village, by=world.person("other_lead"))
    with django_assert_num_queries(1):
        access.open_comments([plan, other])


def test_open_by_section_counts_what_waits_for_the_village(world, plan, thread):
    section = making.section(plan, "ons-dorp")
    assert access.open_by_section(world.person("lead").user, plan) == {section.pk: 1}
    CommentThread.objects.update(state="answered")
    assert access.open_by_section(world.person("lead").user, plan) == {}
