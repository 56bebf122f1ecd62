"""One value as people type it, and as it is stored: numbers, amounts, days and hours."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from actionplans.saving import flat_options
from network import formats

LONGEST_NUMBER = 40
LONGEST_CELL = {"text": 300, "long": 2000}
_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)", re.ASCII)  # no exponent: 1e-9999 is very long
_THOUSANDS = re.compile(r"-?\d{1,3}(\.\d{3})+")
_LARGEST = Decimal(10) ** 12


class BadValue(ValueError):
    """The text is the Dutch sentence for who typed it."""


def stored_number(text: str) -> str:
    """ "1.234,5" and "1234.5" become "1234.5". Raises BadValue."""
    bare = re.sub(r"[\s\u00a0€%]", "", text)
    if not bare:
        return ""
    if "," in bare or _THOUSANDS.fullmatch(bare):
        bare = bare.replace(".", "").replace(",", ".")
    if not _PLAIN.fullmatch(bare):
        raise BadValue(f"“{text}” is geen getal. Schrijf bijvoorbeeld 12 of 12,5.")
    value = Decimal(bare)
    if abs(value) > _LARGEST or len(bare) > LONGEST_NUMBER:
        raise BadValue(f"“{text}” is te groot.")
    return f"{value.normalize():f}"


def stored_day(text: str) -> str:
    """An ISO day; reads 24/09/2026 too. Raises BadValue."""
    day = text.strip()
    belgian = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", day)
    if belgian:
        day = f"{belgian[3]}-{int(belgian[2]):02}-{int(belgian[1]):02}"
    try:
        return date.fromisoformat(day).isoformat() if day else ""
    except ValueError as error:
        raise BadValue(f"“{text}” is geen datum. Schrijf bijvoorbeeld 24/09/2026.") from error


def stored_time(text: str) -> str:
    """13:30 from 13.30, 13u30 or 13 uur. Raises BadValue."""
    try:
        return f"{formats.parse_time(text):%H:%M}" if text.strip() else ""
    except ValueError as error:
        raise BadValue(f"“{text}” is geen uur. Schrijf bijvoorbeeld 13.30.") from error


def stored_cell(column: dict[str, Any], text: str) -> str:
    """What is kept of one cell. Raises BadValue."""
    kind = column["kind"]
    if kind in ("number", "money"):
        return stored_number(text)
    if kind == "year":
        return _stored_year(text)
    if kind == "date":
        return stored_day(text)
    if kind == "time":
        return stored_time(text)
    if kind == "choice":
        return _stored_choice(column["options"], text)
    if len(text) > LONGEST_CELL[kind]:
        raise BadValue(f"Hou dit bij hoogstens {LONGEST_CELL[kind]} tekens.")
    return text


def _stored_year(text: str) -> str:
    year = text.strip()
    if year and not re.fullmatch(r"(1[5-9]|20)\d\d", year, re.ASCII):
        raise BadValue(f"“{text}” is geen jaar. Schrijf bijvoorbeeld 2019.")
    return year


def _stored_choice(options: list[Any], text: str) -> str:
    if text and text not in dict(flat_options(options)):
        raise BadValue("Kies iets uit de lijst.")
    return text
