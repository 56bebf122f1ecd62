"""Which work session comes next. Dates live on the floor above, which registers here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from network.models import Edition


@dataclass(frozen=True)
class NextSession:
    """The first session of an edition that is still to come; `url` is its page."""

    number: int
    starts_at: datetime
    url: str = ""


Agenda = Callable[[Iterable[int]], dict[int, NextSession]]


def _no_agenda(edition_ids: Iterable[int]) -> dict[int, NextSession]:
    return {}


_agenda: Agenda = _no_agenda


def register_agenda(agenda: Agenda) -> None:
    """agenda(edition ids) gives the next session of each edition that has one; called by the
    floor of the sessions in AppConfig.ready()."""
    global _agenda
    _agenda = agenda


def next_sessions(edition_ids: Iterable[int]) -> dict[int, NextSession]:
    return _agenda(edition_ids)


def next_session(edition: Edition) -> NextSession | None:
    return next_sessions([edition.pk]).get(edition.pk)
