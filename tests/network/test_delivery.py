"""Claim, send, mark (network/delivery.py), with a server that says what a test wants."""

import smtplib
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as django_mail
from django.core.mail.backends import locmem

from network import clock, delivery, folding, mail
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


class Server:
    """What the mail server does: an error to raise at the greeting, or for one message."""

    at_open = None

    def at_send(self, message):
        return None


@pytest.fixture
def server(monkeypatch):
    wanted = Server()
    backend = "django.core.mail.backends.locmem.EmailBackend"
    deliver = locmem.EmailBackend.send_messages

    def open_(self):
        if wanted.at_open:
            raise wanted.at_open

    def send(self, messages):
        if error := wanted.at_send(messages[0]):
            raise error
        return deliver(self, messages)

    monkeypatch.setattr(f"{backend}.open", open_)
    monkeypatch.setattr(f"{backend}.send_messages", send)
    return wanted


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
    with django_assert_max_num_queries(4):  # the savepoint, and an insert or two
        mail.post_many(wishes)
    mail.post_many(wishes)
    mail.post_many([])
    assert OutgoingMail.objects.count() == 100
    assert len(woken) == 2


def test_a_sign_in_code_goes_before_a_cancellation_to_everybody(at_noon, marie):
    for number in range(delivery.BATCH + 5):
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


def test_while_the_server_is_away_all_mails_wait(at_noon, marie, server):
    server.at_open = ConnectionRefusedError()
    row = post(marie, kind="test-once")
    for _ in range(delivery.ATTEMPTS + 1):
        assert delivery.drain() == 0
        at_noon.shift(timedelta(hours=1))
    assert state_of(row) == "queued"
    server.at_open = None
    assert delivery.drain() == 1


def test_a_connection_that_breaks_again_and_again_is_given_up_in_the_end(at_noon, marie, server):
    server.at_send = lambda message: smtplib.SMTPServerDisconnected()
    row = post(marie)
    states = []
    for _ in range(delivery.ATTEMPTS):
        delivery.drain()
        states.append(state_of(row))
        at_noon.shift(timedelta(hours=1))
    assert states == ["retry"] * (delivery.ATTEMPTS - 1) + ["failed"]
    assert "brak af (SMTPServerDisconnected)" in row.reason


@pytest.mark.parametrize(
    ("kind", "error", "state"),
    [
        ("test-once", smtplib.SMTPServerDisconnected(), "unknown"),
        ("test-once", TimeoutError(), "unknown"),
        ("test-once", smtplib.SMTPDataError(451, b"later"), "retry"),
        ("test-once", smtplib.SMTPSenderRefused(421, b"bye", "post@"), "retry"),
        ("test-must", smtplib.SMTPServerDisconnected(), "retry"),
        ("test-once", ValueError("a header that cannot be"), "failed"),
        ("test-must", ValueError("a header that cannot be"), "failed"),
    ],
)
def test_what_goes_wrong_with_one_mail_holds_up_no_other(
    at_noon, marie, server, kind, error, state
):
    bad = post(marie, key="bad", kind=kind, subject="bad")
    fine = [post(marie, key=f"fine-{n}", kind="test-once") for n in range(3)]
    server.at_send = lambda message: error if message.subject == "bad" else None
    assert delivery.drain() == 3
    assert (state_of(bad), [state_of(row) for row in fine]) == (state, ["sent"] * 3)
    at_noon.shift(timedelta(hours=1))
    delivery.drain()
    assert (state_of(bad), bad.attempt) == (state, {"failed": 0, "unknown": 1, "retry": 2}[state])


@pytest.mark.parametrize(
    ("code", "words", "state", "bounces"),
    [
        (550, b"5.1.1 no such user", "failed", True),
        (554, b"5.7.1 relaying denied", "failed", False),
        (450, b"4.2.0 greylisted", "retry", False),
        (421, b"too many", "retry", False),
    ],
)
def test_a_refused_address(at_noon, marie, server, code, words, state, bounces):
    refused = smtplib.SMTPRecipientsRefused({marie.email: (code, words)})
    server.at_send = lambda message: refused
    row = post(marie)
    delivery.drain()
    assert (state_of(row), str(code) in row.reason) == (state, True)
    marie.refresh_from_db()
    assert (marie.bounced_at is not None) == bounces


def test_who_cannot_be_reached_is_known_until_a_mail_arrives_again(at_noon, marie, server):
    refused = smtplib.SMTPRecipientsRefused({marie.email: (550, b"5.1.1 unknown")})
    server.at_send = lambda message: refused
    post(marie)
    delivery.drain()
    server.at_send = lambda message: None
    other = post(marie, key="other")
    assert delivery.drain() == 0
    assert (state_of(other), other.reason) == ("skipped", "het adres werkt niet")
    # A sign-in code or an invitation is asked for, and shows that the address works again.
    mail.post("test-must", "asked-for", person=marie, address=marie.email.upper())
    assert delivery.drain() == 1
    marie.refresh_from_db()
    assert marie.why_unreachable == ""


def test_another_address_that_bounces_says_nothing_of_the_person(at_noon, marie, server):
    refused = smtplib.SMTPRecipientsRefused({"oud@buurtpunt.example": (550, b"")})
    server.at_send = lambda message: refused
    mail.post("test-must", "k", person=marie, address="oud@buurtpunt.example")
    delivery.drain()
    marie.refresh_from_db()
    assert marie.why_unreachable == ""


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


@pytest.mark.parametrize(("kind", "state"), [("test-once", "unknown"), ("test-must", "sent")])
def test_a_worker_that_died_with_a_mail_in_hand(at_noon, marie, kind, state):
    row = post(marie, kind=kind)
    (claimed,) = delivery._claim("worker-that-dies")
    assert claimed.pk == row.pk
    assert delivery.drain() == 0  # the lease still runs: nobody else touches it
    at_noon.shift(delivery.LEASE + timedelta(seconds=1))
    delivery.drain()
    row.refresh_from_db()
    assert row.state == state
    assert len(django_mail.outbox) == (1 if state == "sent" else 0)


def test_two_workers_never_claim_the_same_mail(at_noon, marie):
    for number in range(5):
        post(marie, key=f"k{number}")
    first, second = delivery._claim("one"), delivery._claim("two")
    assert (len(first), second) == (5, [])


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
