"""The coordinator schedules, the reminder comes, Rita answers from her mail, the session moves."""

import re
from datetime import timedelta

import icalendar
import pytest
from django.core import mail
from playwright.sync_api import expect

from network import clock, sweeping, tasks
from sessions.models import WorkSession
from tests.cast import build_world
from tests.journeys.looking import let_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
DESK = "/coordinatie/voorjaar/werksessies/"


def tick():
    sweeping.sweep()
    tasks.drain_mail()


def last_mail_to(who: str):
    return [message for message in mail.outbox if message.to == [f"{who}@buurtpunt.example"]][-1]


def fill(page, **fields):
    for label, value in fields.items():
        page.get_by_label(label.replace("_", " "), exact=False).first.fill(value)


def event_of(message):
    [part] = [part for part in message.alternatives if part.mimetype.startswith("text/calendar")]
    return icalendar.Calendar.from_ical(part.content).walk("VEVENT")[0]


def day_in(days: int) -> str:
    return str(clock.today() + timedelta(days=days))


def test_from_planning_to_a_move_that_reaches_the_calendar(new_page, live_server, time_machine):
    time_machine.move_to(clock.at(clock.today(), 10), tick=True)
    world = build_world()
    desk = new_page(width=1280)
    let_in(desk, world, "coordinator", live_server)

    desk.goto(live_server.url + DESK)
    desk.get_by_role("link", name="Plan een werksessie").first.click()
    desk.get_by_label("Welke werksessie").select_option("2")
    fill(desk, Thema="invulling en opstart", Dag=day_in(10), Begin="13u30", Einde="17.00")
    fill(desk, Zaal="Zaal De Klok", Dorp_of_gemeente="Molendonk", Wat_breng="Drie functies")
    desk.get_by_role("button", name="Bewaar de werksessie").click()

    desk.get_by_role("link", name="Kondig aan").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("6 mensen krijgen deze mail")
    expect(desk.get_by_text("Rita Claeys")).to_be_visible()
    assert mail.outbox == []
    desk.get_by_role("button", name="Kondig de werksessie aan").click()
    expect(
        desk.get_by_role("heading", name="Nog niemand uit Hoekskapelle en Molendonk")
    ).to_be_visible()
    tick()
    invitation = last_mail_to("other_lead")
    assert invitation.subject.startswith("Kom je op ")

    phone = new_page(width=360)
    link = re.search(r"https?://\S+/antwoord/\S+=ja", invitation.body)[0]
    phone.goto(re.sub(r"https?://[^/]+", live_server.url, link))
    expect(phone.get_by_text("Je antwoordt voor Rita Claeys")).to_be_visible()
    expect(phone.get_by_label("Ik kom", exact=True)).to_be_checked()
    phone.get_by_role("button", name="Bevestig mijn antwoord").click()
    expect(phone.get_by_text("Genoteerd, bedankt.")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    tick()
    entry = event_of(last_mail_to("other_lead"))

    desk.reload()
    expect(desk.get_by_text("1 komt, 0 misschien, 0 niet, 5 zonder antwoord.")).to_be_visible()
    desk.get_by_role("link", name="Verplaats").click()
    fill(desk, Begin="15.00", Einde="18.00")
    desk.get_by_role("button", name="Bekijk wie welke mail krijgt").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("6 mensen krijgen deze mail")
    expect(desk.locator("iframe").content_frame.get_by_text("Het is nu")).to_be_visible()
    desk.get_by_role("button", name="Verplaats de werksessie").click()
    expect(desk.get_by_text("Verplaatst", exact=True)).to_be_visible()
    time_machine.shift(timedelta(minutes=11))
    tick()
    moved = event_of(last_mail_to("other_lead"))
    assert moved["UID"] == entry["UID"]
    assert moved["SEQUENCE"] > entry["SEQUENCE"]
    assert moved.decoded("DTSTART") == WorkSession.objects.get().starts_at
