"""Difference of two texts, word by word.

The twin of this file is actionplans/anchors.py: it computes where a comment stands now from
`diff_ops`, so offsets here are code points of the plain-text projection.

The work is bounded: first whole lines are compared, then the words of the lines that changed,
the smallest changes first. Where that takes too many steps each line is compared with its
counterpart, and what still does not match counts as rewritten as a whole.
"""

import re
from collections.abc import Iterator, Sequence
from os.path import commonprefix
from typing import NamedTuple

from actionplans.saving.matching import Work, gaps, matches

# A word or one other sign, with the white space that follows it. Words are compared without
# that space: a sentence that grows at its end keeps its last word.
_TOKEN = re.compile(r"\w+(?:['’-]\w+)*\s*|[^\w\s]\s*|\s+")
_LINE = re.compile(r"[^\n]*\n+|[^\n]+")


class Op(NamedTuple):
    """old[i1:i2] became new[j1:j2]; tag is equal, replace, delete or insert."""

    tag: str
    i1: int
    i2: int
    j1: int
    j2: int


class Piece(NamedTuple):
    """A stretch of text to show: kind is same, ins or del."""

    kind: str
    text: str


def diff_ops(old: str, new: str, work: Work | None = None) -> list[Op]:
    """The steps from old to new; together they cover both texts without a gap.

    `work` bounds the comparing, and says afterwards what was done; without it MAX_STEPS holds.
    """
    work = work or Work()
    head = _common_head(old, new)
    tail = _common_tail(old[head:], new[head:])
    middle = _diff_lines(old[head : len(old) - tail], new[head : len(new) - tail], work)
    ops = [Op("equal", 0, head, 0, head)]
    ops += [_moved(op, head, head) for op in middle]
    ops.append(Op("equal", len(old) - tail, len(old), len(new) - tail, len(new)))
    return _joined(ops)


def word_diff(old: str, new: str, work: Work | None = None) -> list[Piece]:
    """What was removed and added, in reading order, for ins and del elements."""
    pieces = []
    for op in diff_ops(old, new, work):
        if op.tag == "equal":
            pieces.append(Piece("same", old[op.i1 : op.i2]))
            continue
        if op.i2 > op.i1:
            pieces.append(Piece("del", old[op.i1 : op.i2]))
        if op.j2 > op.j1:
            pieces.append(Piece("ins", new[op.j1 : op.j2]))
    return pieces


def _common_head(old: str, new: str) -> int:
    """Length of the equal start, cut back to the start of a token."""
    size = len(commonprefix([old, new]))
    while 0 < size < max(len(old), len(new)) and not _is_boundary(old, new, size):
        size -= 1
    return size


def _common_tail(old: str, new: str) -> int:
    size = len(commonprefix([old[::-1], new[::-1]]))
    while size and not (
        _starts_token(old, len(old) - size) and _starts_token(new, len(new) - size)
    ):
        size -= 1
    return size


def _is_boundary(old: str, new: str, at: int) -> bool:
    return _starts_token(old, at) and _starts_token(new, at)


def _starts_token(text: str, at: int) -> bool:
    """A token starts after white space, or where the text starts or ends."""
    return at in (0, len(text)) or (text[at - 1].isspace() and not text[at : at + 1].isspace())


def _diff_lines(old: str, new: str, work: Work) -> list[Op]:
    """First whole lines, then the words of the lines that changed."""
    aside, for_lines = work.set_aside(), work.set_aside()
    ops = _diff_tokens(old, new, _LINE.findall(old), _LINE.findall(new), for_lines)
    work.give_back(for_lines)
    changed = [op for op in ops if op.tag == "replace"]
    # A large change that takes all the work must leave the small ones exact.
    refined = {
        op: _diff_words(old[op.i1 : op.i2], new[op.j1 : op.j2], work, aside)
        for op in sorted(changed, key=lambda op: op.i2 - op.i1 + op.j2 - op.j1)
    }
    work.give_back(aside)
    return [part for op in ops for part in _placed(op, refined.get(op))]


def _placed(op: Op, parts: list[Op] | None) -> list[Op]:
    return [op] if parts is None else [_moved(part, op.i1, op.j1) for part in parts]


def _diff_words(old: str, new: str, work: Work, aside: Work) -> list[Op]:
    """The words of one change; line by line where they are too many to compare."""
    compared = Work(work.left)
    parts = _diff_tokens(old, new, _TOKEN.findall(old), _TOKEN.findall(new), compared)
    work.take(compared.done)
    if compared.is_short:
        work.is_short = True
        parts = _diff_pairs(old, new, aside) or parts
    return parts


def _diff_pairs(old: str, new: str, work: Work) -> list[Op]:
    """Each line with the one in its place; [] when there are not as many lines in both."""
    olds, news = _LINE.findall(old), _LINE.findall(new)
    if len(olds) != len(news) or len(olds) < 2:
        return []
    parts: list[Op] = []
    for one, other, i, j in zip(olds, news, _starts(olds), _starts(news), strict=False):
        pair = _diff_tokens(one, other, _TOKEN.findall(one), _TOKEN.findall(other), work)
        parts += [_moved(part, i, j) for part in pair]
    return parts


def _diff_tokens(
    old: str, new: str, olds: Sequence[str], news: Sequence[str], work: Work
) -> list[Op]:
    keys, others = [t.strip() for t in olds], [t.strip() for t in news]
    starts, ends = _starts(olds), _starts(news)
    ops: list[Op] = []
    for gap, match in gaps(matches(keys, others, work), len(keys), len(others)):
        i, j, size = match
        if (gap.i, gap.j) != (i, j):
            ops.append(_tagged(Op("replace", starts[gap.i], starts[i], ends[gap.j], ends[j])))
        ops += _equal_tokens(olds[i : i + size], news[j : j + size], starts[i], ends[j])
    return ops


def _equal_tokens(olds: Sequence[str], news: Sequence[str], i: int, j: int) -> Iterator[Op]:
    """Equal words can still differ in the space behind them."""
    for a, b in zip(olds, news, strict=True):
        same = len(commonprefix([a, b]))
        yield Op("equal", i, i + same, j, j + same)
        if same < max(len(a), len(b)):
            yield Op("replace", i + same, i + len(a), j + same, j + len(b))
        i, j = i + len(a), j + len(b)


def _starts(tokens: Sequence[str]) -> list[int]:
    starts = [0]
    for token in tokens:
        starts.append(starts[-1] + len(token))
    return starts


def _moved(op: Op, i: int, j: int) -> Op:
    return Op(op.tag, op.i1 + i, op.i2 + i, op.j1 + j, op.j2 + j)


def _joined(ops: list[Op]) -> list[Op]:
    """Without empty steps, neighbours of one sort as one, and the tag that fits the sizes."""
    joined: list[Op] = []
    for op in ops:
        if op.i1 == op.i2 and op.j1 == op.j2:
            continue
        if joined and (joined[-1].tag == "equal") == (op.tag == "equal"):
            op = Op(op.tag, joined[-1].i1, op.i2, joined.pop().j1, op.j2)
        joined.append(_tagged(op))
    return joined


def _tagged(op: Op) -> Op:
    if op.tag == "equal":
        return op
    if op.i1 == op.i2:
        return op._replace(tag="insert")
    return op._replace(tag="delete" if op.j1 == op.j2 else "replace")
