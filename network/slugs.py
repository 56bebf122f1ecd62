"""Readable addresses that nobody has yet."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.utils.text import slugify

# Letters that have no accent to take off: slugify would leave them out.
IN_LETTERS = str.maketrans(
    {"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae", "ø": "o", "Ø": "O", "ß": "ss", "ẞ": "SS"}
    | {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i"}
)

TRIES = 5


def save_with_slug(row: Model, text: str, rows: QuerySet, **how: Any) -> None:
    """Save a new row under a free address (see `free_slug`). Two who make the same at the same
    moment find the same address free: the later one then takes the next."""
    for attempt in range(1, TRIES + 1):
        row.slug = free_slug(text, rows.all(), **how)  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                return row.save(force_insert=True)
        except IntegrityError:
            if attempt == TRIES:
                raise
    return None


def free_slug(
    text: str, rows: QuerySet, *, otherwise: str, longest: int = 100, reserved: Iterable[str] = ()
) -> str:
    """The text as an address, numbered when one of `rows` has it already.

    otherwise: what a text without a single letter becomes. reserved: words that stand for another
    page at the same place, "nieuw" for one. `longest` leaves room for the number.
    """
    base = slugify(text.translate(IN_LETTERS))[:longest].strip("-_") or otherwise
    taken = {*reserved, *rows.filter(slug__startswith=base).values_list("slug", flat=True)}
    numbered = (f"{base}-{number}" for number in count(2))
    return base if base not in taken else next(slug for slug in numbered if slug not in taken)
