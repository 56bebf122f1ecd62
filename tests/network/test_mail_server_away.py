"""A mail server that is away, or lets us not in: every mail waits, and is none the worse for it."""

from datetime import UTC, datetime, timedelta

import pytest

from network import claims, delivery, mail
from network.mail import Kind, Message
from network.models import OutgoingMail
from tests import factories

NOON = datetime(2027, 3, 1, 11, 0, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.at(NOON)]
MARIE = "marie@buurtpunt.example"


@pytest.fixture
def row(monkeypatch):
    """A mail to Marie that goes at most once."""
    monkeypatch.setattr(mail, "_kinds", dict(mail._kinds))
    render = lambda row: Message(row.key, "tekst", "<p>tekst</p>")  # noqa: E731  one line says it
    mail.register(Kind("test-once", mail.MUST, lambda row: "", render, at_most_once=True))
    mail.post(kind="test-once", key="k", person=factories.person(email=MARIE))
    return OutgoingMail.objects.get()


def state_of(row):
    row.refresh_from_db()
    return row.state


def test_while_the_server_is_away_all_mails_wait(row, time_machine, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    for _ in range(claims.ATTEMPTS + 1):
        assert delivery.drain() == 0
        time_machine.shift(timedelta(hours=1))
    assert (state_of(row), row.attempt) == ("queued", 0)


@pytest.mark.parametrize(
    ("step", "answer"),
    [
        ("HELLO", "554 5.7.1 you are on a list"),
        ("HELLO", "421 too busy"),
        ("AUTH", "535 5.7.8 authentication failed"),
        ("AUTH", "454 4.7.0 try later"),
    ],
)
def test_a_server_that_lets_us_not_in_costs_no_mail(
    row, time_machine, mail_server, settings, step, answer
):
    """As two peers had it: a changed password, or an address on a list, and mails were gone."""
    if step == "AUTH":
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "post", "oud"
    mail_server.says[step] = answer
    for _ in range(claims.ATTEMPTS + 1):
        assert delivery.drain() == 0
        time_machine.shift(timedelta(hours=1))
    assert (state_of(row), row.attempt) == ("queued", 0)
    mail_server.says[step] = {"HELLO": "220 here", "AUTH": "235 welcome"}[step]
    assert delivery.drain() == 1
    assert mail_server.recipients == [MARIE]
