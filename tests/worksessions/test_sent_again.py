"""Mails that did not arrive leave again in one press, once (network/actions/mails.py)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.db import connection

from network import clock, sweeping, tasks
from network.actions import send_all_again
from network.models import AuditEntry, Notice, OutgoingMail, Person
from tests import factories
from tests.worksessions.made import at, rules, work_session

# The morning of the mail about what to bring to the session of 1 December.
MORNING = pytest.mark.at("2026-11-24 09:00")
pytestmark = [pytest.mark.django_db, pytest.mark.both, MORNING]
LIST = "/coordinatie/voorjaar/werksessies/2/mails/prepare/"
AGAIN = LIST + "opnieuw/"


@pytest.fixture
def session(world):
    rules(world.edition)
    made = work_session(edition=world.edition, starts_at=at("2026-12-01 13:30"))
    sweeping.sweep()
    tasks.drain_mail()
    django_mail.outbox.clear()
    return made


def fail(**people):
    """fail(lead="failed", coach="unknown"): by the part of the address before the @."""
    for name, state in people.items():
        rows = OutgoingMail.objects.filter(person__email__startswith=f"{name}@")
        assert rows.update(state=state, reason="550")


def seen(client):
    """What the button of the page would send; None without a button."""
    page = client.get(LIST).content.decode()
    if f'action="{AGAIN}"' not in page:
        return None
    return {"tot-en-met": page.partition('name="tot-en-met" value="')[2].partition('"')[0]}


def told(client, answer):
    assert (answer.status_code, answer.url) == (303, LIST)
    return client.get(LIST).content.decode()


def test_all_that_failed_or_is_uncertain_leaves_again_in_one_press(sign_in, session):
    fail(lead="failed", editor="unknown", coach="failed")
    client = sign_in("coordinator")
    page = client.get(LIST).content.decode()
    assert "3 mails kwamen niet aan, of dat is onzeker" in page
    assert "Stuur ze alle 3 opnieuw" in page
    assert "3 mails vertrekken opnieuw." in told(client, client.post(AGAIN, seen(client)))
    tasks.drain_mail()
    assert sorted(to for message in django_mail.outbox for to in message.to) == [
        "coach@buurtpunt.example",
        "editor@buurtpunt.example",
        "lead@buurtpunt.example",
    ]
    assert AuditEntry.objects.filter(verb="mail.sent-again").count() == 3
    assert seen(client) is None


def test_two_presses_send_once(sign_in, session):
    fail(lead="failed", editor="unknown")
    client = sign_in("coordinator")
    button = seen(client)
    client.post(AGAIN, button)
    page = told(client, client.post(AGAIN, button))
    assert "Deze mails zijn al opnieuw vertrokken." in page
    assert OutgoingMail.objects.filter(resend_of__isnull=False).count() == 2


def test_a_second_press_does_not_send_what_failed_anew_in_between(sign_in, session):
    fail(lead="failed", editor="unknown")
    client = sign_in("coordinator")
    button = seen(client)
    client.post(AGAIN, button)
    OutgoingMail.objects.filter(resend_of__isnull=False).update(state="failed")
    client.post(AGAIN, button)
    assert OutgoingMail.objects.filter(resend_of__isnull=False).count() == 2
    assert seen(client) != button  # who looks again may send them again


def test_an_address_that_was_suspected_gets_another_chance(sign_in, session):
    Person.objects.filter(email__startswith="lead@").update(bounced_at=clock.now())
    fail(lead="failed", editor="failed")
    client = sign_in("coordinator")
    client.post(AGAIN, seen(client))
    tasks.drain_mail()
    assert len(django_mail.outbox) == 2


def test_what_is_no_longer_wanted_stays_home(sign_in, session, time_machine):
    fail(lead="failed", editor="failed")
    client = sign_in("coordinator")
    button = seen(client)
    time_machine.shift(timedelta(hours=8))
    client.post(AGAIN, button)
    tasks.drain_mail()
    assert django_mail.outbox == []
    reasons = OutgoingMail.objects.filter(resend_of__isnull=False).values_list("state", "reason")
    assert set(reasons) == {("skipped", "te laat")}


@pytest.mark.parametrize("value", ["", "x", "-1", "²", "9" * 40])
def test_a_press_without_a_list_or_with_another_sends_nothing_it_should_not(
    sign_in, session, value
):
    fail(lead="failed", editor="failed")
    elsewhere = OutgoingMail.objects.create(
        key="elsewhere",
        kind="notices",
        category="digest",
        person=factories.person(),
        not_before=clock.now(),
        created_at=clock.now(),
        state="failed",
    )
    sign_in("coordinator").post(AGAIN, {"tot-en-met": value})
    again = OutgoingMail.objects.filter(resend_of__isnull=False)
    assert again.count() == (2 if value == "9" * 40 else 0)
    assert not again.filter(resend_of=elsewhere).exists()


def rows_that_failed(count):
    return OutgoingMail.objects.bulk_create(
        OutgoingMail(
            key=f"k{number}",
            kind="notices",
            category="digest",
            person=factories.person(),
            not_before=clock.now(),
            created_at=clock.now(),
            state="failed",
        )
        for number in range(count)
    )


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(world, count, django_assert_num_queries):
    rows = rows_that_failed(count)
    for row in rows:
        Notice.objects.create(
            key=row.key,
            kind="k",
            category="plan",
            person=row.person,
            not_before=clock.now(),
            created_at=clock.now(),
            mail=row,
            state="folded",
        )
    with django_assert_num_queries(10):
        send_all_again(mail_ids=[row.pk for row in rows], by=world.person("coordinator"))
    assert Notice.objects.filter(mail__resend_of__in=rows).count() == count


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_very_same_moment_send_once(world):
    rows = [row.pk for row in rows_that_failed(20)]
    by = world.person("coordinator")

    def press(_):
        try:
            return send_all_again(mail_ids=rows, by=by)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(press, range(4))) == [0, 0, 0, 20]
    assert OutgoingMail.objects.filter(resend_of__isnull=False).count() == 20


def test_by_night_it_says_when_the_mails_leave(sign_in, session, time_machine):
    fail(lead="failed", editor="failed")
    time_machine.move_to(at("2026-11-24 22:30"))
    client = sign_in("coordinator")
    page = told(client, client.post(AGAIN, seen(client)))
    assert "2 mails vertrekken opnieuw, om 7.00 uur: ’s nachts mailen we niet." in page
    assert "Vertrekt om 7.00 uur naar 2 mensen" in page
