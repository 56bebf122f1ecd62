"""The history of an answer as people read it: the saves of one sitting are one version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from actionplans.models import Action, ActionRevision, Answer, AnswerRevision
from actionplans.saving.diff import Piece, word_diff
from actionplans.saving.projection import projected
from actionplans.saving.showing import shown_field

SITTING = timedelta(minutes=10)
SHOWN = 40
Kind = AnswerRevision.Kind


@dataclass(frozen=True)
class Version:
    """A revision worth showing, with the words that changed since the version before it."""

    revision: AnswerRevision | ActionRevision
    pieces: list[Piece]
    is_current: bool

    @property
    def is_conflict(self) -> bool:
        return self.revision.number is None

    @property
    def how(self) -> str:
        """How it came about, where that is not by writing."""
        kind = getattr(self.revision, "kind", Kind.EDIT)
        return "" if kind == Kind.EDIT else Kind(kind).label

    @property
    def added(self) -> int:
        return sum(len(p.text.split()) for p in self.pieces if p.kind == "ins")

    @property
    def removed(self) -> int:
        return sum(len(p.text.split()) for p in self.pieces if p.kind == "del")


def versions(answer: Answer, revisions: QuerySet[AnswerRevision], page: str = "1") -> Page:
    """A page of Version, newest first. Saves of one author within ten minutes are one, unless
    another wrote."""
    light = list(revisions.defer("text", "rows").order_by("at", "pk"))
    shown = _page(_last_of_sittings(light), page)
    full = revisions.in_bulk([revision.pk for pair in shown for revision in pair if revision])
    texts = {pk: projected(revision, answer.question) for pk, revision in full.items()}
    return _compared(shown, texts, answer.revision)


def action_versions(action: Action, revisions: list[ActionRevision], page: str = "1") -> Page:
    """The same for an action; `revisions` are access.action_history(action)."""
    texts = {revision.pk: _action_words(revision) for revision in revisions}
    return _compared(_page(revisions, page), texts, action.revision)


def _action_words(revision: ActionRevision) -> str:
    """A line per filled field, in the order of the model: JSON on PostgreSQL has its own."""
    labels = {field.name: str(field.verbose_name) for field in Action._meta.fields}
    shown = (
        (label, shown_field(name, revision.fields.get(name))) for name, label in labels.items()
    )
    return "\n".join(f"{label.capitalize()}: {words}" for label, words in shown if words)


def _page(revisions: list[Any], number: str) -> Page:
    """A page of (the version before it, a revision), newest first; a conflict came before none."""
    pairs, before = [], None
    for revision in revisions:
        pairs.append((before, revision))
        before = before if revision.number is None else revision
    return Paginator(pairs[::-1], SHOWN).get_page(number)


def _compared(page: Page, texts: dict[int, str], current: int) -> Page:
    page.object_list = [
        Version(
            revision,
            word_diff(texts[before.pk] if before else "", texts[revision.pk]),
            revision.number == current,
        )
        for before, revision in page
    ]
    return page


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
