"""The mail ledger: every mail is a row, written in the transaction that causes it.

Musts (a sign-in code, an invitation, a moved session) become an OutgoingMail at once with `post`.
Everything else is a Notice (`notify`), folded by `fold` into at most one mail a person a day and
two a calendar week; what the week has no room for waits and travels with the next one.
`drain` sends what is due. See DESIGN.md 3, Mail.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from network import clock, queue
from network.models import Notice, OutgoingMail, Person

MUST, SESSION, PLAN, DIGEST = "must", "session", "plan", "digest"
CATEGORIES = (MUST, SESSION, PLAN, DIGEST)


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
    """

    name: str
    category: str
    still_wanted: Callable[[Any], str]
    render: Callable[[Any], Message]
    at_most_once: bool = False


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Called by an app in AppConfig.ready()."""
    if kind.category not in CATEGORIES:
        raise ValueError(kind.category)
    _kinds[kind.name] = kind


def kind_of(row: Row) -> Kind:
    return _kinds[row.kind]


@dataclass(frozen=True)
class Wish:
    """A mail or notice to write: see `post_many` and `notify_many`."""

    kind: str
    key: str
    person: Person | None = None
    address: str = ""
    refs: dict[str, Any] = field(default_factory=dict)
    not_before: datetime | None = None


def post(
    *,
    kind: str,
    key: str,
    person: Person | None = None,
    address: str = "",
    refs: dict[str, Any] | None = None,
    secret: dict[str, Any] | None = None,
    not_before: datetime | None = None,
) -> None:
    """Queue a must under its unique key; the same key a second time changes nothing."""
    now = clock.now()
    with transaction.atomic():
        OutgoingMail.objects.bulk_create(
            [
                OutgoingMail(
                    key=key,
                    kind=kind,
                    category=_kinds[kind].category,
                    person=person,
                    address=address,
                    refs=refs or {},
                    secret=secret or {},
                    not_before=not_before or now,
                    created_at=now,
                )
            ],
            ignore_conflicts=True,
        )
        queue.wake("network.tasks.drain_mail")


def notify_many(wishes: list[Wish]) -> None:
    """Write notices under their unique keys; known keys change nothing."""
    now = clock.now()
    rows = [
        Notice(
            key=wish.key,
            kind=wish.kind,
            category=_kinds[wish.kind].category,
            person=wish.person,
            refs=wish.refs,
            not_before=wish.not_before or now,
            created_at=now,
        )
        for wish in wishes
    ]
    with transaction.atomic():
        Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
        queue.wake("network.tasks.drain_mail")


def notify(
    *,
    kind: str,
    key: str,
    person: Person,
    refs: dict[str, Any] | None = None,
    not_before: datetime | None = None,
) -> None:
    """Tell one person one matter: at most one mail a day and two a week besides musts."""
    notify_many([Wish(kind, key, person, refs=refs or {}, not_before=not_before)])
