"""The history of an answer as people read it: the saves of one sitting are one version, and so
is the fullest text before a large deletion in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast, Length

from actionplans.models import Action, ActionRevision, Answer, AnswerRevision
from actionplans.saving.diff import Piece, word_diff
from actionplans.saving.losing import is_large
from actionplans.saving.matching import MAX_STEPS, Work
from actionplans.saving.projection import projected
from actionplans.saving.showing import shown_field

SITTING = timedelta(minutes=10)
SHOWN = 40
PAGE_STEPS = 4 * MAX_STEPS  # for all versions of a page together
Kind = AnswerRevision.Kind


@dataclass(frozen=True)
class Version:
    """A revision worth showing, with the words that changed since the version before it."""

    revision: AnswerRevision | ActionRevision
    pieces: list[Piece]
    is_current: bool
    is_rewritten: bool = False  # so much changed that not every word was compared

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
    another wrote or much was deleted."""
    size = Length("text") + Length(Cast("rows", TextField())) - len("[]")
    light = revisions.defer("text", "rows").annotate(size=size).order_by("at", "pk")
    shown = _page(_worth_showing(light, is_table=answer.question.is_table), page)
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
    left, shown = PAGE_STEPS, []
    for before, revision in page:
        work = Work(min(MAX_STEPS, left))
        pieces = word_diff(texts[before.pk] if before else "", texts[revision.pk], work)
        left -= work.done
        shown.append(Version(revision, pieces, revision.number == current, work.is_short))
    page.object_list = shown
    return page


def _worth_showing(revisions: Iterable[Any], *, is_table: bool) -> list[AnswerRevision]:
    """Of AnswerRevision with `size`, in order: the last of each sitting, and the fullest one
    before much of it was deleted, at once or bit by bit."""
    kept: list[Any] = []
    sitting: _Sitting | None = None
    for revision in revisions:
        if sitting is None or not sitting.goes_on_with(revision):
            sitting = _Sitting(revision, is_table=is_table)
            kept.append(revision)
        elif emptied := sitting.fullest_before(revision):
            kept[-1:] = [emptied, revision]
        else:
            kept[-1] = revision
    return kept


class _Sitting:
    """The saves of one author within ten minutes. `full` is the fullest version since the last
    large deletion, `gone` what was deleted since then."""

    def __init__(self, first: Any, *, is_table: bool) -> None:
        self.started, self.is_table = first.at, is_table
        self.full = self.last = first
        self.gone = 0

    def goes_on_with(self, revision: AnswerRevision) -> bool:
        return (
            self.last.kind == revision.kind == Kind.EDIT
            and self.last.by_id == revision.by_id
            and revision.at - self.started < SITTING
        )

    def fullest_before(self, revision: Any) -> AnswerRevision | None:
        """The version to keep when this one ends a large deletion."""
        # What release 1.0.0 saved does not say what went: then its size tells.
        self.gone += max(revision.lost, self.last.size - revision.size)
        self.last = revision
        is_wiped = self.full.size and not revision.size
        if is_wiped or is_large(self.gone, self.full.size, is_table=self.is_table):
            kept, self.full, self.gone = self.full, revision, 0
            return kept
        if revision.size >= self.full.size:
            self.full = revision
        return None
