"""Actions and views of a coach's comments before and when they leave."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from actionplans import actions
from actionplans.models import Comment, CommentThread
from network import clock
from network.models import CoachAssignment, Notice
from network.refusal import Refused
from tests import factories
from tests.actionplans import making, talking

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(world):
    return talking.written(world)


def add_url(world, *, key="schets", village=None, **query):
    args = [world.edition.slug, (village or world.village).slug, "ons-dorp", key]
    return reverse("actionplans:comment-add", args=args, query=query or None)


def plan_url(world):
    return reverse("actionplans:coach-plan", args=[world.edition.slug, world.village.slug])


def send_url(world):
    return reverse("actionplans:comments-send", args=[world.edition.slug, world.village.slug])


def words(text, quote, revision=1):
    start = text.index(quote)
    return {"revision": revision, "start": start, "end": start + len(quote)}


def test_coach_comments_on_words_as_a_draft(sign_in, world, plan):
    data = {"kind": "tip", "body": "Vraag het ook aan Jan."} | words(talking.TEXT, "drie boeren")
    response = sign_in("coach").post(add_url(world), data)
    comment = Comment.objects.get()
    assert response.status_code == 303
    assert response.url == f"{plan_url(world)}#gesprek-{comment.thread_id}"
    assert (comment.kind, comment.body) == ("tip", "Vraag het ook aan Jan.")
    assert (comment.role, comment.sent_at) == ("coach sociaal", None)
    thread = comment.thread
    assert (thread.quote, thread.start, thread.end) == ("drie boeren", 26, 37)
    assert (thread.revision.number, thread.state, thread.opened_at) == (1, "open", None)


def test_the_form_shows_the_words_of_the_link(sign_in, world, plan):
    response = sign_in("coach").get(add_url(world, versie=1, van=26, tot=37))
    assert "<blockquote>drie boeren</blockquote>" in response.text


@pytest.mark.parametrize("query", [{}, {"versie": "x", "van": 0, "tot": 3}, {"van": 5, "tot": 2}])
def test_a_link_without_good_words_is_about_the_whole_answer(sign_in, world, plan, query):
    response = sign_in("coach").get(add_url(world, **query))
    assert response.status_code == 200
    assert "Over het hele antwoord" in response.text


def test_a_comment_on_a_question_nobody_answered(sign_in, world, plan):
    sign_in("coach").post(add_url(world, key="feiten"), {"kind": "vraag", "body": "Hoeveel?"})
    thread = CommentThread.objects.get()
    assert (thread.revision, thread.quote) == (None, "")
    assert thread.question.key == "feiten"


def test_a_comment_written_on_an_older_version_keeps_its_words(sign_in, world, plan):
    making.answer(plan=plan, by=world.person("lead"), text=f"Vooraf. {talking.TEXT}")
    data = {"kind": "vraag", "body": "Wie?"} | words(talking.TEXT, "drie boeren", revision=1)
    sign_in("coach").post(add_url(world), data)
    page = sign_in("coach").get(plan_url(world)).text
    assert CommentThread.objects.get().revision.number == 1
    assert ">drie boeren</mark>" in page


def refuses_words_of(client, world, **place):
    query = {"versie": place["revision"], "van": place["start"], "tot": place["end"]}
    page = client.get(add_url(world, **query)).text
    response = client.post(add_url(world), {"kind": "tip", "body": "Mooi zo!"} | place)
    assert response.status_code == 422
    return "<blockquote>" not in page and not Comment.objects.exists()


def test_a_version_replaced_while_the_section_was_closed_is_not_quoted(sign_in, world, plan):
    section, lead = making.section(plan, "ons-dorp"), world.person("lead")
    actions.set_visibility(plan_section=section, visibility="team", by=lead)
    making.answer(plan=plan, by=lead, text="De bakker zit krap.")
    making.answer(plan=plan, by=lead, text="De bakker doet mee.")
    actions.set_visibility(plan_section=section, visibility="coaches", by=lead)
    making.answer(plan=plan, by=lead, text="De bakker en de slager doen mee.")
    client = sign_in("coach")
    for revision in (1, 2):
        assert refuses_words_of(client, world, revision=revision, start=0, end=9)
    assert "<blockquote>De bakker" in client.get(add_url(world, versie=3, van=0, tot=9)).text


def test_a_version_of_before_the_assignment_is_not_quoted(sign_in, world, plan, time_machine):
    with time_machine.travel(time_machine.began + timedelta(days=1)):
        making.answer(plan=plan, by=world.person("lead"), text="De bakker doet mee.")
    with time_machine.travel(time_machine.began + timedelta(days=2)):
        world.person("coach").coach_assignments.update(from_on=clock.today())
        client = sign_in("coach")
        assert refuses_words_of(client, world, revision=1, start=0, end=9)
        assert "<blockquote>De bakker" in client.get(add_url(world, versie=2, van=0, tot=9)).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"revision": 99, "start": 0, "end": 4},
        {"revision": 1, "start": 5, "end": 5000},
        {"revision": 1, "start": 9, "end": 3},
        {"revision": 1},
    ],
)
def test_offsets_of_another_text_are_refused_and_the_comment_is_kept(sign_in, world, plan, wrong):
    response = sign_in("coach").post(add_url(world), {"kind": "tip", "body": "Mooi zo!"} | wrong)
    assert response.status_code == 422
    assert "Mooi zo!" in response.text
    assert "vinden we niet meer terug" in response.text
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"kind": "vraag", "body": "  "}, "Schrijf eerst iets."),
        ({"kind": "vraag", "body": "\x01 \x02"}, "Schrijf eerst iets."),
        ({"kind": "ruzie", "body": "Nee"}, "Selecteer een geldige keuze"),
        ({"kind": "vraag", "body": "a" * 3001}, "hoogstens 3000 tekens"),
    ],
)
def test_a_wrong_comment_says_what_is_wrong(sign_in, world, plan, data, sentence):
    response = sign_in("coach").post(add_url(world), data)
    assert response.status_code == 422
    assert sentence in response.text
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("lead", 403),
        ("reader", 403),
        ("coordinator", 403),
        ("former_coach", 404),
        ("other_coach", 404),
        ("other_lead", 404),
    ],
)
def test_only_the_coach_of_the_village_comments(sign_in, world, plan, who, status):
    response = sign_in(who).post(add_url(world), {"kind": "vraag", "body": "Wie?"})
    assert response.status_code == status
    assert not Comment.objects.exists()


def test_coach_cannot_comment_on_what_the_village_keeps_to_itself(sign_in, world, plan):
    section = making.section(plan, "ons-dorp")
    actions.set_visibility(plan_section=section, visibility="team", by=world.person("lead"))
    response = sign_in("coach").post(add_url(world), {"kind": "vraag", "body": "Wie?"})
    assert response.status_code == 403


def test_an_unknown_question_is_404(sign_in, world, plan):
    assert sign_in("coach").get(add_url(world, key="bestaat-niet")).status_code == 404


def test_coach_edits_a_draft(sign_in, world, plan):
    comment = talking.draft(plan, world.person("coach"))
    url = reverse("actionplans:comment-edit", args=[comment.pk])
    assert comment.body in sign_in("coach").get(url).text
    response = sign_in("coach").post(url, {"kind": "compliment", "body": "Sterk!"})
    comment.refresh_from_db()
    assert response.status_code == 303
    assert (comment.kind, comment.body, comment.thread.state) == ("compliment", "Sterk!", "praise")


def test_an_emptied_draft_stays_as_it_was(sign_in, world, plan):
    comment = talking.draft(plan, world.person("coach"))
    url = reverse("actionplans:comment-edit", args=[comment.pk])
    assert sign_in("coach").post(url, {"kind": "tip", "body": ""}).status_code == 422
    comment.refresh_from_db()
    assert comment.kind == "vraag"


def test_coach_deletes_a_draft_and_its_empty_thread(sign_in, world, plan):
    comment = talking.draft(plan, world.person("coach"))
    sign_in("coach").post(reverse("actionplans:comment-delete", args=[comment.pk]))
    assert not Comment.objects.exists()
    assert not CommentThread.objects.exists()


@pytest.mark.parametrize("who", ["lead", "coordinator", "other_coach", "former_coach", "coach"])
@pytest.mark.parametrize("name", ["comment-edit", "comment-delete"])
def test_nobody_reaches_the_draft_of_another_coach(sign_in, world, plan, who, name):
    second = factories.person(name="Lies Coach")
    factories.coach_assignment(village=world.village, person=second, lens=world.lens)
    comment = talking.draft(plan, second)
    url = reverse(f"actionplans:{name}", args=[comment.pk])
    assert sign_in(who).post(url, {"kind": "tip", "body": "Van mij"}).status_code == 404
    comment.refresh_from_db()
    assert comment.kind == "vraag"


def test_a_sent_comment_cannot_be_changed(sign_in, world, plan):
    thread = talking.sent(plan, world.person("coach"))
    comment = thread.comments.get()
    for name in ("comment-edit", "comment-delete"):
        url = reverse(f"actionplans:{name}", args=[comment.pk])
        assert sign_in("coach").post(url, {"kind": "tip", "body": "x"}).status_code == 404


def test_a_draft_that_left_in_between_is_neither_changed_nor_thrown_away(world, plan):
    comment = talking.draft(plan, world.person("coach"))
    actions.send_drafts(plan=plan, drafts=[comment.pk], by=world.person("coach"))
    with pytest.raises(Refused):
        actions.edit_draft(comment=comment, kind="tip", body="Anders")
    with pytest.raises(Refused):
        actions.delete_draft(comment=comment)
    comment.refresh_from_db()
    assert (comment.kind, comment.body) == ("vraag", "Wie levert er in de vakantie?")


def test_drafts_leave_together_as_one_notice_each(sign_in, world, plan):
    making.answer(plan=plan, by=world.person("editor"), slug="droom", key="droom", text="Warm.")
    talking.draft(plan, world.person("coach"), words="drie boeren")
    talking.draft(plan, world.person("coach"), words="De bus")
    third = talking.draft(
        plan, world.person("coach"), words="Warm", slug="droom", key="droom", kind="compliment"
    )
    response = sign_in("coach").post(send_url(world))
    assert response.status_code == 303
    assert not Comment.objects.filter(sent_at=None).exists()
    assert not CommentThread.objects.filter(opened_at=None).exists()
    notices = {n.person.name: n.refs["comments"] for n in Notice.objects.all()}
    everything = list(Comment.objects.order_by("pk").values_list("pk", flat=True))
    assert notices == {"Marie Devos": everything, "Jef Wouters": [third.pk]}


def test_a_second_press_sends_nothing(sign_in, world, plan):
    talking.draft(plan, world.person("coach"))
    sign_in("coach").post(send_url(world))
    response = sign_in("coach").post(send_url(world), follow=True)
    assert "niets meer klaar om te versturen" in response.text
    assert Notice.objects.count() == 1


def test_drafts_of_another_coach_stay_behind(sign_in, world, plan):
    second = factories.person(name="Lies Coach")
    factories.coach_assignment(village=world.village, person=second, lens=world.lens)
    kept = talking.draft(plan, second)
    talking.draft(plan, world.person("coach"))
    sign_in("coach").post(send_url(world))
    assert list(Comment.objects.filter(sent_at=None)) == [kept]


def test_a_draft_in_a_section_that_closed_stays_behind(sign_in, world, plan):
    talking.draft(plan, world.person("coach"))
    section = making.section(plan, "ons-dorp")
    actions.set_visibility(plan_section=section, visibility="team", by=world.person("lead"))
    sign_in("coach").post(send_url(world))
    assert Comment.objects.filter(sent_at=None).count() == 1
    assert not Notice.objects.exists()


def test_a_writer_who_left_the_village_gets_no_notice(sign_in, world, plan):
    making.answer(plan=plan, by=world.person("editor"), text=f"{talking.TEXT} En meer.")
    membership = world.person("editor").memberships.get()
    membership.until_on = clock.today().replace(year=clock.today().year - 1)
    membership.from_on = membership.until_on
    membership.save()
    talking.sent(plan, world.person("coach"))
    assert [notice.person.name for notice in Notice.objects.all()] == ["Marie Devos"]


def test_a_coach_of_two_lenses_signs_with_both(world, plan):
    other = factories.lens(slug="korte-keten", name="Korte keten")
    factories.coach_assignment(village=world.village, person=world.person("coach"), lens=other)
    comment = talking.draft(plan, world.person("coach"))
    assert comment.role == "coach sociaal en korte keten"


def test_the_role_of_a_coach_who_stopped_stays_below_her_words(world, plan):
    thread = talking.sent(plan, world.person("coach"))
    CoachAssignment.objects.filter(person=world.person("coach")).delete()
    assert thread.comments.get().role == "coach sociaal"


@pytest.mark.both
@pytest.mark.parametrize(
    "wrong",
    [
        {"end": 3},
        {"revision": None},
        {"start": 40, "end": 38},
        {"state": "handled"},
        {"state": "weg"},
        {"state": "declined"},
        {"reason": "Zomaar"},
        {"closed_at": "now"},
    ],
    ids=str,
)
def test_the_database_refuses_a_thread_that_makes_no_sense(world, plan, wrong):
    thread = talking.sent(plan, world.person("coach"))
    fields = {key: clock.now() if value == "now" else value for key, value in wrong.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        CommentThread.objects.filter(pk=thread.pk).update(**fields)


@pytest.mark.both
@pytest.mark.parametrize("wrong", [{"body": ""}, {"kind": "ruzie"}])
def test_the_database_refuses_a_comment_that_says_nothing(world, plan, wrong):
    comment = talking.draft(plan, world.person("coach"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(**wrong)


def test_the_action_refuses_words_of_another_version(world, plan):
    section, question = (
        making.section(plan, "ons-dorp"),
        making.question(plan, "ons-dorp", "schets"),
    )
    with pytest.raises(actions.BadAnchor):
        actions.draft_comment(
            plan_section=section,
            question=question,
            by=world.person("coach"),
            kind="tip",
            body="Hier",
            revision=section.answers.get(question=question).revisions.get(),
            anchor=talking.Anchor(0, 9999),
        )
