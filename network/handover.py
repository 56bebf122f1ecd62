"""Hands one mail over to the mail server, step by step: who fails knows whether it may have left.

Until the body is begun nothing has left, whatever happens. After the final dot only an answer of
the server tells; without one the mail may have arrived.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import sanitize_address

PATIENCE = 60  # seconds for the answer to a body: a server may read the whole mail first


class Step(StrEnum):
    SENDER = "MAIL FROM"
    RECIPIENT = "RCPT TO"
    DATA = "DATA"
    BODY = "the body"


class NotTaken(Exception):
    """The server said no: the mail has not left."""

    def __init__(self, step: Step, code: int, words: bytes) -> None:
        super().__init__(f"{step}: {code}")
        self.step, self.code, self.words = step, code, words


class BrokeOff(Exception):
    """No answer that can be understood; the connection is of no use any more. `may_have_left`
    is whether the body was begun."""

    def __init__(self, error: Exception, *, may_have_left: bool) -> None:
        super().__init__(type(error).__name__)
        self.may_have_left = may_have_left


def hand_over(
    message: EmailMultiAlternatives, outgoing: Any, before_data: Callable[[], None]
) -> None:
    """Returns when the server took the mail. `outgoing` is an open connection of Django.
    `before_data` is called when all that is left is the mail itself; what it raises passes on.
    Raises NotTaken and BrokeOff."""
    smtp = getattr(outgoing, "connection", None)
    if isinstance(smtp, smtplib.SMTP):
        _by_steps(message, smtp, before_data)
        return
    # Another backend (memory, console, a folder) has one step, which may fail anywhere.
    before_data()
    message.connection = outgoing
    try:
        message.send()
    except OSError as error:
        raise BrokeOff(error, may_have_left=True) from error


def _by_steps(
    message: EmailMultiAlternatives, smtp: smtplib.SMTP, before_data: Callable[[], None]
) -> None:
    encoding = message.encoding or settings.DEFAULT_CHARSET
    sender = sanitize_address(message.from_email, encoding)
    (recipient,) = (sanitize_address(address, encoding) for address in message.recipients())
    body = _as_body(message.message().as_bytes(linesep="\r\n"))
    try:
        _greet(smtp)
        size = [f"size={len(body)}"] if smtp.has_extn("size") else []
        _ask(smtp, Step.SENDER, lambda: smtp.mail(sender, size))
        _ask(smtp, Step.RECIPIENT, lambda: smtp.rcpt(recipient))
        before_data()
        _ask(smtp, Step.DATA, lambda: smtp.docmd("DATA"))
        _send_body(smtp, body)
    except BrokeOff:
        smtp.close()  # a QUIT would only wait for an answer again
        raise
    except Exception:
        with suppress(OSError):  # who does not hear this does not hear the next mail either
            smtp.rset()
        raise


def _greet(smtp: smtplib.SMTP) -> None:
    try:
        smtp.ehlo_or_helo_if_needed()
    except OSError as error:  # every error of smtplib is one
        raise BrokeOff(error, may_have_left=False) from error


def _as_body(content: bytes) -> bytes:
    """With a dot doubled where it begins a line, and the dot that ends it (RFC 5321, 4.5.2)."""
    return re.sub(rb"(?m)^\.", b"..", content).removesuffix(b"\r\n") + b"\r\n.\r\n"


def _ask(smtp: smtplib.SMTP, step: Step, command: Callable[[], tuple[int, bytes]]) -> None:
    try:
        code, words = command()
    except OSError as error:
        raise BrokeOff(error, may_have_left=False) from error
    _judge(step, code, words, good=range(354, 355) if step == Step.DATA else range(250, 252))


def _send_body(smtp: smtplib.SMTP, body: bytes) -> None:
    try:
        if smtp.sock:
            smtp.sock.settimeout(max(PATIENCE, settings.EMAIL_TIMEOUT))
        smtp.send(body)
        code, words = smtp.getreply()
        if smtp.sock:
            smtp.sock.settimeout(settings.EMAIL_TIMEOUT)
    except OSError as error:
        raise BrokeOff(error, may_have_left=True) from error
    _judge(Step.BODY, code, words, good=range(200, 300))


def _judge(step: Step, code: int, words: bytes, *, good: range) -> None:
    if code in good:
        return
    if 400 <= code < 600:
        raise NotTaken(step, code, words)
    # Not an answer to this command: what comes next would be taken for another one's.
    raise BrokeOff(smtplib.SMTPResponseException(code, words), may_have_left=step == Step.BODY)
