"""A table of rows with ids, as one form: `row` names the rows in order, `<row>.<column>` a cell."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from actionplans.forms.values import BadValue, stored_cell
from actionplans.models import Answer, Question
from actionplans.saving import MAX_ROWS, Row, normal, shown_cell, shown_value
from network.forms import BaseRevisionField

BLANK = "nieuw"  # the row that scripts copy
WIDE = 4  # a row with more cells than this folds
_ROW_ID = re.compile(r"[a-z0-9-]{1,40}")


@dataclass
class Cell:
    """One field in a row. `value` is as stored, or as typed where it is wrong."""

    column: dict[str, Any]
    row_id: str
    value: str
    question: str
    error: str = ""

    @property
    def name(self) -> str:
        return f"{self.row_id}.{self.column['key']}"

    @property
    def id(self) -> str:
        return f"cel-{self.question}-{self.row_id}-{self.column['key']}"

    @property
    def shown(self) -> str:
        """What stands in the field; a mistake stands there as it was typed."""
        return self.value if self.error else shown_value(self.column, self.value)

    @property
    def options(self) -> list[tuple[str, list[Any]]]:
        """Groups with their options; one nameless group where the column has none."""
        given = self.column["options"]
        if given and isinstance(given[0][1], list):
            return [(label, options) for label, options in given]
        return [("", given)]


@dataclass
class RowFields:
    id: str
    cells: list[Cell] = field(default_factory=list)
    is_new: bool = False
    # A starter row has its first cell as its name: it is read, not typed.
    is_starter: bool = False

    @property
    def name(self) -> Cell | None:
        return self.cells[0] if self.is_starter else None

    @property
    def to_type(self) -> list[Cell]:
        return self.cells[1:] if self.is_starter else self.cells

    @property
    def first_internal(self) -> str:
        """The cell before which the form says that the rest of the row is internal, or nothing."""
        internal = (cell.name for cell in self.cells if cell.column.get("internal"))
        return next(internal, "")

    @property
    def is_open(self) -> bool:
        return self.is_new or any(cell.error for cell in self.cells)

    @property
    def summary(self) -> str:
        """The first cells in words, for a folded row."""
        words = (c.value if c.error else shown_cell(c.column, c.value) for c in self.cells[:2])
        return " · ".join(filter(None, words))


class TableForm:
    """Speaks like a Django form: is_valid, then rows; the template draws `row_fields`."""

    def __init__(
        self, data: QueryDict | None, *, question: Question, answer: Answer | None
    ) -> None:
        self.question = question
        self.answer = answer
        self.is_bound = data is not None
        self.base = answer.revision if answer else 0
        self.client_name = ""
        self.problems: list[str] = []
        if data is not None:
            self._read(data)
        else:
            standing = answer.rows if answer and answer.revision else question.starter_rows
            self.row_fields = [self._row(row) for row in standing]

    @property
    def text(self) -> str:
        return ""

    @property
    def base_revision(self) -> int:
        return self.base

    @property
    def is_wide(self) -> bool:
        return len(self.question.columns) > WIDE

    @property
    def rows(self) -> list[Row]:
        return [
            {"id": row.id, **{cell.column["key"]: cell.value for cell in row.cells}}
            for row in self.row_fields
        ]

    @property
    def errors(self) -> list[str]:
        return [*self.problems, *(c.error for r in self.row_fields for c in r.cells if c.error)]

    def is_valid(self) -> bool:
        return self.is_bound and not self.errors

    def blank_row(self) -> RowFields:
        """What scripts copy for a new row; its id is replaced."""
        return self._row({"id": BLANK}, is_new=True)

    def extra_row(self) -> RowFields:
        """One empty row to add without scripts; a row left empty is not kept."""
        return self._row({"id": secrets.token_hex(6)}, is_new=True)

    def _row(self, row: Row, *, is_new: bool = False) -> RowFields:
        cells = [
            Cell(column, row["id"], row.get(column["key"], ""), self._key)
            for column in self.question.columns
        ]
        return RowFields(row["id"], cells, is_new=is_new, is_starter=self._is_starter(cells))

    def _is_starter(self, cells: list[Cell]) -> bool:
        first = self.question.columns[0]["key"]
        names = {row["id"]: row[first] for row in self.question.starter_rows}
        return names.get(cells[0].row_id) == cells[0].value

    @property
    def _key(self) -> str:
        return self.question.key

    def _read(self, data: QueryDict) -> None:
        try:
            self.base = BaseRevisionField().clean(data.get("base", ""))
        except ValidationError:
            self.problems.append("Herlaad de bladzijde: we weten niet van welke versie je vertrok.")
        self.client_name = normal(data.get("client", ""))[:40]  # PostgreSQL takes no NUL
        self.row_fields = list(self._read_rows(data))
        if len(self.row_fields) > MAX_ROWS:
            self.problems.append(f"Hou het bij hoogstens {MAX_ROWS} rijen.")

    def _read_rows(self, data: QueryDict) -> Iterator[RowFields]:
        gone = data.get("weg", "")
        for row_id in dict.fromkeys(data.getlist("row")):
            if _ROW_ID.fullmatch(row_id) and row_id not in (gone, BLANK):
                cells = [self._read_cell(data, row_id, c) for c in self._columns]
                row = RowFields(row_id, cells, is_starter=self._is_starter(cells))
                if any(cell.value or cell.error for cell in row.cells):
                    yield row

    @property
    def _columns(self) -> list[dict[str, Any]]:
        return self.question.columns

    def _read_cell(self, data: QueryDict, row_id: str, column: dict[str, Any]) -> Cell:
        typed = normal(data.get(f"{row_id}.{column['key']}", ""))
        try:
            return Cell(column, row_id, stored_cell(column, typed), self._key)
        except BadValue as error:
            return Cell(column, row_id, typed, self._key, f"{column['label']}: {error}")
