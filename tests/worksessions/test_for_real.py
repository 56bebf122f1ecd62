"""The reminder through real workers, a real broker and a real mail server."""

from datetime import timedelta

import icalendar
import pytest

from network import clock
from network.models import ClockOffset, Heartbeat, Notice
from sessions import actions
from tests.cast import build_world
from tests.running import wait_until
from tests.worksessions.made import rules, work_session

pytestmark = [pytest.mark.slow, pytest.mark.both, pytest.mark.django_db(transaction=True)]
GUESTS = {"lead", "editor", "reader", "other_lead", "coach", "other_coach"}


@pytest.fixture
def morning(monkeypatch, settings):
    """It is 9.01 uur the day after tomorrow, for the workers too: the clock of the demo."""
    monkeypatch.setenv("BUURTPUNT_DEMO", "1")
    settings.DEMO = True
    target = clock.at(clock.local(clock.real_now()).date() + timedelta(days=2), 9, 1)

    def come():
        ahead = int((target - clock.real_now()).total_seconds())
        ClockOffset.objects.create(pk=1, seconds=ahead)
        return target

    return come


def ticks(count: int):
    """Waits until the sweep ran this many times more."""
    for _ in range(count):
        before = Heartbeat.objects.get(name="sweep").beat_at
        wait_until(
            lambda seen=before: Heartbeat.objects.get(name="sweep").beat_at > seen, seconds=60
        )


def test_two_workers_with_two_beats_send_each_reminder_once(morning, celery_worker, smtp_server):
    world = build_world()
    rules(world.edition)
    now = morning()
    work_session(edition=world.edition, starts_at=now + timedelta(days=7, hours=4))
    celery_worker("mail", beat=True)
    celery_worker("mail", beat=True)
    wait_until(lambda: len(smtp_server.messages) >= len(GUESTS), seconds=60)
    ticks(2)
    reached = sorted(address for to in smtp_server.recipients for address in to)
    assert reached == sorted(f"{who}@buurtpunt.example" for who in GUESTS)
    subjects = {message["Subject"].split("?")[0] for message in smtp_server.messages}
    assert subjects == {"Wat breng je mee naar werksessie 2"}
    wait_until(lambda: not Notice.objects.filter(refs__rule="prepare", state="waiting").exists())


def test_a_yes_reaches_the_calendar_through_the_worker(morning, celery_worker, smtp_server):
    world = build_world()
    rules(world.edition)
    now = morning()
    session = work_session(edition=world.edition, starts_at=now + timedelta(days=20))
    celery_worker("mail")
    marie = world.person("lead")
    actions.answer(by=marie, session=session, person=marie, answer="yes")
    wait_until(lambda: smtp_server.messages, seconds=60)
    [message] = smtp_server.messages
    [part] = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "REQUEST"
    [event] = icalendar.Calendar.from_ical(part.get_content()).walk("VEVENT")
    assert event["UID"] == session.uid
    assert event["ATTENDEE"] == "mailto:lead@buurtpunt.example"
