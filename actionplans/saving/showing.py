"""Stored values as people read them: numbers in Dutch notation, labels of choices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from actionplans.access import Asked
from actionplans.models import Action, Question
from network import formats

Column = dict[str, Any]


@dataclass
class ShownQuestion:
    """A question with its answer to read."""

    asked: Asked

    @property
    def question(self) -> Question:
        return self.asked.question

    @property
    def words(self) -> str:
        """The answer, when it is no table."""
        answer = self.asked.answer
        return shown_answer(self.question, answer.text) if answer else ""

    @property
    def cells(self) -> list[list[tuple[str, str]]]:
        """Label and value of what is filled in, per row."""
        answer = self.asked.answer
        rows = self.question.own_rows(answer.rows) if answer else []
        return [shown_row(self.question.columns, row) for row in rows]


def shown_number(stored: str) -> str:
    """1.234,5 from "1234.5"; what is no number is shown as it stands."""
    try:
        return formats.number(Decimal(stored)) if stored else ""
    except InvalidOperation:
        return stored


def shown_amount(stored: str) -> str:
    try:
        return formats.money(Decimal(stored))
    except InvalidOperation:
        return stored


def shown_value(column: Column, stored: str) -> str:
    """As it stands in a field: numbers in Dutch notation, days and hours as browsers want."""
    return shown_number(stored) if column["kind"] in ("number", "money") else stored


def shown_cell(column: Column, stored: str) -> str:
    """As it reads in a sentence."""
    kind = column["kind"]
    if not stored:
        return ""
    if kind == "choice":
        return dict(flat_options(column["options"])).get(stored, stored)
    if kind == "money":
        return shown_amount(stored)
    if kind == "date":
        return formats.date_short(date.fromisoformat(stored))
    if kind == "time":
        return formats.time_of_day(time.fromisoformat(stored))
    return shown_value(column, stored)


def shown_row(columns: list[Column], row: dict[str, str]) -> list[tuple[str, str]]:
    """Label and value of each filled cell; the label ends in a colon or is a question."""
    shown = ((c["label"], shown_cell(c, row.get(c["key"], ""))) for c in columns)
    return [
        (label if label.endswith("?") else f"{label}:", value) for label, value in shown if value
    ]


def shown_field(name: str, value: Any) -> str:
    """One field of an action as it reads; a day or an amount may be as a revision keeps it."""
    if value is None or value == "":
        return ""
    if name == "state":
        return str(Action.State(value).label)
    if name == "priority":
        return str(Action.Priority(value).label)
    if name == "cost":
        return shown_amount(str(value))
    if name.endswith("_on"):
        return formats.date_short(date.fromisoformat(str(value)))
    return str(value)


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
