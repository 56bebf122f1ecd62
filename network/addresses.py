"""Whom somebody invites: typed, or pasted as people and their mail programs write addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from network import plain_names

NAMED = re.compile(r"^(?P<name>.*?)[\s<(\[]*(?P<email>[^\s<>()\[\],;]+@[^\s<>()\[\],;]+)[>)\]\s]*$")
LONGEST_PIECE = 400  # a name and an address; looking for an address costs the square of the length
NO_ADDRESS = "Hier staat geen e-mailadres in."
BAD_ADDRESS = "Dit e-mailadres klopt niet."
DOUBLE = "Dit adres staat er twee keer in."


@dataclass(frozen=True)
class Guest:
    """Whom somebody wants to invite, as typed."""

    name: str
    email: str
    phone: str = ""


@dataclass(frozen=True)
class Line:
    """One piece of what was pasted; `problem` is the Dutch sentence, "" when all is well."""

    text: str
    name: str = ""
    email: str = ""
    problem: str = ""


def read(text: str) -> list[Line]:
    """Every piece in order. The same address a second time is a problem of its own."""
    lines: list[Line] = []
    seen: set[str] = set()
    for piece in _pieces(text):
        line = _read_one(piece)
        if line.email and line.email in seen:
            line = Line(piece, problem=DOUBLE)
        seen.add(line.email)
        lines.append(line)
    return lines


def _pieces(text: str) -> list[str]:
    """Split at lines and semicolons; at commas only after an address, because a name may hold
    one ("Peeters, An <an@…>") and be followed by one ("An Peeters, an@…")."""
    found = []
    for part in re.split(r"[;\n\r]+", text):
        name = ""
        # Up to the first @ only: from each of many to the end costs the square of their number.
        for piece in re.split(r"(?<=>)\s*,|,(?=\s*[^\s,<>@]+@[^\s,<>]+\s*(?:,|$))", part):
            whole = f"{name}, {piece.strip()}" if name else piece
            is_whole = "@" in whole or len(whole) > LONGEST_PIECE
            name = "" if is_whole else whole.strip(" ,\t")
            found += [] if name else [whole.strip(" ,\t")]
        found.append(name)
    return [piece for piece in found if piece]


def _read_one(piece: str) -> Line:
    match = NAMED.match(piece) if len(piece) <= LONGEST_PIECE else None
    if match is None:
        return Line(piece, problem=BAD_ADDRESS if "@" in piece else NO_ADDRESS)
    email = match["email"].lower()
    try:
        validate_email(email)
    except ValidationError:
        return Line(piece, problem=BAD_ADDRESS)
    name = _name(match["name"], email)
    problem = plain_names.why_not(name) if match["name"].strip() else ""
    return Line(piece, problem=problem) if problem else Line(piece, name, email)


def _name(typed: str, email: str) -> str:
    """The name as typed, surname first turned round; else made of the address."""
    name = " ".join(typed.strip(" \"'“”,:-\t").split())
    if not name:
        parts = re.split(r"[._-]+", re.sub(r"[0-9]+", "", email.split("@")[0]))
        name = " ".join(part.capitalize() for part in parts if part) or email
    if name.count(",") == 1:
        last, first = (part.strip() for part in name.split(","))
        name = f"{first} {last}"
    return name[:120]
