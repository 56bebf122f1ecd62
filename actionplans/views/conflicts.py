"""The answer to a save that came too late: both texts, and what can be done with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from actionplans import actions, forms, saving
from actionplans.models import PlanSection, Question
from actionplans.saving import Piece, Row
from actionplans.views import plan_page
from network import access as ground


@dataclass(frozen=True)
class Choice:
    """One way out: what it keeps, as the reader sees it and as the form sends it."""

    title: str
    button: str
    inputs: list[tuple[str, str]]
    pieces: list[Piece]


def conflict(request: HttpRequest, row: PlanSection, stale: actions.Stale) -> HttpResponse:
    """409, as a page or as the piece that scripts put below the answer."""
    question = stale.answer.question
    person, other = ground.person_of(request), stale.answer.saved_by
    is_own = other == person
    context = {
        "plan": row.plan,
        "person": person,
        "row": row,
        "question": question,
        "url": _url(row, question),
        "back": f"{plan_page.section_url(row.plan, row.section)}#{question.key}",
        "base": stale.answer.revision,
        "other": other,
        "is_own": is_own,
        "choices": _choices(stale, is_own=is_own),
        "clashes": _clashes(stale),
        "too_many": question.is_table and not stale.clashes and saving.MAX_ROWS,
        "start": stale.merged or stale.text,
    }
    template = "_conflict.html" if request.headers.get("HX-Request") else "conflict.html"
    return TemplateResponse(request, f"actionplans/{template}", context, status=409)


def _url(row: PlanSection, question: Question) -> str:
    return reverse(
        "actionplans:answer", args=[*plan_page.plan_args(row.plan), row.section.slug, question.key]
    )


def _choices(stale: actions.Stale, *, is_own: bool) -> list[Choice]:
    question = stale.answer.question
    if question.is_table:
        return _tables(stale, is_own=is_own)
    theirs, kept = stale.answer.text, _whose(stale, "tekst", is_own=is_own)
    mine = "tekst van hier" if is_own else "tekst"
    found = [
        _text(question, f"De {kept}", f"Hou de {kept}", theirs, theirs),
        _text(question, f"Jouw {mine}", f"Neem mijn {mine}", stale.text, theirs),
    ]
    if stale.merged is not None:
        title = f"Allebei: de {kept} met jouw woorden {'van hier ' if is_own else ''}erbij"
        found.insert(0, _text(question, title, "Neem allebei", stale.merged, theirs))
    return found


def _tables(stale: actions.Stale, *, is_own: bool) -> list[Choice]:
    """Where cells clash they are named above; else both together are too many rows to keep."""
    question, what = stale.answer.question, "cellen" if stale.clashes else "rijen"
    mine, theirs = row_inputs(question, stale.rows), row_inputs(question, stale.their_rows)
    before, after = ([] if stale.clashes else rows for rows in (stale.their_rows, stale.rows))
    kept, here = _whose(stale, what, is_own=is_own), f"{what} van hier" if is_own else what
    old, new = (saving.rows_as_text(rows, question.columns) for rows in (before, after))
    return [
        Choice(f"Jouw {here}", f"Neem mijn {here}", mine, saving.word_diff(old, new)),
        Choice(f"De {kept}", f"Hou de {kept}", theirs, saving.word_diff(old, old)),
    ]


def _whose(stale: actions.Stale, what: str, *, is_own: bool) -> str:
    """Whose rows or text the others are: "tekst van Jef", or of her own second window."""
    if is_own:
        return f"{what} van je andere venster"
    other = stale.answer.saved_by
    return f"{what} van {other.first_name if other else 'iemand anders'}"


def _text(question: Question, title: str, button: str, text: str, theirs: str) -> Choice:
    shown = text
    if question.kind == Question.Kind.CHOICE:
        labels = dict(question.options)
        shown, theirs = labels.get(text, text), labels.get(theirs, theirs)
    sent = forms.shown_text(question, text)
    return Choice(title, button, [("text", sent)], saving.word_diff(theirs, shown))


def row_inputs(question: Question, rows: list[Row]) -> list[tuple[str, str]]:
    """A whole table as hidden fields, the way its form sends it."""
    inputs = []
    for row in rows:
        inputs.append(("row", row["id"]))
        for column in question.columns:
            value = saving.shown_value(column, row.get(column["key"], ""))
            inputs.append((f"{row['id']}.{column['key']}", value))
    return inputs


def _clashes(stale: actions.Stale) -> list[dict[str, Any]]:
    columns = {column["key"]: column for column in stale.answer.question.columns}
    rows = {row["id"]: row for row in stale.their_rows}
    first = stale.answer.question.columns[0] if columns else {}
    return [
        {
            "row": saving.shown_cell(first, rows[clash.row].get(first["key"], "")),
            "column": columns[clash.column]["label"],
            "mine": saving.shown_cell(columns[clash.column], clash.mine),
            "theirs": saving.shown_cell(columns[clash.column], clash.theirs),
        }
        for clash in stale.clashes
        if clash.column in columns
    ]
