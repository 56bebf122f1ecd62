"""Where a comment stands now: computed from the diff of two versions, never by searching.

An anchor is a stretch of code points in the plain-text projection of one revision, and never
changes. Only `place` says where those words are in another version. Its twins: actionplans/saving
(the diff) and static/js/comments/ (the same counting in the browser).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from actionplans.saving.diff import Op

MAX_QUOTE = 160
# With less than this part of its letters left, a comment would stick to a "de" that happens to
# be in the new sentence too: then the words count as gone.
LEAST_KEPT = 0.2
_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")
_LETTER = re.compile(r"\w")
_SIGN = re.compile(r"\S")


class Anchor(NamedTuple):
    """Code points start to end (not included) in a projection."""

    start: int
    end: int


class Where(StrEnum):
    """What became of the words that a comment was about."""

    EXACT = "exact"  # the same words on the same place
    MOVED = "moved"  # the same words elsewhere in the answer
    CHANGED = "changed"  # somebody wrote inside them
    ORPHAN = "orphan"  # they are gone


class Place(NamedTuple):
    """Where an anchor stands in the new text; without a stretch for an orphan."""

    where: Where
    start: int = 0
    end: int = 0


class Stretch(NamedTuple):
    """A piece of an answer as a reader sees it.

    `change` is "", "ins" or "del"; a removed piece has no place in the text (start == end).
    `marks` are the keys of the comments on it.
    """

    text: str
    start: int
    end: int
    change: str = ""
    marks: tuple[int, ...] = ()


def fits(anchor: Anchor, text: str) -> bool:
    """Whether these offsets can be of this text, and hold more than white space."""
    inside = 0 <= anchor.start < anchor.end <= len(text)
    return inside and bool(text[anchor.start : anchor.end].strip())


def quote(anchor: Anchor, text: str) -> str:
    """The words commented on, cut where a mail or a list has no room for all of them."""
    words = text[anchor.start : anchor.end].strip()
    if len(words) <= MAX_QUOTE:
        return words
    return words[:MAX_QUOTE].rsplit(None, 1)[0] + " …"


def place(anchor: Anchor, ops: Iterable[Op], old: str) -> Place:
    """Where the words of an anchor in `old` are, after the steps of diff_ops(old, new)."""
    words = old[anchor.start : anchor.end]
    # A comma or a space that survived does not carry a comment about words.
    counted = _LETTER if _LETTER.search(words) else _SIGN
    touched = [op for op in ops if _overlaps(anchor, op)]
    shared = [_shared(anchor, op) for op in touched if op.tag == "equal"]
    left = sum(len(counted.findall(old, part.i1, part.i2)) for part in shared)
    if left < max(1, LEAST_KEPT * len(counted.findall(words))):
        return Place(Where.ORPHAN)
    if len(touched) == 1:
        start, end = shared[0].j1, shared[0].j2
        return Place(Where.EXACT if start == anchor.start else Where.MOVED, start, end)
    # What was written in the place of some of these words belongs to them now.
    kept = [part for part in shared if counted.search(old, part.i1, part.i2)]
    kept += [op for op in touched if op.tag == "replace" and _lies_inside(anchor, op)]
    return Place(Where.CHANGED, min(op.j1 for op in kept), max(op.j2 for op in kept))


def _lies_inside(anchor: Anchor, op: Op) -> bool:
    return anchor.start <= op.i1 and op.i2 <= anchor.end


def _overlaps(anchor: Anchor, op: Op) -> bool:
    return op.i1 < anchor.end and op.i2 > anchor.start


def _shared(anchor: Anchor, op: Op) -> Op:
    """The part of an unchanged stretch that lies inside the anchor."""
    first, last = max(anchor.start, op.i1), min(anchor.end, op.i2)
    return Op("equal", first, last, op.j1 + first - op.i1, op.j1 + last - op.i1)


def paragraphs(text: str) -> list[Anchor]:
    """The pieces between blank lines; each can be commented on by its button."""
    found = (match.span() for match in _PARAGRAPH.finditer(text))
    return [Anchor(start, start + len(text[start:end].rstrip())) for start, end in found]


def lines(text: str) -> list[Anchor]:
    """The rows of a table answer: its projection has one line per row."""
    return [Anchor(*match.span()) for match in re.finditer(r"[^\n]+", text)]


def cut(
    text: str, parts: Sequence[Anchor], ops: Sequence[Op], old: str, marks: dict[int, Anchor]
) -> list[list[Stretch]]:
    """Each part of the text in stretches: cut where a mark or a change begins or ends.

    ops are the steps from `old` (what the reader saw last time) to `text`. Removed words show
    in the part they stood in or behind; a text without parts gives one list of removed words.
    """
    shown = [_cut_part(text, part, ops, marks) for part in parts] or [[]]
    for op in ops:
        if op.tag != "equal" and old[op.i1 : op.i2].strip():
            at = max(bisect_right(parts, op.j1, key=_start) - 1, 0)
            shown[at].append(Stretch(old[op.i1 : op.i2], op.j1, op.j1, "del"))
    return [sorted(part, key=lambda piece: (piece.start, piece.end)) for part in shown]


def _cut_part(
    text: str, part: Anchor, ops: Sequence[Op], marks: dict[int, Anchor]
) -> list[Stretch]:
    edges = sorted(_edges(part, ops, marks))
    pairs = zip(edges, edges[1:], strict=False)
    return [_stretch(text, Anchor(*pair), ops, marks) for pair in pairs]


def _edges(part: Anchor, ops: Sequence[Op], marks: dict[int, Anchor]) -> set[int]:
    # Steps follow each other in the text: those of this part are found without seeing the rest.
    first, last = bisect_left(ops, part.start, key=_end), bisect_right(ops, part.end, key=_begin)
    edges = {edge for op in ops[first:last] for edge in (op.j1, op.j2)}
    for mark in marks.values():
        edges |= {mark.start, mark.end}
    return {part.start, part.end} | {edge for edge in edges if part.start < edge < part.end}


def _stretch(text: str, at: Anchor, ops: Sequence[Op], marks: dict[int, Anchor]) -> Stretch:
    words = text[at.start : at.end]
    over = bisect_right(ops, at.start, key=_begin) - 1  # the one step that this stretch lies in
    added = over >= 0 and ops[over].tag != "equal"
    keys = [key for key, mark in marks.items() if mark.start <= at.start and at.end <= mark.end]
    change = "ins" if added and words.strip() else ""
    return Stretch(words, at.start, at.end, change, tuple(keys))


def _start(part: Anchor) -> int:
    return part.start


def _begin(op: Op) -> int:
    return op.j1


def _end(op: Op) -> int:
    return op.j2
