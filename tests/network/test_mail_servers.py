"""What mail servers answer, at each step of a real conversation, and what we make of it
(network/handover.py, network/verdicts.py, network/delivery.py)."""

import threading
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from network import claims, clock, delivery, health, mail, verdicts
from network.handover import NotTaken, Step
from network.mail import Kind, Message
from network.models import OutgoingMail
from tests import factories
from tests.mailserver import DROP

NOON = datetime(2027, 3, 1, 11, 0, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.at(NOON)]

MARIE = "marie@buurtpunt.example"


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    monkeypatch.setattr(mail, "_kinds", dict(mail._kinds))
    render = lambda row: Message(row.key, ".tekst", "<p>tekst</p>")  # noqa: E731  one line says it
    wanted = lambda row: row.refs.get("unwanted", "")  # noqa: E731  one word says it
    mail.register(Kind("test-must", mail.MUST, wanted, render))
    mail.register(Kind("test-once", mail.MUST, wanted, render, at_most_once=True))
    mail.register(Kind("test-plan", mail.PLAN, wanted, render))


@pytest.fixture
def at_noon(time_machine):
    return time_machine


@pytest.fixture
def marie():
    return factories.person(name="Marie Devos", email=MARIE)


def post(person, key="k", kind="test-must", **wish):
    mail.post(kind=kind, key=key, person=person, **wish)
    return OutgoingMail.objects.get(key=key)


def state_of(row):
    row.refresh_from_db()
    return row.state


def is_suspected(person):
    person.refresh_from_db()
    return bool(person.bounced_at)


# What a refusal says: CASES of the first year.

OURS_OR_THEIRS = [  # the mail fails, can be sent again, and nobody is marked
    ("RCPT", "550 relay not permitted"),
    ("MAIL", "553 5.1.8 sender rejected"),
    ("RCPT", "553 5.1.8 sender rejected"),
    ("RCPT", "550 Sender verify failed"),
    ("RCPT", "554 client host blocked"),
    ("MAIL", "530 Authentication required"),
    ("RCPT", "530 5.7.0 Must issue a STARTTLS command first"),
    ("RCPT", "503 5.5.1 Error: need MAIL command"),
    ("RCPT", "552 5.3.4 Message size exceeds fixed limit"),
    ("MAIL", "552 5.3.4 Message size exceeds fixed limit"),
    ("RCPT", "550 5.4.1 Recipient address rejected: Access denied"),
    ("RCPT", "550 5.1.7 Invalid address"),
    ("MAIL", "550 5.1.7 Invalid address"),
    ("MAIL", "550 5.1.1 user unknown"),
    ("RCPT", "554 5.7.1 relaying denied"),
    ("RCPT", "550 5.7.1 user unknown to this policy"),
    ("RCPT", "550 not so"),
    ("RCPT", "550 mailbox unavailable: your IP 192.0.2.1 is blocked"),
    ("DATA", "554 5.5.1 no valid recipients"),
    ("BODY", "554 5.6.0 this looks like spam"),
    ("BODY", "550 user unknown"),
    ("BODY", "552 too large"),
]
ABOUT_THE_ADDRESS = [
    ("RCPT", "550 5.1.1 no such user"),
    ("RCPT", "550 5.1.2 bad destination system address"),
    ("RCPT", "553 5.1.3 bad destination syntax"),
    ("RCPT", "551 5.1.6 mailbox has moved"),
    ("RCPT", "556 5.1.10 recipient address has null MX"),
    ("RCPT", "550 #5.1.1 bestaat niet"),
    ("RCPT", f"550 <{MARIE}>: user unknown"),
    ("RCPT", "550 No such user here"),
    ("RCPT", "550 Requested action not taken: mailbox unavailable"),
    ("RCPT", "550 Mailbox not found"),
    ("BODY", "550 5.1.1 no such user"),
]
FOR_NOW = [
    ("RCPT", "450 4.2.0 greylisted"),
    ("RCPT", "450 come back in five minutes"),
    ("RCPT", "451 4.7.1 try again later"),
    ("RCPT", "421 too many connections"),
    ("RCPT", "552 5.2.2 mailbox full"),
    ("RCPT", "554 5.2.2 over quota"),
    ("RCPT", "552 mailbox full"),
    ("RCPT", "550 5.2.1 switched off for now"),
    ("RCPT", "451 5.1.1 user unknown"),
    ("MAIL", "451 later"),
    ("MAIL", "421 bye"),
    ("DATA", "451 later"),
    ("BODY", "451 later"),
    ("BODY", "452 4.3.1 no room"),
    ("BODY", "554 5.2.2 mailbox full"),
]


@pytest.mark.parametrize(
    ("step", "answer", "state", "suspected"),
    [(*case, "failed", False) for case in OURS_OR_THEIRS]
    + [(*case, "failed", True) for case in ABOUT_THE_ADDRESS]
    + [(*case, "retry", False) for case in FOR_NOW],
)
@pytest.mark.parametrize("kind", ["test-must", "test-once"])
def test_an_answer(at_noon, marie, mail_server, kind, step, answer, state, suspected):
    mail_server.says[step] = answer
    row = post(marie, kind=kind)
    assert delivery.drain() == 0
    assert (state_of(row), is_suspected(marie)) == (state, suspected)
    assert (f"({answer[:3]})" in row.reason, row.attempt) == (True, 1)
    del mail_server.says[step]
    assert delivery.drain() == 0  # what was refused for good does not go by itself, the rest later
    at_noon.shift(timedelta(minutes=2))
    assert delivery.drain() == (1 if state == "retry" else 0)


@pytest.mark.parametrize("answer", ["550 5.1.1 User unknown", "550 No such user"])
def test_the_same_words_to_several_people_are_about_the_server(at_noon, mail_server, answer):
    people = [factories.person(email=f"p{n}@buurtpunt.example") for n in range(3)]
    for person in people:
        post(person, key=str(person.pk))
    numbers = iter(range(7100, 7200))
    said = lambda line: f"{answer} {line.partition(':')[2]} (id {next(numbers)}-x)"  # noqa: E731
    mail_server.says["RCPT"] = said
    assert delivery.drain() == 0
    assert {row.state for row in OutgoingMail.objects.all()} == {"failed"}
    assert [is_suspected(person) for person in people] == [False] * 3


def test_the_same_words_a_while_later_take_the_first_guess_back(at_noon, mail_server, marie):
    mail_server.says["RCPT"] = "550 5.1.1 User unknown"
    post(marie)
    delivery.drain()
    assert is_suspected(marie)
    at_noon.shift(timedelta(hours=1))
    other = factories.person(email="piet@buurtpunt.example")
    post(other, key="k2")
    delivery.drain()
    assert (is_suspected(marie), is_suspected(other)) == (False, False)


def test_other_words_or_the_same_address_leave_the_guess(at_noon, mail_server, marie):
    """A couple shares the address."""
    pol = factories.person(name="Pol Devos", email=MARIE.upper())
    piet = factories.person(email="piet@buurtpunt.example")
    for person in (marie, pol, piet):
        post(person, key=str(person.pk))
    mail_server.says["RCPT"] = lambda line: (
        "550 5.1.1 unknown" if MARIE in line.lower() else "550 5.1.1 left us"
    )
    delivery.drain()
    assert [is_suspected(person) for person in (marie, pol, piet)] == [True] * 3


def test_the_words_kept_of_a_refusal_say_nothing_about_the_person():
    said = b"5.1.1 <marie@buurtpunt.example>: Marie is unknown, see https://mx.example/q?u=1 a1b2"
    refusal = NotTaken(Step.RECIPIENT, 550, said)
    assert verdicts.same_words(refusal, MARIE) == "550 5.1.1 : is unknown, see"


# A guess about an address.


def test_a_must_goes_whatever_is_guessed_about_the_address(at_noon, marie, mail_server):
    marie.bounced_at = clock.now()
    marie.save()
    row = post(marie)
    assert delivery.drain() == 1
    assert (state_of(row), is_suspected(marie)) == ("sent", False)


def test_other_mail_waits_for_a_sign_of_the_address(at_noon, marie, mail_server):
    marie.bounced_at = clock.now()
    marie.save()
    row = post(marie, kind="test-plan")
    assert delivery.drain() == 0
    assert (state_of(row), row.reason) == ("skipped", "het adres werkt niet")


def test_a_must_to_somebody_without_an_address_is_skipped(at_noon, mail_server):
    row = post(factories.person(email=""))
    assert delivery.drain() == 0
    assert (state_of(row), row.reason) == ("skipped", "geen e-mailadres")


def test_another_address_that_bounces_says_nothing_of_the_person(at_noon, marie, mail_server):
    mail_server.says["RCPT"] = "550 5.1.1 unknown"
    post(marie, address="oud@buurtpunt.example")
    delivery.drain()
    assert not is_suspected(marie)


# A day of tries.


def moments_of_tries(row, traveller):
    """Hours after the first at which it was tried, until it is no longer tried."""
    start, tries = clock.now(), []
    while True:
        delivery.drain()
        tries.append(round((clock.now() - start) / timedelta(hours=1), 3))
        if state_of(row) != "retry":
            return tries
        traveller.move_to(row.not_before)


def test_greylisting_is_tried_for_a_day_at_growing_intervals(at_noon, marie, mail_server):
    mail_server.says["RCPT"] = "450 4.2.0 greylisted"
    row = post(marie)
    tries = moments_of_tries(row, at_noon)
    waits = [round(after - before, 2) for before, after in pairwise(tries)]
    assert waits == sorted(waits)
    assert waits[0] <= 0.25
    assert 24 <= tries[-1] < 30
    assert len(tries) < 30
    assert (row.state, "(450)" in row.reason) == ("failed", True)


def test_a_mail_that_nobody_wants_any_more_is_no_longer_tried(at_noon, marie, mail_server):
    mail_server.says["RCPT"] = "450 4.2.0 greylisted"
    row = post(marie)
    delivery.drain()
    OutgoingMail.objects.update(refs={"unwanted": "te laat"})
    at_noon.shift(timedelta(hours=2))
    delivery.drain()
    assert (state_of(row), row.reason) == ("skipped", "te laat")
    assert mail_server.heard.count("RCPT") == 1


# Broken connections.


@pytest.mark.parametrize("kind", ["test-must", "test-once"])
@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("answer", [DROP, "hello?", "7"])
def test_dropped_before_the_body_is_not_sent_and_costs_nothing(
    at_noon, marie, mail_server, kind, step, answer
):
    mail_server.says[step] = answer
    row = post(marie, kind=kind)
    for _ in range(claims.ATTEMPTS + 1):
        assert delivery.drain() == 0
        assert (state_of(row), row.attempt, row.doubts, row.step) == ("retry", 0, 0, "")
        at_noon.shift(timedelta(minutes=2))
    mail_server.says.clear()
    assert delivery.drain() == 1
    assert mail_server.recipients == [MARIE]


@pytest.mark.parametrize("answer", [DROP, "hello?", "7", "354 go on"])
def test_without_an_answer_to_the_body_a_mail_goes_once_more_at_most(
    at_noon, marie, mail_server, answer
):
    mail_server.says["BODY"] = answer
    row = post(marie)
    states = []
    for _ in range(5):
        delivery.drain()
        states.append(state_of(row))
        at_noon.shift(timedelta(hours=3))
    assert states == ["retry"] + ["unknown"] * 4
    assert "brak af" in row.reason
    ids = {message["Message-ID"] for _, message in mail_server.taken}
    assert (len(mail_server.taken), len(ids)) == (2, 1)  # the same message to its reader


@pytest.mark.parametrize("answer", [DROP, "hello?", "7"])
def test_a_mail_that_goes_at_most_once_is_not_sent_again(at_noon, marie, mail_server, answer):
    mail_server.says["BODY"] = answer
    row = post(marie, kind="test-once")
    for _ in range(3):
        delivery.drain()
        at_noon.shift(timedelta(hours=3))
    assert (state_of(row), row.doubts, len(mail_server.taken)) == ("unknown", 1, 1)


def test_a_slow_answer_to_the_body_is_waited_for(marie, mail_server, monkeypatch, settings):
    """Longer than any other step may take: the server may be reading for viruses."""
    settings.EMAIL_TIMEOUT = 0.3
    monkeypatch.setattr("network.handover.PATIENCE", 10)
    slow = threading.Event()
    mail_server.says["BODY"] = lambda message: slow.wait(0.8) or None
    row = post(marie, kind="test-once")
    assert delivery.drain() == 1
    assert state_of(row) == "sent"


@pytest.mark.parametrize("kind", ["test-must", "test-once"])
@pytest.mark.parametrize(
    ("step", "answer"),
    [
        ("RCPT", DROP),
        ("DATA", "451 later"),
        ("BODY", DROP),
        ("RCPT", "421 bye"),
        ("MAIL", "550 no"),
    ],
)
def test_what_goes_wrong_with_one_mail_holds_up_no_other(at_noon, mail_server, kind, step, answer):
    """And the next ones have a conversation that is not upset by it."""
    people = [factories.person(email=f"p{n}@buurtpunt.example") for n in range(4)]
    for person in people:
        post(person, key=person.email, kind=kind)
    said = iter([answer])
    mail_server.says[step] = lambda heard: next(said, None)
    assert delivery.drain() == 3
    states = [row.state for row in OutgoingMail.objects.order_by("pk")]
    assert states[1:] == ["sent"] * 3
    assert states[0] != "sent"


def test_mails_at_which_the_server_hangs_up_every_time_let_the_others_go(at_noon, mail_server):
    for number in range(2):  # they have an address of their own, and therefore go first
        bad = factories.person(email=f"bad{number}@buurtpunt.example")
        post(bad, key=bad.email, address=bad.email)
    good = factories.person(email="good@buurtpunt.example")
    row = post(good, key="good")
    mail_server.says["RCPT"] = lambda line: DROP if "bad" in line else None
    assert delivery.drain() == 1
    assert state_of(row) == "sent"


def test_a_server_that_takes_nobody_in_is_left_alone_till_the_next_tick(at_noon, mail_server):
    for number in range(20):
        person = factories.person(email=f"p{number}@buurtpunt.example")
        post(person, key=person.email)
    mail_server.says["MAIL"] = DROP
    assert delivery.drain() == 0
    assert mail_server.connections == delivery.PATIENCE


def test_a_line_that_begins_with_a_dot_arrives_with_it(at_noon, marie, mail_server):
    post(marie)
    assert delivery.drain() == 1
    ((recipient, message),) = mail_server.taken
    assert (recipient, message["To"]) == (MARIE, MARIE)
    assert message.get_body(("plain",)).get_content().splitlines() == [".tekst"]


@pytest.mark.parametrize(
    ("step", "answer", "people", "stuck"),
    [
        ("RCPT", DROP, 1, 1),
        ("RCPT", "421 too many connections", 1, 1),
        ("RCPT", "552 mailbox full", 1, 0),  # that is about one person
        ("MAIL", "451 later", 3, 3),
    ],
)
def test_a_must_that_each_try_puts_off_is_noticed(
    at_noon, mail_server, step, answer, people, stuck
):
    for number in range(people):
        post(factories.person(email=f"p{number}@buurtpunt.example"), key=f"must-{number}")
        post(factories.person(), key=f"plan-{number}", kind="test-plan")
    mail_server.says[step] = answer
    minute, found = timedelta(minutes=1), []
    for _ in range(health.MAIL_MAY_WAIT // minute + 1):
        delivery.drain()
        found.append(health.state()["stuck_mails"])
        at_noon.shift(minute)
    assert (found[5], found[-1]) == (0, stuck)
