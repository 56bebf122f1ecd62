"""Workers whose steps fall between each other's, and workers that die (network/claims.py). The
second one works at the very moment at which the first is sending, or looking."""

import os
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as django_mail
from django.core.mail.backends import locmem
from django.db import connection
from django.test.utils import CaptureQueriesContext

from network import claims, delivery, mail
from network.mail import Kind, Message
from network.models import OutgoingMail
from tests import factories

NOON = datetime(2027, 3, 1, 11, 0, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.at(NOON)]

JUST_OVER = claims.LEASE + timedelta(seconds=1)
FAR = "another-machine:1:1:"  # of a worker there nobody here knows whether it lives


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    monkeypatch.setattr(mail, "_kinds", dict(mail._kinds))
    for name, once in (("test-must", False), ("test-once", True)):
        render = lambda row: Message(row.key, "tekst", "<p>tekst</p>")  # noqa: E731  one line says it
        mail.register(Kind(name, mail.MUST, lambda row: "", render, at_most_once=once))


@pytest.fixture
def at_noon(time_machine):
    return time_machine


@pytest.fixture
def while_sending(monkeypatch):
    """while_sending(f): f(subject) happens while the first worker sends; not for the second."""

    def arrange(happens):
        deliver, busy = locmem.EmailBackend.send_messages, []

        def send(self, messages):
            if not busy:
                busy.append(1)
                happens(messages[0].subject)
                busy.clear()
            return deliver(self, messages)

        monkeypatch.setattr(locmem.EmailBackend, "send_messages", send)

    return arrange


@pytest.fixture
def dead_worker():
    """The name of a worker of this machine whose process is no more."""
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    name = f"{socket.gethostname()[:40]}:{process.pid}:{claims._began(process.pid)}:abcdef"
    assert not claims._is_dead(name)
    process.communicate(b"\n")
    return name


def post(count, *, kind="test-must"):
    person = factories.person()
    mail.post_many(mail.Wish(kind, f"k{number}", person) for number in range(count))


def sent():
    return sorted(message.subject for message in django_mail.outbox)


def states():
    return list(OutgoingMail.objects.order_by("key").values_list("state", flat=True))


def claim_far(name="a"):
    return claims.claim(FAR + name)


@pytest.mark.parametrize("kind", ["test-must", "test-once"])
def test_a_batch_longer_than_the_lease_is_still_the_first_workers(at_noon, while_sending, kind):
    post(5, kind=kind)

    def slow(subject):
        at_noon.shift(claims.LEASE * 0.7)
        delivery.drain()

    while_sending(slow)
    assert delivery.drain() == 5
    assert (sent(), states()) == ([f"k{n}" for n in range(5)], ["sent"] * 5)


def test_what_another_took_over_is_not_sent_again(at_noon, while_sending):
    post(3)

    def hangs(subject):
        if subject == "k0":
            at_noon.shift(JUST_OVER)
            # What it had not begun is taken over at once; the mail under way is in doubt.
            assert delivery.drain() == 2
            at_noon.shift(timedelta(minutes=2))
            assert delivery.drain() == 1

    while_sending(hangs)
    assert delivery.drain() == 1
    # Only the mail that was under way may have come twice: it goes at least once.
    assert sent() == ["k0", "k0", "k1", "k2"]
    assert states() == ["sent"] * 3


def test_a_mail_that_goes_at_most_once_is_left_alone_by_both(at_noon, while_sending):
    post(2, kind="test-once")

    def hangs(subject):
        if subject == "k0":
            at_noon.shift(JUST_OVER)
            assert delivery.drain() == 1

    while_sending(hangs)
    assert delivery.drain() == 1
    assert (sent(), states()) == (["k0", "k1"], ["sent", "sent"])


def test_a_worker_marks_only_its_own_mail(at_noon, while_sending):
    """A third worker holds the mail when the first one, late, says what became of it."""
    post(1)

    def taken_over(subject):
        OutgoingMail.objects.update(state="queued", step="")
        assert claim_far("third")

    while_sending(taken_over)
    delivery.drain()
    row = OutgoingMail.objects.get()
    assert (row.state, row.claimed_by) == ("claimed", FAR + "third")
    assert row.lease_until is not None


@pytest.mark.parametrize("how", ["renewed by its owner", "claimed anew by a third"])
def test_a_lease_that_no_longer_is_the_expired_one_is_not_ended(at_noon, monkeypatch, how):
    post(1)
    owned = claim_far("owner")
    claims.take_up(owned)
    at_noon.shift(JUST_OVER)
    look = claims.after_death

    def meanwhile(row):
        if how.startswith("renewed"):
            assert claims.take_up(owned)
        else:
            OutgoingMail.objects.update(state="queued")
            assert claim_far("third")
        return look(row)

    monkeypatch.setattr(claims, "after_death", meanwhile)
    assert delivery.drain() == 0
    row = OutgoingMail.objects.get()
    owner = FAR + ("owner" if how.startswith("renewed") else "third")
    assert (row.state, row.claimed_by) == ("claimed", owner)


def test_what_was_given_back_and_taken_by_another_is_not_given_back_again(at_noon):
    post(2)
    rows = claim_far("owner")
    claims.give_back(rows)
    taken = claim_far("other")
    claims.give_back(rows)
    assert len(taken) == 2
    assert states() == ["claimed", "claimed"]


def test_two_workers_never_claim_the_same_mail(at_noon):
    post(5)
    first, second = claim_far("one"), claim_far("two")
    assert (len(first), second) == (5, [])


# Workers that die.


@pytest.mark.parametrize("kind", ["test-must", "test-once"])
def test_a_dead_worker_costs_the_mail_in_its_hand_and_no_other(at_noon, dead_worker, kind):
    post(10, kind=kind)
    rows = claims.claim(dead_worker)
    claims.take_up(rows)
    claims.begin_handing_over(rows[0])
    assert delivery.drain() == 9  # at once, without waiting for a lease
    assert states() == ["claimed"] + ["sent"] * 9  # it may be alive after all: its lease decides
    at_noon.shift(JUST_OVER)
    delivery.drain()
    at_noon.shift(timedelta(minutes=2))
    delivery.drain()
    assert states() == (["sent"] if kind == "test-must" else ["unknown"]) + ["sent"] * 9
    assert set(OutgoingMail.objects.values_list("attempt", flat=True)) == {0, 1}


@pytest.mark.parametrize("kind", ["test-must", "test-once"])
def test_a_mail_that_was_only_being_made_has_not_left(at_noon, dead_worker, kind):
    post(3, kind=kind)
    claims.take_up(claims.claim(dead_worker))
    assert delivery.drain() == 3
    assert states() == ["sent"] * 3


@pytest.mark.parametrize("kind", ["test-must", "test-once"])
def test_of_a_worker_elsewhere_only_the_lease_tells(at_noon, kind):
    post(3, kind=kind)
    claim_far()
    assert delivery.drain() == 0
    at_noon.shift(JUST_OVER)
    assert delivery.drain() == 3


def test_a_worker_that_lives_keeps_what_it_holds(at_noon):
    post(3)
    claims.claim(claims.worker_name())
    assert delivery.drain() == 0


def test_a_later_process_of_the_same_number_is_no_heir(at_noon):
    post(3)
    machine, process, began, rest = claims.worker_name().split(":")
    claims.claim(":".join((machine, process, str(int(began) - 1), rest)))
    assert delivery.drain() == 3


def test_a_worker_of_the_release_before_does_not_say_how_far_it_is(at_noon):
    post(2, kind="test-once")
    claims.claim(f"{socket.gethostname()}:{os.getpid()}:abcdef")
    assert delivery.drain() == 0
    at_noon.shift(JUST_OVER)
    assert delivery.drain() == 0
    assert states() == ["unknown", "unknown"]


def test_the_name_of_a_worker_fits_its_column(monkeypatch):
    monkeypatch.setattr(socket, "gethostname", lambda: "a:" + "b" * 64)
    name = claims.worker_name()
    assert len(name) <= OutgoingMail._meta.get_field("claimed_by").max_length
    assert not claims._is_dead(name)


def test_a_worker_that_always_dies_over_one_mail_is_not_fed_it_for_ever(at_noon, dead_worker):
    """And after the first death the others go before it."""
    post(2)
    for _ in range(claims.ATTEMPTS):
        rows = claims.claim(dead_worker)
        (bad,) = (row for row in rows if row.key == "k0")
        claims.take_up([bad])
        claims.free_the_abandoned()
        assert states()[1] == "queued"
        at_noon.move_to(max(NOON, OutgoingMail.objects.get(key="k0").not_before))
    row = OutgoingMail.objects.get(key="k0")
    assert (row.state, row.attempt, row.reason) == ("failed", claims.ATTEMPTS, claims.DIED)


def test_a_mail_that_killed_its_worker_twice_waits(at_noon, dead_worker):
    post(2)
    for _ in range(2):
        claims.take_up(claims.claim(dead_worker))
        claims.free_the_abandoned()
    assert [row.key for row in claim_far()] == ["k1"]


@pytest.mark.parametrize("count", [1, 3])
def test_mails_in_doubt_are_asked_for_their_kinds_at_once(at_noon, count):
    """A worker of the release before leaves up to a batch of them."""
    post(count)
    claims.claim(f"{socket.gethostname()}:{os.getpid()}:abcdef")
    at_noon.shift(JUST_OVER)
    with CaptureQueriesContext(connection) as asked:
        claims.free_the_abandoned()
    assert sum(query["sql"].startswith("SELECT") for query in asked.captured_queries) == 2
    assert states() == ["retry"] * count


# Told to stop.


def test_a_worker_that_is_told_to_stop_ends_after_the_mail_in_hand(
    at_noon, while_sending, monkeypatch
):
    asked = []
    monkeypatch.setattr("network.stopping.is_asked", lambda: bool(asked))
    post(5, kind="test-once")
    while_sending(lambda subject: asked.append(1) if subject == "k1" else None)
    assert delivery.drain() == 2
    assert states() == ["sent", "sent", "queued", "queued", "queued"]
    assert delivery.drain() == 0
    asked.clear()
    assert delivery.drain() == 3
    assert sent() == [f"k{n}" for n in range(5)]


def test_what_ends_a_worker_in_the_middle_leaves_the_rest_in_the_queue(at_noon, while_sending):
    """An exit that nobody announced: a pool process of Celery that gets SIGTERM itself."""
    post(3, kind="test-once")

    def ends(subject):
        raise SystemExit

    while_sending(ends)
    with pytest.raises(SystemExit):
        delivery.drain()
    assert states() == ["claimed", "queued", "queued"]
