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
# "Dr.De Smet" and "Fam.Peeters" are no addresses, nor is "J.P.Maes": a name of one letter. A
# capital may follow a title that we know; any other word must end no address.
_TITLES = (
    r"(?:dr|drs|ir|ing|mr|mevr|mw|dhr|mej|juf|prof|st|sint|zr|br|ds|mgr|jr|sr|kan|adj|cd|vzw"
    r"|fam|gem|burg|past|wwe|wed|prov|kon|arch|dir|secr|voorz|penn|apr|not|adv|arr|afd|wijk)"
)
_ENDINGS = (
    r"(?:info|name|mobi|shop|store|site|online|website|club|link|click|live|life|world|today|news"
    r"|blog|page|cloud|space|tech|digital|agency|email|host|media|social|group|team|work|works"
    r"|help|support|services|company|business|finance|bank|cash|loan|loans|money|bingo|casino|poker"
    r"|game|games|play|bet|dating|love|sexy|porn|adult|video|photo|photos|gallery|design|studio"
    r"|brussels|vlaanderen|gent|amsterdam|frl|asia|aero|coop|museum|jobs|travel|post|arpa|zone"
    r"|rocks|guru|expert|center|network|systems|solutions|software|download|stream|review|trade"
    r"|party|science|racing|accountant|faith|win|date|cricket|wang|buzz|quest|cyou|monster"
    r"|rest|beauty|hair|skin|makeup|autos|boats|homes|yachts|motorcycles|church|school|farm|bike"
    r"|care|city|town|house|land|garden|events|community|foundation|academy|education|market"
    r"|sale|deals|gift|gifts|free|promo|vote|chat|blue|pink|black|green|example|test|invalid"
    r"|local|localhost|onion|internal)"
)
_CAPITAL = "[A-ZÀ-ÖØ-Þ]"
_SHORT_FORM = (
    rf"(?:{_TITLES}\.)+(?-i:(?:{_CAPITAL}\.)*{_CAPITAL})\w*"
    rf"|{_TITLES}\.(?!{_ENDINGS}\b)[^\W\d_]{{4,}}"
    rf"|(?-i:{_CAPITAL}[a-zß-öø-ÿ]{{1,3}}\.(?!(?i:{_ENDINGS})\b){_CAPITAL}[a-zß-öø-ÿ]{{3,}})"
)
_ADDRESS = re.compile(
    r"[a-z][a-z0-9+.-]*://\S*"
    r"|\b(?:mailto|tel|javascript|data):\S+"
    r"|\bwww\d?\.\S+"
    r"|\S*@\S+"
    rf"|(?<![\w.-])(?!(?:{_SHORT_FORM})(?!\w|\.\w|[/:?#]\S))"
    r"[\w-]{2,}(?:\.[\w-]+)*\.[^\W\d_]{2,}(?![\w-])(?:[/:?#]\S*)?",
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
