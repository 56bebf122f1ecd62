"""Pure functions of saving: normal text, word diff, three-way merge, rows of tables."""

from actionplans.saving.diff import Op, Piece, diff_ops, word_diff
from actionplans.saving.losing import lost_signs
from actionplans.saving.merge import merge_texts
from actionplans.saving.placing import changed_words, steps_of, text_of
from actionplans.saving.projection import projected
from actionplans.saving.rows import (
    MAX_ROWS,
    CellClash,
    Row,
    RowMerge,
    clean_rows,
    merge_rows,
    rows_as_text,
)
from actionplans.saving.showing import (
    ShownQuestion,
    flat_options,
    shown_answer,
    shown_cell,
    shown_field,
    shown_number,
    shown_row,
    shown_value,
)
from actionplans.saving.text import normal, plain_text, too_many_lines
from actionplans.saving.versions import Version, action_versions, versions

__all__ = [
    "ShownQuestion",
    "shown_field",
    "shown_value",
    "shown_number",
    "shown_row",
    "shown_cell",
    "shown_answer",
    "flat_options",
    "MAX_ROWS",
    "CellClash",
    "Op",
    "Piece",
    "Row",
    "changed_words",
    "steps_of",
    "text_of",
    "RowMerge",
    "Version",
    "clean_rows",
    "diff_ops",
    "lost_signs",
    "merge_rows",
    "merge_texts",
    "normal",
    "plain_text",
    "projected",
    "rows_as_text",
    "too_many_lines",
    "action_versions",
    "versions",
    "word_diff",
]
