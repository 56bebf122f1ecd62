"""The mails as they arrive: what they say, once, and only while they are still true."""

from datetime import timedelta

import icalendar
import pytest
from django.core import mail as django_mail
from django.core.mail import EmailAttachment

from network import clock, delivery, folding, sweeping, tasks
from network.models import Notice, OutgoingMail
from sessions import actions
from sessions.models import Place
from tests.worksessions.made import at, attendance, rules, work_session

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.at("2026-11-20 10:00")]
START = at("2026-12-01 13:30")
GUESTS = {"lead", "editor", "reader", "other_lead", "coach", "other_coach"}


@pytest.fixture
def session(world):
    rules(world.edition)
    return work_session(edition=world.edition, starts_at=START, directions="bus 12, halte Kerk")


def tick():
    sweeping.sweep()
    tasks.drain_mail()


def received(who: str):
    return [m for m in django_mail.outbox if m.to == [f"{who}@buurtpunt.example"]]


def html_of(message) -> str:
    return next(part.content for part in message.alternatives if part.mimetype == "text/html")


def calendar_of(message):
    [part] = [part for part in message.alternatives if part.mimetype.startswith("text/calendar")]
    calendar = icalendar.Calendar.from_ical(part.content)
    [event] = calendar.walk("VEVENT")
    assert part.mimetype == f"text/calendar; method={calendar['METHOD']}"
    [file] = [file for file in message.attachments if isinstance(file, EmailAttachment)]
    assert (file.filename, file.content) == ("invite.ics", part.content.encode())
    return calendar, event


def answer(world, session, who, answer, by=None):
    person = world.person(who)
    return actions.answer(by=by or person, session=session, person=person, answer=answer)


def test_the_reminder_says_who_what_when_where_and_what_to_prepare(session, time_machine):
    time_machine.move_to(at("2026-11-24 09:00"), tick=False)
    tick()
    [message] = received("lead")
    assert message.subject == (
        "Wat breng je mee naar werksessie 2? Nog even voor dinsdag 1 december"
    )
    for text in (message.body, html_of(message)):
        assert "Marie" in text
        assert "invulling en opstart" in text
        assert "dinsdag 1 december 2026, 13.30–17.00 uur" in text
        assert "Zaal De Klok, Dorpsplein 3, Molendonk" in text
        assert "bus 12, halte Kerk" in text
        assert "De resultaten van jullie bevraging" in text
        assert "/antwoord/" in text
    assert message.reply_to == ["coordinator@buurtpunt.example"]
    assert "text/calendar" not in str(message.message())


def test_every_guest_gets_it_once_however_often_the_tick_comes(session, time_machine):
    time_machine.move_to(at("2026-11-24 09:00"), tick=False)
    for _ in range(3):
        tick()
    assert sorted(m.to[0] for m in django_mail.outbox) == sorted(
        f"{who}@buurtpunt.example" for who in GUESTS
    )


def test_the_day_before_names_the_company(session, world, time_machine):
    for who in ("lead", "editor"):
        attendance(session=session, person=world.person(who))
    time_machine.move_to(at("2026-11-30 09:00"), tick=False)
    tick()
    [message] = received("lead")
    assert message.subject == ("Morgen werksessie 2: invulling en opstart — 13.30 uur, Molendonk")
    assert "Je komt met twee uit Molendonk." in message.body
    assert "Verontschuldig je" in message.body


@pytest.mark.parametrize(
    ("given", "subject"),
    [
        ("yes", "Bedankt, en zo gaat het verder na werksessie 2"),
        ("no", "We hebben je gemist op werksessie 2"),
    ],
)
def test_the_day_after_thanks_or_misses(session, world, time_machine, given, subject):
    attendance(session=session, person=world.person("lead"), answer=given)
    time_machine.move_to(at("2026-12-01 18:00"), tick=False)
    tick()
    time_machine.move_to(at("2026-12-02 09:00"), tick=False)
    tick()
    assert [m.subject for m in received("lead")] == [subject]
    assert "Schrijf in jullie plan" in received("lead")[0].body
    [to_coach] = received("coach")
    assert "Noteer voor jezelf" in to_coach.body and "jullie plan" not in to_coach.body


def test_an_answer_changed_between_planning_and_sending_is_obeyed(session, world, time_machine):
    time_machine.move_to(at("2026-11-30 09:00"), tick=False)
    sweeping.sweep()
    folding.fold(clock.now())
    attendance(session=session, person=world.person("lead"), answer="no")
    delivery.drain()
    assert received("lead") == []
    assert Notice.objects.get(person=world.person("lead"), refs__rule="practical").reason == (
        "antwoordde intussen nee"
    )
    assert len(django_mail.outbox) == len(GUESTS) - 1


def test_a_session_cancelled_between_planning_and_sending_sends_no_reminder(
    session, world, time_machine
):
    time_machine.move_to(at("2026-11-30 09:00"), tick=False)
    sweeping.sweep()
    folding.fold(clock.now())
    actions.cancel_session(by=world.person("coordinator"), session=session)
    delivery.drain()
    subjects = {message.subject for message in django_mail.outbox}
    assert subjects == {"Afgelast: werksessie 2 van dinsdag 1 december 2026 om 13.30 uur"}
    assert len(django_mail.outbox) == len(GUESTS)


def test_an_address_changed_after_planning_is_used(session, world, time_machine):
    time_machine.move_to(at("2026-11-24 09:00"), tick=False)
    sweeping.sweep()
    marie = world.person("lead")
    marie.email = "nieuw@buurtpunt.example"
    marie.save()
    tasks.drain_mail()
    assert [m.to for m in django_mail.outbox if "nieuw" in m.to[0]] == [[marie.email]]
    assert received("lead") == []


def test_a_worker_that_died_while_sending_leaves_the_reminder_in_doubt(
    session, world, time_machine
):
    time_machine.move_to(at("2026-11-24 09:00"), tick=False)
    sweeping.sweep()
    folding.fold(clock.now())
    OutgoingMail.objects.update(
        state="claimed", claimed_by="dead", lease_until=clock.now() - timedelta(minutes=1)
    )
    tick()
    assert django_mail.outbox == []
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {"unknown"}


def test_a_mail_that_cannot_be_made_does_not_stop_the_others(session, time_machine):
    time_machine.move_to(at("2026-11-24 09:00"), tick=False)
    sweeping.sweep()
    broken = Notice.objects.get(person__name="Marie Devos", refs__rule="prepare")
    folding.fold(clock.now())
    OutgoingMail.objects.filter(person=broken.person).update(kind="session.moved", refs={})
    delivery.drain()
    assert len(django_mail.outbox) == len(GUESTS) - 1


def test_a_yes_is_confirmed_with_an_entry_for_the_calendar(session, world):
    answer(world, session, "lead", "yes")
    tasks.drain_mail()
    [message] = received("lead")
    calendar, event = calendar_of(message)
    assert message.subject == ("Genoteerd: je komt naar werksessie 2 op dinsdag 1 december")
    assert calendar["METHOD"] == "REQUEST"
    assert event["ATTENDEE"] == "mailto:lead@buurtpunt.example"
    assert event["ORGANIZER"] == "mailto:coordinator@buurtpunt.example"
    assert event["UID"] == session.uid
    assert event.decoded("DTSTART") == START


def test_a_first_no_needs_no_mail(session, world):
    answer(world, session, "lead", "no")
    tasks.drain_mail()
    assert django_mail.outbox == []


def test_a_no_after_a_yes_takes_the_entry_away(session, world):
    answer(world, session, "lead", "yes")
    tasks.drain_mail()
    answer(world, session, "lead", "no")
    tasks.drain_mail()
    (_, first), (calendar, second) = map(calendar_of, received("lead"))
    assert (calendar["METHOD"], second["STATUS"]) == ("CANCEL", "CANCELLED")
    assert second["UID"] == first["UID"]
    assert second["SEQUENCE"] > first["SEQUENCE"]


def test_one_of_a_couple_who_stays_home_leaves_the_entry_of_the_other(session, world):
    editor = world.person("editor")
    editor.email = world.person("lead").email
    editor.save()
    for who, given in (("lead", "yes"), ("editor", "maybe"), ("editor", "no"), ("lead", "no")):
        answer(world, session, who, given)
        tasks.drain_mail()
    seen = [calendar_of(message) for message in received("lead")]
    assert [(calendar["METHOD"], event["ATTENDEE"].params["CN"]) for calendar, event in seen] == [
        ("REQUEST", "Marie Devos"),
        ("REQUEST", "Marie Devos"),
        ("REQUEST", "Marie Devos"),
        ("CANCEL", "Marie Devos"),
    ]
    assert [event["ATTENDEE"].params["PARTSTAT"] for _, event in seen[:3]] == ["ACCEPTED"] * 3
    assert [event["SEQUENCE"] for _, event in seen] == [1, 2, 3, 4]


def test_the_same_answer_twice_is_one_mail(session, world):
    answer(world, session, "lead", "yes")
    answer(world, session, "lead", "yes")
    tasks.drain_mail()
    assert len(received("lead")) == 1


def test_two_answers_before_the_mail_left_are_one_mail_with_the_last(session, world):
    answer(world, session, "lead", "yes")
    answer(world, session, "lead", "maybe")
    tasks.drain_mail()
    [message] = received("lead")
    assert calendar_of(message)[1]["ATTENDEE"].params["PARTSTAT"] == "TENTATIVE"


def test_an_answer_noted_by_the_coordinator_says_so(session, world):
    answer(world, session, "lead", "yes", by=world.person("coordinator"))
    tasks.drain_mail()
    [message] = received("lead")
    for text in (message.body, html_of(message)):
        assert "Greet Aerts noteerde dit voor jou." in text


def move(world, session, **changes):
    values = {"starts_at": START, "ends_at": START + timedelta(hours=3)}
    values["place"] = Place(place_name="Gildezaal", municipality="Hoekskapelle")
    return actions.move_session(
        by=world.person("coordinator"), session=session, **{**values, **changes}
    )


def test_a_move_is_one_mail_with_old_and_new_and_the_entry_moves_along(
    session, world, time_machine
):
    answer(world, session, "lead", "yes")
    tick()
    new = {"starts_at": START + timedelta(hours=2), "ends_at": START + timedelta(hours=5)}
    move(world, session, starts_at=START + timedelta(days=1), ends_at=START + timedelta(days=2))
    time_machine.shift(timedelta(minutes=5))
    move(world, session, **new)
    tick()
    assert len(django_mail.outbox) == 1
    time_machine.shift(timedelta(minutes=6))
    tick()
    tick()
    confirmation, told = received("lead")
    assert told.subject == (
        "Verplaatst: werksessie 2 is nu op dinsdag 1 december 2026 om 15.30 uur"
    )
    for text in (told.body, html_of(told)):
        assert "dinsdag 1 december 2026, 13.30–17.00 uur, Zaal De Klok" in text
        assert "dinsdag 1 december 2026, 15.30–18.30 uur, Gildezaal, Hoekskapelle" in text
    (_, before), (calendar, after) = map(calendar_of, [confirmation, told])
    assert calendar["METHOD"] == "REQUEST"
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("DTSTART") == new["starts_at"]
    [other] = received("editor")
    assert [part.mimetype for part in other.alternatives] == ["text/html"]


def test_a_yes_for_another_day_waits_to_be_confirmed(session, world, time_machine):
    answer(world, session, "lead", "yes")
    tick()
    move(world, session, starts_at=START + timedelta(days=1), ends_at=START + timedelta(days=2))
    time_machine.shift(timedelta(minutes=11))
    tick()
    _, told = received("lead")
    assert "het is nu een andere dag" in told.body
    assert "?antwoord=ja" in told.body
    assert calendar_of(told)[1]["ATTENDEE"].params["PARTSTAT"] == "TENTATIVE"
    answer(world, session, "lead", "yes")
    tick()
    assert calendar_of(received("lead")[-1])[1]["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"


def test_a_reminder_of_the_old_start_that_was_ready_to_leave_never_leaves(
    session, world, time_machine
):
    time_machine.move_to(at("2026-11-24 09:00"), tick=False)
    sweeping.sweep()
    assert folding.fold(clock.now()) == len(GUESTS)
    move(world, session, starts_at=START + timedelta(days=3), ends_at=START + timedelta(days=4))
    for _ in range(2):
        delivery.drain()
        time_machine.shift(timedelta(minutes=11))
    assert {message.subject.split(":")[0] for message in django_mail.outbox} == {"Verplaatst"}
    assert len(django_mail.outbox) == len(GUESTS)
    assert set(Notice.objects.filter(mail__isnull=False).values_list("state", "reason")) == {
        ("skipped", "de werksessie is verplaatst")
    }


def test_moved_and_moved_back_before_anybody_heard_is_no_mail(session, world, time_machine):
    old = Place(
        place_name=session.place_name,
        street=session.street,
        municipality=session.municipality,
        directions=session.directions,
    )
    move(world, session)
    move(world, session, ends_at=session.ends_at, place=old)
    time_machine.shift(timedelta(minutes=11))
    tick()
    assert django_mail.outbox == []
    assert OutgoingMail.objects.filter(kind="session.moved", state="skipped").count() == len(GUESTS)


def test_a_cancellation_after_an_untold_move_names_what_people_knew(session, world, time_machine):
    answer(world, session, "lead", "maybe")
    tick()
    move(world, session, starts_at=START + timedelta(days=1), ends_at=START + timedelta(days=2))
    actions.cancel_session(by=world.person("coordinator"), session=session)
    time_machine.shift(timedelta(minutes=11))
    tick()
    _, told = received("lead")
    assert told.subject == "Afgelast: werksessie 2 van dinsdag 1 december 2026 om 13.30 uur"
    calendar, event = calendar_of(told)
    assert (calendar["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert len(received("editor")) == 1


def test_the_night_is_quiet_for_reminders_and_not_for_a_cancellation(session, world, time_machine):
    time_machine.move_to(at("2026-11-24 23:00"), tick=False)
    work_session(
        edition=world.edition,
        number=3,
        starts_at=START + timedelta(days=20),
        published_at=clock.now(),
    )
    tick()
    assert django_mail.outbox == []
    actions.cancel_session(by=world.person("coordinator"), session=session)
    tick()
    assert {m.subject.split(":")[0] for m in django_mail.outbox} == {"Afgelast"}
    time_machine.move_to(at("2026-11-25 07:00"), tick=False)
    tick()
    assert received("lead")[-1].subject.startswith("Kom je op maandag 21 december?")


def test_a_person_without_an_address_is_passed_over(session, world, time_machine):
    marie = world.person("lead")
    marie.email = ""
    marie.save()
    time_machine.move_to(at("2026-11-24 09:00"), tick=False)
    tick()
    assert len(django_mail.outbox) == len(GUESTS) - 1
