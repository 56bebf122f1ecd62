"""An SMTP server that counts what it took and says what a fault wants it to say."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.services import free_port

TAKEN = "250 OK"
# Answers that are none: the connection goes, before or after the mail was taken.
DROP = "drop"
TAKE_AND_DROP = "take and drop"


class Sink:
    """`counts` says how often a recipient got a Message-ID; 2 is a mail doubled.

    `at_recipient(address)` and `at_data(message)` give another answer than TAKEN ("451 4.7.1
    Later", DROP, TAKE_AND_DROP); None is TAKEN. `takes` is how many seconds a mail takes.
    """

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()
        self.messages: list[EmailMessage] = []
        self.at_recipient: Callable[[str], str | None] = lambda address: None
        self.at_data: Callable[[EmailMessage], str | None] = lambda message: None
        self.takes = 0.0
        self.port = free_port()
        self._lock = threading.Lock()
        self._open()

    def _open(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        """Nobody answers at this port until `start`."""
        if self._controller.server is not None:
            self._controller.stop()

    def start(self) -> None:
        self._open()

    def doubled(self) -> list[tuple[str, str]]:
        with self._lock:
            return [key for key, count in self.counts.items() if count > 1]

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        answer = self.at_recipient(address) or TAKEN
        if answer == DROP:
            server.transport.abort()
        elif answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        message = message_from_bytes(envelope.content, _class=EmailMessage, policy=policy.default)
        await asyncio.sleep(self.takes)
        answer = self.at_data(message) or TAKEN
        if answer.startswith("2") or answer == TAKE_AND_DROP:
            self._take(message, envelope.rcpt_tos)
        if answer in {DROP, TAKE_AND_DROP}:
            server.transport.abort()
        return answer

    def _take(self, message: EmailMessage, recipients: list[str]) -> None:
        with self._lock:
            self.messages.append(message)
            self.counts.update((str(message["Message-ID"]), address) for address in recipients)
