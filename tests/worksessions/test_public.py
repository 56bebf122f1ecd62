"""The page of a session, its calendar file, and the page behind the links of a mail."""

from datetime import timedelta

import icalendar
import pytest
from django.core.cache import cache

from network import clock, tokens
from sessions import access, actions
from sessions.models import Attendance
from tests.actionplans import making
from tests.worksessions.made import attendance, rules, work_session

pytestmark = pytest.mark.django_db
PAGE = "/werksessies/voorjaar/2/"


@pytest.fixture
def session(world):
    rules(world.edition)
    return work_session(edition=world.edition, directions="bus 12")


@pytest.fixture
def link(session, world):
    return f"/antwoord/{access.answer_token(session, world.person('lead').pk)}/"


def test_everybody_reads_what_when_where_and_what_to_bring(client, session):
    page = client.get(PAGE).content.decode()
    assert "Werksessie 2: invulling en opstart" in page
    assert "Zaal De Klok, Dorpsplein 3, Molendonk" in page
    assert "13.30" in page or "uur</time>" in page
    assert "De resultaten van jullie bevraging" in page
    assert "Bewaar mijn antwoord" not in page


def test_the_public_never_reads_who_comes(client, session, world):
    attendance(session=session, person=world.person("lead"))
    page = client.get(PAGE).content.decode()
    assert "Marie" not in page
    assert "csrfmiddlewaretoken" not in page


def test_a_participant_answers_on_the_page(sign_in, session, world):
    client = sign_in("lead")
    assert "Bewaar mijn antwoord" in client.get(PAGE).content.decode()
    answer = client.post(PAGE + "antwoord/", {"answer": "maybe"})
    assert (answer.status_code, answer.url) == (303, PAGE)
    given = session.attendances.get()
    assert (given.person, given.answer) == (world.person("lead"), "maybe")
    assert 'value="maybe"' in client.get(PAGE).content.decode()


def test_an_empty_answer_on_the_page_says_so(sign_in, session):
    answer = sign_in("lead").post(PAGE + "antwoord/", {})
    assert answer.status_code == 422
    assert "Kies een antwoord." in answer.content.decode()


def test_an_empty_answer_shows_the_whole_page_again(sign_in, session, world):
    making.plan(village=world.village, by=world.person("lead"))
    client = sign_in("lead")
    for answer in (client.get(PAGE), client.post(PAGE + "antwoord/", {})):
        assert "Voor werksessie 2: nog 4 stukken" in answer.content.decode()


def test_an_empty_answer_after_the_start_asks_nothing_more(sign_in, world):
    rules(world.edition)
    work_session(edition=world.edition, starts_at=clock.now() - timedelta(minutes=1))
    answer = sign_in("lead").post(PAGE + "antwoord/", {})
    assert answer.status_code == 422
    assert "Bewaar mijn antwoord" not in answer.content.decode()


def test_after_the_start_nobody_answers_on_the_page(sign_in, world):
    rules(world.edition)
    work_session(edition=world.edition, starts_at=clock.now() - timedelta(minutes=1))
    client = sign_in("lead")
    assert "Bewaar mijn antwoord" not in client.get(PAGE).content.decode()
    assert client.post(PAGE + "antwoord/", {"answer": "yes"}).status_code == 409


@pytest.mark.parametrize("number", ["0", "9", "9" * 30])
def test_a_number_that_no_session_has_is_not_found(client, session, number):
    assert client.get(f"/werksessies/voorjaar/{number}/").status_code == 404


def test_a_session_of_which_only_the_day_is_known_shows_no_hours(client, world):
    moment = clock.now() - timedelta(days=200)
    held = actions.record_held_session(
        by=world.person("coordinator"),
        edition=world.edition,
        number=2,
        theme="invulling en opstart",
        day=moment.date(),
    )
    page = client.get(PAGE).content.decode()
    assert held.when in page
    assert "0.00" not in page
    assert "Deze werksessie is voorbij." in page


def test_a_cancelled_session_says_so_until_another_takes_its_number(client, session, world):
    actions.cancel_session(by=world.person("coordinator"), session=session)
    assert "gaat niet door" in client.get(PAGE).content.decode()
    work_session(edition=world.edition, theme="opnieuw")
    cache.clear()
    assert "opnieuw" in client.get(PAGE).content.decode()


def test_the_calendar_file_names_nobody(client, session):
    answer = client.get(PAGE.rstrip("/") + ".ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="werksessie-2.ics"'
    calendar = icalendar.Calendar.from_ical(answer.content)
    [event] = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "PUBLISH"
    assert event["UID"] == session.uid
    assert "ATTENDEE" not in event
    assert event["URL"].endswith(PAGE)


def test_looking_at_the_link_of_a_mail_changes_nothing(client, session, link):
    page = client.get(link, {"antwoord": "ja"})
    assert page.status_code == 200
    assert "Je antwoordt voor Marie Devos" in page.content.decode()
    assert 'value="yes" required id="id_answer_0" checked' in page.content.decode()
    assert session.attendances.count() == 0


def test_one_button_notes_the_answer_without_signing_in(client, session, world, link):
    answer = client.post(link, {"answer": "yes"})
    assert (answer.status_code, answer.url) == (303, f"{link}?genoteerd")
    given = session.attendances.get()
    assert (given.person, given.answer, given.answered_by) == (
        world.person("lead"),
        "yes",
        world.person("lead"),
    )
    assert "Genoteerd, bedankt." in client.get(answer.url).content.decode()


def test_an_answer_can_be_changed_with_the_same_link(client, session, link):
    client.post(link, {"answer": "yes"})
    client.post(link, {"answer": "no"})
    assert session.attendances.get().answer == Attendance.Answer.NO


@pytest.mark.parametrize("sent", [{}, {"answer": "ooit"}])
def test_another_answer_is_refused_and_nothing_noted(client, session, link, sent):
    assert client.post(link, sent).status_code == 422
    assert session.attendances.count() == 0


@pytest.mark.parametrize("token", ["x", "eyJ.abc.def", "a:b:c"])
def test_a_forged_link_gets_a_friendly_page_with_a_number(client, token, session):
    answer = client.get(f"/antwoord/{token}/")
    assert answer.status_code == 404
    assert "Deze link werkt niet" in answer.content.decode()
    assert "tel:+3293315910" in answer.content.decode()


def test_a_token_made_for_something_else_is_no_answer(client, session, world):
    token = tokens.make("mail-preferences", session.uid, world.person("lead").pk)
    assert client.get(f"/antwoord/{token}/").status_code == 404


def test_the_link_dies_when_the_session_starts(client, world, session, link, time_machine):
    time_machine.move_to(session.starts_at, tick=False)
    for answer in (client.get(link), client.post(link, {"answer": "yes"})):
        assert answer.status_code == 410
        assert "is al begonnen" in answer.content.decode()
    assert session.attendances.count() == 0


def test_the_link_of_a_cancelled_session_says_so(client, world, session, link):
    actions.cancel_session(by=world.person("coordinator"), session=session)
    answer = client.get(link)
    assert answer.status_code == 410
    assert "gaat niet door" in answer.content.decode()


def test_the_link_of_who_left_says_so(client, world, link):
    yesterday = clock.today() - timedelta(days=1)
    world.person("lead").memberships.update(until_on=yesterday)
    assert client.get(link).status_code == 410


def test_the_next_session_is_the_published_one_that_is_not_over(world):
    now = clock.now()
    assert access.next_session(world.edition) is None
    work_session(edition=world.edition, number=1, starts_at=now - timedelta(days=9))
    going_on = work_session(edition=world.edition, starts_at=now - timedelta(hours=1))
    work_session(edition=world.edition, number=3, starts_at=now + timedelta(days=30))
    assert access.next_session(world.edition) == going_on
    found = access.agenda([world.edition.pk, world.other_edition.pk])
    assert {pk: (one.number, one.url) for pk, one in found.items()} == {world.edition.pk: (2, PAGE)}
