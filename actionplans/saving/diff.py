"""Difference of two texts, word by word.

The twin of this file is actionplans/anchors.py: it computes where a comment stands now from
`diff_ops`, so offsets here are code points of the plain-text projection.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from os.path import commonprefix
from typing import NamedTuple

# A word or one other sign, with the white space that follows it. Words are compared without
# that space: a sentence that grows at its end keeps its last word.
_TOKEN = re.compile(r"\w+(?:['’-]\w+)*\s*|[^\w\s]\s*|\s+")
_LINE = re.compile(r"[^\n]*\n+|[^\n]+")

# difflib visits every pair of equal tokens. Above this many pairs the piece counts as replaced
# as a whole: "....." of 60 kB must not hold up a request.
MAX_PAIRS = 400_000


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


def diff_ops(old: str, new: str) -> list[Op]:
    """The steps from old to new; together they cover both texts without a gap."""
    head = _common_head(old, new)
    tail = _common_tail(old[head:], new[head:])
    middle = _diff_lines(old[head : len(old) - tail], new[head : len(new) - tail])
    ops = [Op("equal", 0, head, 0, head)]
    ops += [_moved(op, head, head) for op in middle]
    ops.append(Op("equal", len(old) - tail, len(old), len(new) - tail, len(new)))
    return _joined(ops)


def word_diff(old: str, new: str) -> list[Piece]:
    """What was removed and added, in reading order, for ins and del elements."""
    pieces = []
    for op in diff_ops(old, new):
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


def _diff_lines(old: str, new: str) -> list[Op]:
    """First whole lines, then the words of the lines that changed: quick on a long text."""
    olds, news = _LINE.findall(old), _LINE.findall(new)
    ops = _diff_tokens(old, new, olds, news)
    return [part for op in ops for part in _refined(old, new, op)]


def _refined(old: str, new: str, op: Op) -> Iterator[Op]:
    if op.tag != "replace":
        yield op
        return
    olds, news = old[op.i1 : op.i2], new[op.j1 : op.j2]
    for part in _diff_tokens(olds, news, _TOKEN.findall(olds), _TOKEN.findall(news)):
        yield _moved(part, op.i1, op.j1)


def _diff_tokens(old: str, new: str, olds: Sequence[str], news: Sequence[str]) -> list[Op]:
    keys, others = [t.strip() for t in olds], [t.strip() for t in news]
    if _pairs(keys, others) > MAX_PAIRS:
        return [Op("replace", 0, len(old), 0, len(new))]
    starts, ends = _starts(olds), _starts(news)
    ops: list[Op] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, keys, others, autojunk=False).get_opcodes():
        if tag == "equal":
            ops += _equal_tokens(olds[i1:i2], news[j1:j2], starts[i1], ends[j1])
        else:
            ops.append(Op(tag, starts[i1], starts[i2], ends[j1], ends[j2]))
    return ops


def _equal_tokens(olds: Sequence[str], news: Sequence[str], i: int, j: int) -> Iterator[Op]:
    """Equal words can still differ in the space behind them."""
    for a, b in zip(olds, news, strict=True):
        same = len(commonprefix([a, b]))
        yield Op("equal", i, i + same, j, j + same)
        if same < max(len(a), len(b)):
            yield Op("replace", i + same, i + len(a), j + same, j + len(b))
        i, j = i + len(a), j + len(b)


def _pairs(olds: Sequence[str], news: Sequence[str]) -> int:
    counts, others = Counter(olds), Counter(news)
    return sum(count * others[token] for token, count in counts.items())


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
