"""The coordinator chooses when the mails leave."""

from datetime import time

import pytest
from django.db import IntegrityError, transaction

from sessions.models import ReminderRule
from tests.worksessions.made import rules, work_session

pytestmark = [pytest.mark.django_db, pytest.mark.both]
DESK = "/coordinatie/voorjaar/werksessies/herinneringen/"


def sent(**changes):
    values = {"days": "5", "at": "18u00", "audience": "silent", "is_on": "on"}
    return {f"prepare-{name}": value for name, value in {**values, **changes}.items()}


def test_days_hour_and_audience_change(sign_in, world):
    rules(world.edition)
    answer = sign_in("coordinator").post(DESK + "prepare/", sent())
    assert answer.status_code == 303
    rule = world.edition.reminder_rules.get(key="prepare")
    assert (rule.days, rule.at, rule.audience, rule.is_on) == (5, time(18), "silent", True)


def test_a_mail_can_be_switched_off(sign_in, world):
    rules(world.edition)
    values = sent()
    del values["prepare-is_on"]
    sign_in("coordinator").post(DESK + "prepare/", values)
    assert world.edition.reminder_rules.get(key="prepare").is_on is False


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"days": "-1"}, "Een aantal dagen kan niet onder nul."),
        ({"days": "400"}, "Kies hoogstens 120 dagen."),
        ({"at": "22.00"}, "Tussen 22.00 en 7.00 uur vertrekt er geen mail."),
        ({"at": "6.59"}, "Tussen 22.00 en 7.00 uur vertrekt er geen mail."),
        ({"at": ""}, "prepare-at"),
        ({"audience": "buren"}, "prepare-audience"),
    ],
)
def test_what_cannot_be_is_refused_in_the_form(sign_in, world, changes, sentence):
    rules(world.edition)
    answer = sign_in("coordinator").post(DESK + "prepare/", sent(**changes))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert world.edition.reminder_rules.get(key="prepare").days == 7


@pytest.mark.parametrize(
    "fields",
    [
        {"days": -1},
        {"at": time(22)},
        {"at": time(6, 59)},
        {"moment": "after"},
        {"audience": "buren"},
        {"key": "ooit"},
    ],
)
def test_what_cannot_be_is_refused_by_the_database(world, fields):
    rules(world.edition)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReminderRule.objects.filter(key="prepare").update(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"number": 5},
        {"number": 0},
        {"status": "ooit"},
        {"place_name": ""},
        {"published_at": None},
    ],
)
def test_a_session_that_cannot_be_is_refused_by_the_database(world, fields):
    session = work_session(edition=world.edition)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(session).objects.filter(pk=session.pk).update(**fields)


def test_an_end_before_the_start_is_refused_by_the_database(world):
    session = work_session(edition=world.edition)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(session).objects.filter(pk=session.pk).update(ends_at=session.starts_at)


def test_a_rule_of_another_edition_is_not_found(sign_in, world):
    rules(world.other_edition)
    assert sign_in("coordinator").post(DESK + "prepare/", sent()).status_code == 404
