"""The history of an answer as people read it: the saves of one sitting are one version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from actionplans.models import Answer, AnswerRevision
from actionplans.saving.diff import Piece, word_diff
from actionplans.saving.projection import projected

SITTING = timedelta(minutes=10)
SHOWN = 40
Kind = AnswerRevision.Kind


@dataclass(frozen=True)
class Version:
    """A revision worth showing, with the words that changed since the version before it."""

    revision: AnswerRevision
    pieces: list[Piece]
    is_current: bool

    @property
    def is_conflict(self) -> bool:
        return self.revision.kind == Kind.CONFLICT

    @property
    def added(self) -> int:
        return sum(len(p.text.split()) for p in self.pieces if p.kind == "ins")

    @property
    def removed(self) -> int:
        return sum(len(p.text.split()) for p in self.pieces if p.kind == "del")


def versions(answer: Answer, revisions: Iterable[AnswerRevision]) -> list[Version]:
    """Newest first. Saves of one author within ten minutes are one, unless another wrote."""
    kept = _last_of_sittings(sorted(revisions, key=lambda r: (r.at, r.pk)))
    found, text = [], ""
    for revision in kept:
        now = projected(revision)
        pieces = word_diff(text, now)
        found.append(Version(revision, pieces, revision.number == answer.revision))
        if revision.kind != Kind.CONFLICT:
            text = now
    return found[::-1][:SHOWN]


def _last_of_sittings(revisions: list[AnswerRevision]) -> list[AnswerRevision]:
    kept: list[AnswerRevision] = []
    started = None
    for revision in revisions:
        if kept and started and _same_sitting(kept[-1], revision, started):
            kept[-1] = revision
        else:
            kept.append(revision)
            started = revision.at
    return kept


def _same_sitting(last: AnswerRevision, revision: AnswerRevision, started: datetime) -> bool:
    return (
        last.kind == revision.kind == Kind.EDIT
        and last.by_id == revision.by_id
        and revision.at - started < SITTING
    )
