"""Names of people and places that a stranger reads in our mail: no address, no hidden signs.

A mail program makes a link of "kwaad.example" in a greeting, and a sign that turns the writing
round shows another name than is there. What is typed is refused; what a row already has is made
harmless when a mail is made.
"""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError

ADDRESS = "Een naam bevat geen e-mailadres of webadres. Zet hier alleen de naam."
HIDDEN = "In deze naam staat een onzichtbaar teken. Wis de naam en typ hem opnieuw."
LONGEST = 400  # signs; no field takes so many
NOBODY = "buur"  # what is left of a name that was an address and nothing else

_WORD_JOINERS = "\u200c\u200d"  # needed to write some names (Persian, Hindi), and harmless
# "Dr.De Smet" and "St.Pauwels" are no addresses, nor is "J.P.Maes": a name of one letter.
_TITLES = r"(?:dr|drs|ir|ing|mr|mevr|mw|prof|st|sint|zr|br|ds|mgr|jr|sr|kan|adj|cd|vzw)"
_ADDRESS = re.compile(
    r"[a-z][a-z0-9+.-]*://\S*"
    r"|\b(?:mailto|tel|javascript|data):\S+"
    r"|\bwww\d?\.\S+"
    r"|\S*@\S+"
    rf"|(?<![\w.-])(?!{_TITLES}\.)[\w-]{{2,}}(?:\.[\w-]+)*\.[^\W\d_]{{2,}}(?![\w-])(?:[/:?#]\S*)?",
    re.IGNORECASE,
)
_DOTS = str.maketrans({"。": ".", "．": ".", "｡": ".", "․": "."})


def why_not(name: str) -> str:
    """The Dutch sentence that refuses this name; "" for a good one."""
    if any(_is_hidden(sign) for sign in name):
        return HIDDEN
    return ADDRESS if _ADDRESS.search(_as_read(name)) else ""


def validate(name: str) -> None:
    """For a form field, which says itself that a name is too long: looking for an address in one
    costs the square of its length, and Django asks all validators."""
    if len(name) > LONGEST:
        return
    if reason := why_not(name):
        raise ValidationError(reason)


def neutral(words: object) -> str:
    """The same words without addresses and hidden signs; a good name as it is. Also a filter of
    every template."""
    name = str(words)
    if not why_not(name):
        return name
    shown = "".join(" " if sign.isspace() else sign for sign in name)
    shown = "".join(sign for sign in shown if not _is_hidden(sign))
    if _ADDRESS.search(_as_read(shown)):
        shown = _ADDRESS.sub(" ", _as_read(shown))
    left = " ".join(shown.split())
    return left if re.search(r"\w", left) else NOBODY


def _as_read(name: str) -> str:
    """Full-width and other letters as a browser takes them for an address."""
    return unicodedata.normalize("NFKC", name).translate(_DOTS)


def _is_hidden(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cf", "Zl", "Zp"} and sign not in _WORD_JOINERS
