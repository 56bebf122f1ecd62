"""Two workers whose steps fall between each other's (network/delivery.py). The second one works
at the very moment at which the first is sending, or looking."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as django_mail
from django.core.mail.backends import locmem

from network import delivery, mail
from network.mail import Kind, Message
from network.models import OutgoingMail
from tests import factories

NOON = datetime(2027, 3, 1, 11, 0, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.at(NOON)]
JUST_OVER = delivery.LEASE + timedelta(seconds=1)


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


def post(count, *, kind="test-must"):
    person = factories.person()
    mail.post_many(mail.Wish(kind, f"k{number}", person) for number in range(count))


def sent():
    return sorted(message.subject for message in django_mail.outbox)


def states():
    return list(OutgoingMail.objects.order_by("key").values_list("state", flat=True))


@pytest.mark.parametrize("kind", ["test-must", "test-once"])
def test_a_batch_longer_than_the_lease_is_still_the_first_workers(at_noon, while_sending, kind):
    post(5, kind=kind)

    def slow(subject):
        at_noon.shift(delivery.LEASE * 0.7)
        delivery.drain()

    while_sending(slow)
    assert delivery.drain() == 5
    assert (sent(), states()) == ([f"k{n}" for n in range(5)], ["sent"] * 5)


def test_what_another_took_over_is_not_sent_again(at_noon, while_sending):
    post(3)

    def hangs(subject):
        if subject == "k0":
            at_noon.shift(JUST_OVER)
            assert delivery.drain() == 3

    while_sending(hangs)
    assert delivery.drain() == 1
    # Only the mail that was under way may have come twice: it goes at least once.
    assert sent() == ["k0", "k0", "k1", "k2"]
    assert states() == ["sent"] * 3


def test_a_mail_that_goes_at_most_once_is_left_alone_by_both(at_noon, while_sending):
    post(2, kind="test-once")

    def hangs(subject):
        at_noon.shift(JUST_OVER)
        assert delivery.drain() == 0

    while_sending(hangs)
    assert delivery.drain() == 1
    assert (sent(), states()) == (["k0"], ["sent", "unknown"])


@pytest.mark.parametrize("how", ["renewed by its owner", "claimed anew by a third"])
def test_a_lease_that_no_longer_is_the_expired_one_is_not_ended(at_noon, monkeypatch, how):
    post(1)
    owned = delivery._claim("owner")
    at_noon.shift(JUST_OVER)
    look = delivery._at_most_once

    def meanwhile(row):
        if how.startswith("renewed"):
            assert delivery._hold(owned)
        else:
            OutgoingMail.objects.update(state="queued")
            assert delivery._claim("third")
        return look(row)

    monkeypatch.setattr(delivery, "_at_most_once", meanwhile)
    assert delivery.drain() == 0
    row = OutgoingMail.objects.get()
    assert (row.state, row.claimed_by) == (
        "claimed",
        "owner" if how.startswith("renewed") else "third",
    )


def test_what_was_given_back_and_taken_by_another_is_not_given_back_again(at_noon):
    post(2)
    rows = delivery._claim("owner")
    delivery._give_back(rows)
    taken = delivery._claim("other")
    delivery._give_back(rows)
    assert len(taken) == 2
    assert states() == ["claimed", "claimed"]


def test_a_worker_that_always_dies_over_one_mail_is_not_fed_it_for_ever(at_noon):
    post(1)
    for _ in range(delivery.ATTEMPTS):
        delivery._return_expired_leases()
        delivery._claim("dies")
        at_noon.shift(JUST_OVER)
    delivery._return_expired_leases()
    row = OutgoingMail.objects.get()
    assert (row.state, row.attempt, row.reason) == (
        "failed",
        delivery.ATTEMPTS,
        "de verzender viel uit",
    )
