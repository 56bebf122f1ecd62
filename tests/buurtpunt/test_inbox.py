import contextlib
import smtplib
from email.message import EmailMessage

import pytest

from buurtpunt.demo import inbox
from tests.services import free_port


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path


@contextlib.contextmanager
def running_inbox():
    server = inbox.serve(free_port())
    try:
        yield server.port
    finally:
        server.stop()


def invitation() -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Werksessie 2 in café De Zwaan"
    message["From"] = "ons buurtpunt <post@buurtpunt.example>"
    message["To"] = "Mieke Vermeulen <mieke@heidebeek.example>"
    message["Date"] = "Tue, 24 Nov 2026 09:00:00 +0100"
    message.set_content("Dag Mieke, kom je?")
    message.add_alternative("<p>Dag Mieke, kom je?</p>", subtype="html")
    calendar = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    message.add_alternative(calendar, subtype="calendar", params={"method": "REQUEST"})
    return message


def test_a_message_that_went_through_smtp_is_read_back_whole():
    with running_inbox() as port, smtplib.SMTP("127.0.0.1", port) as client:
        client.send_message(invitation())

    [letter] = inbox.letters()
    assert letter.subject == "Werksessie 2 in café De Zwaan"
    assert letter.to == "Mieke Vermeulen <mieke@heidebeek.example>"
    assert letter.sender == "ons buurtpunt <post@buurtpunt.example>"
    assert letter.sent_at.isoformat() == "2026-11-24T09:00:00+01:00"
    assert letter.text == "Dag Mieke, kom je?\n"
    assert letter.html == "<p>Dag Mieke, kom je?</p>\n"
    assert letter.calendar.startswith("BEGIN:VCALENDAR")
    assert inbox.letter(letter.id) == letter


def test_the_newest_come_first_and_no_more_than_asked():
    for number in range(3):
        inbox.keep(f"Subject: brief {number}\n\nDag".encode())

    assert [letter.subject for letter in inbox.letters()] == ["brief 2", "brief 1", "brief 0"]
    assert [letter.subject for letter in inbox.letters(limit=1)] == ["brief 2"]


def test_an_empty_inbox_is_an_empty_list():
    assert inbox.letters() == []


@pytest.mark.parametrize("name", ["00000000000000000001-1", "../../secret", "x"])
def test_a_name_that_is_no_letter_gives_nothing(var, name):
    (var.parent / "secret.eml").write_text("Subject: geheim\n\n")

    assert inbox.letter(name) is None


def test_a_message_without_headers_or_of_odd_bytes_is_still_shown():
    inbox.keep(b"\xff\xfe geen kop\n\nen een \xe9 zonder codering")

    [letter] = inbox.letters()
    assert letter.subject == ""
    assert letter.sent_at is None
