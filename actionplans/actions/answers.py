"""Saving an answer: the database compares and swaps, nothing typed is ever thrown away."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction

from actionplans import saving
from actionplans.actions.searching import index_section
from actionplans.models import Answer, AnswerRevision, PlanSection, Question
from actionplans.saving import CellClash, Row, RowMerge
from network import clock, pagecache
from network.models import Person

Kind = AnswerRevision.Kind


@dataclass(frozen=True)
class Saved:
    """The answer as it stands now; `is_merged` when rows of somebody else came in too."""

    answer: Answer
    is_merged: bool = False


@dataclass
class Stale(Exception):
    """Somebody saved in between. `merged` is the offer to keep both, where that is clean.

    For a table `rows` are both tables together with my cells where `clashes` names two, and
    `their_rows` the same with theirs; without clashes both together are too many rows, and each
    side stands as it was sent. What came too late is kept as a revision of kind conflict.
    """

    answer: Answer
    text: str
    rows: list[Row]
    merged: str | None = None
    their_rows: list[Row] = field(default_factory=list)
    clashes: list[CellClash] = field(default_factory=list)


@dataclass(frozen=True)
class _Draft:
    """What one person sends: a text or rows, from which revision, in which browser tab."""

    by: Person
    base: int
    text: str
    rows: list[Row]
    kind: str
    client: str


def save_answer(
    *,
    plan_section: PlanSection,
    question: Question,
    by: Person,
    base: int,
    text: str = "",
    rows: list[Row] | None = None,
    kind: str = Kind.EDIT,
    client: str = "",
) -> Saved:
    """Save a text or rows that started from revision `base` (0: from nothing).

    Raises Stale when somebody else saved in between; rows that do not clash are merged instead.
    """
    if question.section_id != plan_section.section_id:
        raise ValueError(f"{question.key} is not asked in this section")
    kept = saving.clean_rows(rows or [], question.column_keys)
    draft = _Draft(by, base, saving.normal(text), kept, kind, client)
    outcome = _save(plan_section, question, draft)
    if isinstance(outcome, Stale):
        outcome.merged = _merged(outcome.answer, draft)
        raise outcome
    return outcome


def _save(plan_section: PlanSection, question: Question, draft: _Draft) -> Saved | Stale:
    """Stale is an answer here, not an error: what came too late must be kept, not rolled back."""
    with transaction.atomic():
        outcome = _saved_or_stale(_answer(plan_section, question), draft)
        if isinstance(outcome, Saved):
            section = index_section(plan_section)
            if section.visibility == PlanSection.Visibility.EVERYONE:
                pagecache.bump()  # the page of the village shows this text
    return outcome


def restore_revision(*, revision: AnswerRevision, by: Person, base: int) -> Saved:
    """Bring an earlier version back as a new one; nothing after it is lost. Raises Stale."""
    answer = revision.answer
    return save_answer(
        plan_section=answer.plan_section,
        question=answer.question,
        by=by,
        base=base,
        text=revision.text,
        rows=revision.rows,
        kind=Kind.RESTORE,
    )


def _answer(plan_section: PlanSection, question: Question) -> Answer:
    """The row to save in, locked, so that a stale save reads what it lost to."""
    Answer.objects.get_or_create(plan_section=plan_section, question=question)
    rows = Answer.objects.select_for_update(of=("self",)).select_related("saved_by")
    answer = rows.get(plan_section=plan_section, question=question)
    answer.question = question
    return answer


def _saved_or_stale(answer: Answer, draft: _Draft) -> Saved | Stale:
    if (answer.text, answer.rows) == (draft.text, draft.rows) and answer.revision:
        return Saved(answer)
    if answer.revision == draft.base or _is_own_successor(answer, draft):
        return Saved(_swapped(answer, draft, draft.text, draft.rows, draft.kind))
    return _merged_or_stale(answer, draft)


def _is_own_successor(answer: Answer, draft: _Draft) -> bool:
    """All that was saved since came from this very tab, which missed our confirmation."""
    since = answer.revisions.filter(number__gt=draft.base).values_list("client", flat=True)
    return bool(draft.client) and set(since) == {draft.client}


def _swapped(answer: Answer, draft: _Draft, text: str, rows: list[Row], kind: str) -> Answer:
    now, number = clock.now(), answer.revision + 1
    lost = saving.lost_signs(answer.text, text, answer.rows, rows)
    # The row is locked on PostgreSQL and the file on SQLite; the condition holds anywhere.
    Answer.objects.filter(pk=answer.pk, revision=answer.revision).update(
        text=text, rows=rows, revision=number, saved_at=now, saved_by=draft.by
    )
    AnswerRevision.objects.create(
        answer=answer,
        number=number,
        base=answer.revision,
        kind=kind,
        text=text,
        rows=rows,
        by=draft.by,
        at=now,
        client=draft.client,
        lost=lost,
    )
    answer.text, answer.rows, answer.revision = text, rows, number
    answer.saved_at, answer.saved_by = now, draft.by
    return answer


def _merged_or_stale(answer: Answer, draft: _Draft) -> Saved | Stale:
    stale = Stale(answer, draft.text, draft.rows, their_rows=answer.rows)
    if answer.question.is_table:
        started = _started_from(answer, draft)
        merge = saving.merge_rows(started.rows if started else [], draft.rows, answer.rows)
        fits = len(merge.rows) <= saving.MAX_ROWS
        if fits and not merge.clashes:
            return Saved(_swapped(answer, draft, "", merge.rows, Kind.MERGE), is_merged=True)
        if fits:
            stale.clashes, stale.their_rows = merge.clashes, merge.rows
            stale.rows = _with_mine(merge)
    _keep_conflict(answer, draft)
    return stale


def _started_from(answer: Answer, draft: _Draft) -> AnswerRevision | None:
    return answer.revisions.filter(number=draft.base).first()


def _merged(answer: Answer, draft: _Draft) -> str | None:
    """The offer to keep both texts. Comparing long texts takes its time: after the transaction,
    because nobody may wait for it, and on SQLite everybody who writes would."""
    if answer.question.kind != Question.Kind.PROSE:
        return None
    started = _started_from(answer, draft)
    return saving.merge_texts(started.text if started else "", draft.text, answer.text)


def _with_mine(merge: RowMerge) -> list[Row]:
    mine = {(clash.row, clash.column): clash.mine for clash in merge.clashes}
    return [
        {key: mine.get((row["id"], key), value) for key, value in row.items()} for row in merge.rows
    ]


def _keep_conflict(answer: Answer, draft: _Draft) -> None:
    """Once per text: a browser that tries again must not fill the history."""
    AnswerRevision.objects.get_or_create(
        answer=answer,
        kind=Kind.CONFLICT,
        by=draft.by,
        text=draft.text,
        rows=draft.rows,
        defaults={"base": draft.base, "at": clock.now(), "client": draft.client},
    )
