"""The demo's inbox: a real SMTP server that keeps each message as a file, and its readers.

The demo command runs the server; the web process reads the folder. Messages are named by the
moment they came in, so that names sort by time.
"""

import email.policy
import os
import re
import time
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from django.conf import settings

FOLDER = "inbox"
_NAME = re.compile(r"\d{20}-\d+")


@dataclass(frozen=True)
class Letter:
    """A message as a person reads it; `calendar` is its calendar object or empty."""

    id: str
    subject: str
    sender: str
    to: str
    sent_at: datetime | None
    text: str
    html: str
    calendar: str


def folder() -> Path:
    return Path(settings.VAR_DIR) / FOLDER


def letters(*, limit: int = 100) -> list[Letter]:
    """The newest messages first. An empty list where no demo has run."""
    names = sorted((path.stem for path in folder().glob("*.eml")), reverse=True)
    found = (letter(name) for name in names[:limit])
    return [one for one in found if one]


def letter(id: str) -> Letter | None:
    """One message, or None when there is none of that name."""
    if not _NAME.fullmatch(id):
        return None
    try:
        content = (folder() / f"{id}.eml").read_bytes()
    except FileNotFoundError:
        return None
    return _read(id, content)


def _read(id: str, content: bytes) -> Letter:
    message = message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    date: Any = message["date"]
    return Letter(
        id=id,
        subject=str(message["subject"] or ""),
        sender=str(message["from"] or ""),
        to=str(message["to"] or ""),
        sent_at=date.datetime if date else None,
        text=_part(message, "text/plain"),
        html=_part(message, "text/html"),
        calendar=_part(message, "text/calendar"),
    )


def _part(message: EmailMessage, kind: str) -> str:
    for part in message.walk():
        if part.get_content_type() == kind:
            content = part.get_content()
            text = content.decode(errors="replace") if isinstance(content, bytes) else str(content)
            return text.replace("\r\n", "\n")
    return ""


class _Keeper:
    """What aiosmtpd calls for each message."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        keep(envelope.content)
        return "250 OK"


def keep(content: bytes) -> None:
    """Writes a message in one move, so that no reader sees half of it."""
    place = folder()
    place.mkdir(parents=True, exist_ok=True)
    # Delivery order, not the site's clock: the demo's clock may jump.
    name = f"{time.time_ns():020d}-{os.getpid()}"
    unfinished = place / f"{name}.unfinished"
    unfinished.write_bytes(content)
    unfinished.rename(place / f"{name}.eml")


def serve(port: int) -> Controller:
    """Starts the SMTP server in a thread; its `stop()` ends it."""
    controller = Controller(_Keeper(), hostname="127.0.0.1", port=port)
    controller.start()
    return controller
