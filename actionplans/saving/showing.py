"""Stored values as people read them: numbers in Dutch notation, labels of choices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from actionplans.models import Question
from network import formats

Column = dict[str, Any]
YEAR = "jaar"  # the columns of this name hold a year: no point between its thousands


def shown_number(stored: str) -> str:
    """1.234,5 from "1234.5"; what is no number is shown as it stands."""
    try:
        return formats.number(Decimal(stored)) if stored else ""
    except InvalidOperation:
        return stored


def shown_value(column: Column, stored: str) -> str:
    """As it stands in a field: numbers in Dutch notation, days and hours as browsers want."""
    if column["key"] == YEAR:
        return stored
    return shown_number(stored) if column["kind"] in ("number", "money") else stored


def shown_cell(column: Column, stored: str) -> str:
    """As it reads in a sentence."""
    kind = column["kind"]
    if not stored:
        return ""
    if kind == "choice":
        return dict(flat_options(column["options"])).get(stored, stored)
    if kind == "money":
        return f"€ {shown_number(stored)}"
    if kind == "date":
        return formats.date_short(date.fromisoformat(stored))
    if kind == "time":
        return f"{stored.replace(':', '.').removeprefix('0')} uur"
    return shown_value(column, stored)


def shown_row(columns: list[Column], row: dict[str, str]) -> list[tuple[str, str]]:
    """Label and value of each filled cell; the label ends in a colon or is a question."""
    shown = ((c["label"], shown_cell(c, row.get(c["key"], ""))) for c in columns)
    return [
        (label if label.endswith("?") else f"{label}:", value) for label, value in shown if value
    ]


def shown_answer(question: Question, stored: str) -> str:
    """A text, number or choice as it reads, with its unit."""
    if question.kind == Question.Kind.CHOICE:
        return dict(flat_options(question.options)).get(stored, stored)
    if question.kind == Question.Kind.NUMBER and stored:
        return f"{shown_number(stored)} {question.unit}".strip().replace(" %", "%")
    return stored


def flat_options(options: list[Any]) -> Iterator[tuple[str, str]]:
    """Code and label of each option, those in groups too."""
    for first, second in options:
        if isinstance(second, list):
            yield from flat_options(second)
        else:
            yield first, second
