"""The mails about the talk: folded, grouped per section, and only while they still matter."""

from datetime import timedelta

import pytest
from django.core import mail as outbox

from actionplans import actions, emails
from network import clock, delivery, folding
from network.models import Notice, OutgoingMail
from tests.actionplans import making, talking

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(world):
    return talking.written(world)


def daytime(days=0):
    """A moment of the day at which mails may leave."""
    return clock.at(clock.today() + timedelta(days=days), 12)


def test_seven_comments_are_one_mail_grouped_per_section(world, plan, time_machine):
    time_machine.move_to(daytime(1))
    coach = world.person("coach")
    making.answer(plan=plan, by=world.person("lead"), slug="droom", key="droom", text="Warm.")
    ids = [
        talking.draft(plan, coach, words=words, body=f"Over {words}.").pk
        for words in ("brood", "drie", "boeren", "De bus", "deur", "We")
    ]
    ids.append(talking.draft(plan, coach, words="Warm", slug="droom", key="droom", kind="tip").pk)
    actions.send_drafts(plan=plan, drafts=ids, by=coach)
    assert folding.fold(clock.now()) == 1
    delivery.drain()
    [mail] = outbox.outbox
    assert mail.to == ["lead@buurtpunt.example"]
    assert mail.subject == "Els Verhaeghe heeft 7 opmerkingen bij het plan van Molendonk"
    assert mail.body.index("2. Ons dorp vandaag") < mail.body.index("4. ")
    assert mail.body.count("/plan/voorjaar/molendonk/ons-dorp/") == 1
    assert "bij “De bus”" in mail.body
    html = mail.alternatives[0][0]
    assert "7 opmerkingen bij jullie plan" in html
    assert "Els Verhaeghe, coach sociaal" in html


def test_what_was_handled_before_the_mail_left_is_not_told(world, plan):
    thread = talking.sent(plan, world.person("coach"))
    notice = Notice.objects.get()
    assert emails.comments_still_wanted(notice) == ""
    actions.handle_thread(thread=thread, by=world.person("lead"))
    assert emails.comments_still_wanted(notice) == "alles is al beantwoord of verwerkt"


def test_a_plan_on_pause_is_left_in_peace(world, plan):
    talking.sent(plan, world.person("coach"))
    actions.pause_plan(plan=plan, reason="Verbouwing.", by=world.person("lead"))
    assert emails.comments_still_wanted(Notice.objects.get()) != ""


def test_one_comment_reads_as_one(world, plan):
    talking.sent(plan, world.person("coach"), words="")
    message = emails.comments(Notice.objects.get())
    assert message.subject == "Els Verhaeghe heeft één opmerking bij het plan van Molendonk"
    assert "bij de vraag" in message.text
    assert "Eén opmerking bij jullie plan" in message.html


def test_the_coach_reads_the_next_morning_what_the_village_did(world, plan):
    thread = talking.sent(plan, world.person("coach"))
    actions.answer_thread(thread=thread, by=world.person("lead"), body="Jan.")
    notice = Notice.objects.get(kind=emails.ANSWERS)
    assert notice.not_before == clock.at(clock.today() + timedelta(days=1), 8)
    assert emails.answers_still_wanted(notice) == ""
    message = emails.answers(notice)
    assert message.subject == "Molendonk antwoordde op je opmerkingen"
    assert "Ons dorp vandaag: beantwoord" in message.text
    assert "/coach/voorjaar/molendonk/" in message.html


def test_the_coach_who_already_read_it_gets_no_mail(world, plan):
    thread = talking.sent(plan, world.person("coach"))
    actions.answer_thread(thread=thread, by=world.person("lead"), body="Jan.")
    actions.visit_plan(plan=plan, by=world.person("coach"))
    assert emails.answers_still_wanted(Notice.objects.get(kind=emails.ANSWERS)) != ""


def test_mails_hold_no_markup_of_what_people_typed(world, plan):
    talking.sent(plan, world.person("coach"), body="<b>Let op</b> & zo")
    message = emails.comments(Notice.objects.get())
    assert "&lt;b&gt;Let op&lt;/b&gt; &amp; zo" in message.html
    assert "<b>Let op</b> & zo" in message.text
    assert not OutgoingMail.objects.exists()
