"""The ledger with real threads, a real SMTP server and a real worker that dies."""

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from network import claims, clock, delivery, folding, mail
from network.mail import Kind, Message
from network.models import Notice, OutgoingMail
from tests import factories
from tests.running import wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]

MAILS = 30


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    monkeypatch.setattr(mail, "_kinds", dict(mail._kinds))
    for name, category in (("test-must", mail.MUST), ("test-plan", mail.PLAN)):
        mail.register(Kind(name, category, lambda row: "", lambda row: Message("Dag", "t", "h")))


def in_threads(function, *, threads=4):
    """Run it in several threads at once, each with a connection of its own."""

    def own(_):
        try:
            return function()
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(own, range(threads)))


def test_four_workers_at_once_send_each_mail_once(smtp_server):
    for number in range(MAILS):
        person = factories.person(email=f"p{number}@buurtpunt.example")
        mail.post(kind="test-must", key=f"k{number}", person=person)
    assert sum(in_threads(delivery.drain)) == MAILS
    assert sorted(to for (to,) in smtp_server.recipients) == sorted(
        f"p{number}@buurtpunt.example" for number in range(MAILS)
    )
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {"sent"}


def test_a_slow_server_makes_no_worker_take_over_a_batch_that_is_under_way(
    smtp_server, monkeypatch
):
    """Eight mails of half a second each outlast one lease; the others keep looking."""
    monkeypatch.setattr(claims, "LEASE", timedelta(seconds=3))
    smtp_server.takes = 0.5
    person = factories.person()
    mail.post_many(mail.Wish("test-must", f"k{number}", person) for number in range(8))
    done = threading.Event()

    def work():
        if done.is_set():
            return 0
        sent = delivery.drain()
        if sent:
            done.set()
        while not done.wait(0.2):
            sent += delivery.drain()
        return sent

    assert sum(in_threads(work, threads=3)) == 8
    assert len(smtp_server.messages) == 8


def test_four_workers_at_once_fold_each_matter_once():
    noon = clock.at(clock.today(), 12)
    people = [factories.person() for _ in range(10)]
    for person in people:
        for matter in ("a", "b"):
            mail.notify(
                kind="test-plan", key=f"{matter}:{person.pk}", person=person, not_before=noon
            )
    assert sum(in_threads(lambda: folding.fold(noon))) == len(people)
    assert OutgoingMail.objects.count() == len(people)
    assert Notice.objects.filter(state="folded").count() == 2 * len(people)


def test_the_same_mail_posted_at_once_is_one_row():
    person = factories.person()
    in_threads(lambda: mail.post(kind="test-must", key="k", person=person))
    assert OutgoingMail.objects.count() == 1


def test_a_server_that_says_later_gets_it_later(smtp_server):
    person = factories.person(email="marie@buurtpunt.example")
    mail.post(kind="test-must", key="k", person=person)
    smtp_server.refuse_with = "451 Kom straks terug"
    assert delivery.drain() == 0
    row = OutgoingMail.objects.get()
    assert (row.state, row.attempt) == ("retry", 1)
    smtp_server.refuse_with = ""
    OutgoingMail.objects.update(not_before=clock.now() - timedelta(seconds=1))
    assert delivery.drain() == 1
    assert [m["Subject"] for m in smtp_server.messages] == ["Dag"]


def test_a_killed_worker_loses_nothing(celery_worker, smtp_server):
    """The mail was queued while the first worker was dead; beat of the next one finds it."""
    first = celery_worker("mail", beat=True)
    os.kill(first.pid, signal.SIGKILL)
    first.wait(10)
    person = factories.person(name="Marie Devos", email="marie@buurtpunt.example")
    mail.post(
        kind="account",
        key="k",
        person=person,
        address=person.email,
        refs={"template": "login_code"},
        secret={"code": "ABC-123", "first_name": "Marie"},
    )
    celery_worker("mail", beat=True)
    wait_until(lambda: len(smtp_server.messages) == 1)
    (message,) = smtp_server.messages
    assert "ABC-123" in message.get_body(("plain",)).get_content()
    wait_until(lambda: OutgoingMail.objects.get().secret == {})
