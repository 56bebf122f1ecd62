"""How much of a text or a table a save took away, and whether that is a lot: the history keeps
the fullest version before a large deletion, however quickly it came after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from actionplans.saving.rows import Row

# Signs. A slip of the pen is no deletion; two hundred signs are a paragraph, in any text.
SLIP = 15
PARAGRAPH = 200


def lost_signs(before: str, after: str, rows: list[Row], rows_after: list[Row]) -> int:
    """Signs of the words that are in the earlier version and no longer in the later one; words
    that only moved are not lost. The work is in proportion to the length."""
    gone = Counter(_words(before, rows)) - Counter(_words(after, rows_after))
    return sum(len(word) * count for word, count in gone.items())


def _words(text: str, rows: Iterable[Row]) -> list[str]:
    cells = (value for row in rows for key, value in row.items() if key != "id")
    return " ".join([text, *cells]).split()


def is_large(lost: int, size: int, *, is_table: bool) -> bool:
    """Whether so many signs are a large part of a version of that size. Of a table any row or
    long cell is."""
    if is_table:
        return lost >= SLIP
    return lost >= max(SLIP, min(PARAGRAPH, size // 4))
