"""Three-way merge of a text: what two people changed since the same revision."""

from typing import NamedTuple

from actionplans.saving.diff import diff_ops


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


def merge_texts(base: str, mine: str, theirs: str) -> str | None:
    """Both changes together, or None where they touch each other.

    Edits that only border on each other count as touching: two people in one sentence must
    look at it themselves.
    """
    if mine == theirs:
        return mine
    edits = _combined(_edits(base, mine), _edits(base, theirs))
    return None if edits is None else _applied(base, edits)


def _edits(base: str, text: str) -> list[_Edit]:
    return [
        _Edit(op.i1, op.i2, text[op.j1 : op.j2]) for op in diff_ops(base, text) if op.tag != "equal"
    ]


def _combined(mine: list[_Edit], theirs: list[_Edit]) -> list[_Edit] | None:
    ours, others = set(mine), set(theirs)
    edits = sorted(ours | others)
    for edit, following in zip(edits, edits[1:], strict=False):
        both = {edit, following}
        if following.start <= edit.end and not (both <= ours or both <= others):
            return None
    return edits


def _applied(base: str, edits: list[_Edit]) -> str:
    parts, at = [], 0
    for edit in edits:
        parts += [base[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, base[at:]])
