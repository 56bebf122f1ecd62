"""The mail ledger: every mail is a row, written in the transaction that causes it.

Musts (a sign-in code, an invitation, a moved session) become an OutgoingMail at once with `post`.
Everything else is a Notice (`notify`), folded by `fold` into at most one mail a person a day and
two a calendar week; what the week has no room for waits and travels with the next one.
`drain` sends what is due. See DESIGN.md 3, Mail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import DatabaseError, InterfaceError, transaction

from network import clock, queue
from network.models import Notice, OutgoingMail, Person

MUST, SESSION, PLAN, DIGEST = "must", "session", "plan", "digest"
CATEGORIES = (MUST, SESSION, PLAN, DIGEST)
# What may go wrong on our side while a mail is made: it never fails or skips the mail.
OUR_TROUBLE = (DatabaseError, InterfaceError, OSError)


@dataclass(frozen=True)
class Message:
    """One mail as it leaves. `html` is a fragment for folded notices: see emails/base.html."""

    subject: str
    text: str
    html: str
    calendar: bytes = b""
    calendar_method: str = ""
    reply_to: str = ""


Row = OutgoingMail | Notice


@dataclass(frozen=True)
class Kind:
    """How one kind of mail behaves.

    still_wanted: asked at the last moment; gives "" when wanted, else the Dutch reason why not.
    render: gives the Message; for a notice (any category but must) `text` and `html` are the
        middle of the mail, because several notices may share one.
    at_most_once: a worker that died while sending leaves "unknown" instead of sending again.
    useful_until: for a notice that may wait a while, the last moment it makes sense; it yields
        to notices that cannot wait. Without it a notice does not wait.
    """

    name: str
    category: str
    still_wanted: Callable[[Any], str]
    render: Callable[[Any], Message]
    at_most_once: bool = False
    useful_until: Callable[[Any], datetime] | None = None


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Called by an app in AppConfig.ready()."""
    if kind.category not in CATEGORIES:
        raise ValueError(kind.category)
    _kinds[kind.name] = kind


def kind_of(row: Row) -> Kind:
    return _kinds[row.kind]


def goes_once(kind: str) -> bool:
    """Whether such a mail must rather be missing than come twice; an unknown kind too."""
    return kind not in _kinds or _kinds[kind].at_most_once


@dataclass(frozen=True)
class Wish:
    """A mail or notice to write under its unique key.

    address: only where there is no person yet, or this very address is meant. secret: what the
    mail says and no row may keep; gone once it left.
    """

    kind: str
    key: str
    person: Person | None = None
    address: str = ""
    refs: dict[str, Any] = field(default_factory=dict)
    secret: dict[str, Any] = field(default_factory=dict)
    not_before: datetime | None = None

    def fields(self, now: datetime) -> dict[str, Any]:
        """What a mail and a notice have in common."""
        return {
            "key": self.key,
            "kind": self.kind,
            "category": _kinds[self.kind].category,
            "person": self.person,
            "refs": self.refs,
            "not_before": self.not_before or now,
            "created_at": now,
        }


def post(kind: str, key: str, **wish: Any) -> None:
    """Queue a must (see `Wish`); the same key a second time changes nothing."""
    post_many([Wish(kind, key, **wish)])


def post_many(wishes: Iterable[Wish]) -> None:
    """Queue musts; known keys change nothing."""
    now = clock.now()
    _write(
        OutgoingMail(address=wish.address, secret=wish.secret, **wish.fields(now))
        for wish in wishes
    )


def notify(kind: str, key: str, **wish: Any) -> None:
    """Tell one person one matter: at most one mail a day and two a week besides musts."""
    notify_many([Wish(kind, key, **wish)])


def notify_many(wishes: Iterable[Wish]) -> None:
    """Write notices; known keys change nothing."""
    now = clock.now()
    _write(Notice(**wish.fields(now)) for wish in wishes)


def _write(rows: Iterable[Any]) -> None:
    """One insert and one waking, however many people hear of it."""
    written = list(rows)
    if not written:
        return
    with transaction.atomic():
        type(written[0])._default_manager.bulk_create(
            written, ignore_conflicts=True, batch_size=500
        )
        queue.wake("network.tasks.drain_mail")
