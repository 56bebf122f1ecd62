"""Claim, send, mark (network/delivery.py). What mail servers answer: test_mail_servers.py."""

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as django_mail
from django.db import OperationalError

from network import claims, clock, delivery, folding, mail
from network.mail import Kind, Message
from network.models import OutgoingMail
from tests import factories

NOON = datetime(2027, 3, 1, 11, 0, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.at(NOON)]


def render(row):
    if row.refs.get("broken"):
        raise ValueError("a template that does not render")
    return Message(row.refs.get("subject", "Hallo"), "tekst", "<p>tekst</p>")


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    monkeypatch.setattr(mail, "_kinds", dict(mail._kinds))
    wanted = lambda row: row.refs.get("unwanted", "")  # noqa: E731  one word says it
    mail.register(Kind("test-must", mail.MUST, wanted, render))
    mail.register(Kind("test-once", mail.MUST, wanted, render, at_most_once=True))


@pytest.fixture
def at_noon(time_machine):
    return time_machine


@pytest.fixture
def marie():
    return factories.person(name="Marie Devos", email="marie@buurtpunt.example")


def state_of(row):
    row.refresh_from_db()
    return row.state


def post(person, key="k", kind="test-must", **refs):
    mail.post(kind=kind, key=key, person=person, refs=refs)
    return OutgoingMail.objects.get(key=key)


def test_a_queued_mail_leaves_once(at_noon, marie):
    row = post(marie, subject="Dag Marie")
    assert [delivery.drain(), delivery.drain()] == [1, 0]
    (sent,) = django_mail.outbox
    assert (sent.to, sent.subject) == (["marie@buurtpunt.example"], "Dag Marie")
    assert sent.extra_headers["Message-ID"] == f"<mail-{row.message_id}@buurtpunt.example>"
    row.refresh_from_db()
    assert (row.state, row.sent_at) == ("sent", NOON)


def test_many_mails_are_one_insert_and_one_waking(
    marie, django_assert_max_num_queries, monkeypatch
):
    woken = []
    monkeypatch.setattr("network.queue.wake", woken.append)
    wishes = [mail.Wish("test-must", f"k{number}", marie) for number in range(100)]
    with django_assert_max_num_queries(5):  # the savepoint, and an insert or three
        mail.post_many(wishes)
    mail.post_many(wishes)
    mail.post_many([])
    assert OutgoingMail.objects.count() == 100
    assert len(woken) == 2


def test_a_sign_in_code_goes_before_a_cancellation_to_everybody(at_noon, marie):
    for number in range(claims.BATCH + 5):
        post(marie, key=f"k{number}")
    at_noon.shift(timedelta(seconds=1))
    mail.post("test-must", "code", person=marie, address=marie.email, refs={"subject": "Je code"})
    delivery.drain()
    assert django_mail.outbox[0].subject == "Je code"


def test_a_mail_for_later_waits(at_noon, marie):
    mail.post(kind="test-must", key="k", person=marie, not_before=NOON + timedelta(hours=1))
    assert delivery.drain() == 0
    at_noon.shift(timedelta(hours=1))
    assert delivery.drain() == 1


def test_what_is_no_longer_wanted_is_skipped_at_the_last_moment(at_noon, marie):
    row = post(marie, unwanted="ingetrokken")
    assert delivery.drain() == 0
    row.refresh_from_db()
    assert (row.state, row.reason, django_mail.outbox) == ("skipped", "ingetrokken", [])


def test_a_mail_that_cannot_be_made_does_not_stop_the_others(at_noon, marie):
    broken = post(marie, key="broken", broken=True)
    post(marie, key="fine")
    assert delivery.drain() == 1
    broken.refresh_from_db()
    assert (broken.state, broken.reason) == ("failed", "kan niet gemaakt worden: ValueError")


@pytest.mark.parametrize("where", ["still_wanted", "render", "begin_handing_over"])
@pytest.mark.parametrize("error", [OperationalError("database is locked"), OSError(28, "full")])
def test_trouble_on_our_side_fails_no_mail(at_noon, marie, monkeypatch, where, error):
    def breaks(row):
        raise error

    row = post(marie)
    with monkeypatch.context() as broken:
        if where == "begin_handing_over":
            broken.setattr(claims, where, breaks)
        else:
            kind = dataclasses.replace(mail._kinds["test-must"], **{where: breaks})
            broken.setitem(mail._kinds, "test-must", kind)
        assert delivery.drain() == 0
    row.refresh_from_db()
    assert (row.state, row.attempt) == ("retry", 1)
    at_noon.shift(timedelta(minutes=2))
    assert delivery.drain() == 1


@pytest.mark.parametrize(("hour", "leaves"), [(21, 2), (23, 1), (6, 1), (7, 2)])
def test_by_night_only_musts_leave(marie, hour, leaves, time_machine):
    mail.register(Kind("test-plan", mail.PLAN, lambda row: "", render))
    with time_machine.travel(clock.at(NOON.date(), 12)):
        mail.notify("test-plan", "n", person=marie)
        folding.fold(clock.now())
        post(marie)
        OutgoingMail.objects.update(state="retry")
    with time_machine.travel(clock.at(NOON.date() + timedelta(days=1), hour)):
        assert delivery.drain() == leaves


def test_a_secret_is_gone_once_the_mail_left(at_noon, marie):
    mail.post(
        kind="account",
        key="code",
        person=marie,
        address="marie@buurtpunt.example",
        refs={"template": "login_code"},
        secret={"code": "ABC-123", "first_name": "Marie"},
    )
    delivery.drain()
    row = OutgoingMail.objects.get(key="code")
    assert (row.state, row.secret) == ("sent", {})
    assert "ABC-123" in django_mail.outbox[0].body


def test_a_folded_mail_names_its_way_out(at_noon, marie, monkeypatch):
    mail.register(Kind("test-plan", mail.PLAN, lambda row: "", render))
    mail.notify(kind="test-plan", key="n", person=marie, refs={"subject": "Een opmerking"})
    folding.fold(clock.now())
    assert delivery.drain() == 1
    (sent,) = django_mail.outbox
    assert sent.subject == "Een opmerking"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/uitschrijven/" in sent.extra_headers["List-Unsubscribe"]
    assert "/uitschrijven/" in sent.body
