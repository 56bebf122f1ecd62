"""Rows of a table answer: a list of dicts with an id and one text per column."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from actionplans.saving.showing import Column, shown_cell
from actionplans.saving.text import normal

Row = dict[str, str]

# Django takes 1000 fields a request; a row has at most ten cells and its id.
MAX_ROWS = 80
_ROW_ID = re.compile(r"[a-z0-9-]{1,40}")


class CellClash(NamedTuple):
    """Two people gave one cell another text."""

    row: str
    column: str
    mine: str
    theirs: str


class RowMerge(NamedTuple):
    rows: list[Row]
    clashes: list[CellClash]


def clean_rows(rows: Iterable[Mapping[str, str]], columns: Sequence[str]) -> list[Row]:
    """Known columns only, in normal form; empty rows and second uses of an id are left out."""
    kept: dict[str, Row] = {}
    for row in rows:
        cells = {key: normal(str(row.get(key, ""))) for key in columns}
        row_id = str(row.get("id", ""))
        if any(cells.values()) and _ROW_ID.fullmatch(row_id) and row_id not in kept:
            kept[row_id] = {"id": row_id, **cells}
    return list(kept.values())


def rows_as_text(rows: Iterable[Row], columns: Sequence[Column]) -> str:
    """One line per row as people read it, for history, search and comments."""
    lines = (" · ".join(_cells(row, columns)) for row in rows)
    return "\n".join(line.replace("\n", " ") for line in lines if line)


def _cells(row: Row, columns: Sequence[Column]) -> Iterator[str]:
    for column in columns:
        if row.get(column["key"]):
            yield shown_cell(column, row[column["key"]])


def merge_rows(base: list[Row], mine: list[Row], theirs: list[Row]) -> RowMerge:
    """Both changes row by row and cell by cell; theirs stands where a cell clashes.

    A row that one removed and the other changed stays: nothing typed is thrown away.
    """
    before, ours, others = _by_id(base), _by_id(mine), _by_id(theirs)
    clashes: list[CellClash] = []
    merged: list[Row] = []
    for row_id in _order(mine, theirs):
        old = before.get(row_id)
        row = _merged_row(old, ours.get(row_id), others.get(row_id), clashes)
        if row is not None:
            merged.append(row)
    return RowMerge(merged, clashes)


def _by_id(rows: list[Row]) -> dict[str, Row]:
    return {row["id"]: row for row in rows}


def _order(mine: list[Row], theirs: list[Row]) -> list[str]:
    """Their order, with each row that only I have behind the row it stood behind."""
    order = [row["id"] for row in theirs]
    start = 0 if any(row["id"] in order for row in mine) else len(order)
    previous: str | None = None
    for row in mine:
        if row["id"] not in order:
            at = order.index(previous) + 1 if previous is not None else start
            order.insert(at, row["id"])
        previous = row["id"]
    return order


def _merged_row(
    old: Row | None, mine: Row | None, theirs: Row | None, clashes: list[CellClash]
) -> Row | None:
    if mine is not None and theirs is not None:
        return _merged_cells(old or {}, mine, theirs, clashes)
    left = mine or theirs
    removed_unchanged = old is not None and left == old
    return None if removed_unchanged else left


def _merged_cells(old: Row, mine: Row, theirs: Row, clashes: list[CellClash]) -> Row:
    row = {"id": theirs["id"]}
    for key in [*theirs, *(key for key in mine if key not in theirs)]:
        before, here, there = old.get(key, ""), mine.get(key, ""), theirs.get(key, "")
        row[key] = here if there == before else there
        if here not in (before, there) and there != before:
            clashes.append(CellClash(row["id"], key, here, there))
    return row
