"""The one normal form of what people type, and its plain-text projection."""

import re
import unicodedata

from network.formats import few_marks, number

# NUL is refused by PostgreSQL, the other controls are invisible, lone surrogates cannot be
# written as UTF-8. Tab and newline stay.
_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
MOST_LINES = 3000  # a text of 100,000 signs has 1,500 lines


def normal(text: str) -> str:
    """The text as it is stored: \\n as line end, composed accents and few of them on one letter,
    no trailing space."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # Before composing, which costs the square of the marks; and after, which splits some in two.
    text = few_marks(unicodedata.normalize("NFC", few_marks(_UNWANTED.sub("", text))))
    # By hand: a regular expression looks for the end of a line at each of 100,000 spaces.
    lines = (line.rstrip(" \t") for line in text.split("\n"))
    return "\n".join(lines).strip("\n").rstrip()


def too_many_lines(text: str) -> str:
    """The sentence for a text that no page and no paper can show, else ""."""
    count = normal(text).count("\n") + 1
    if count <= MOST_LINES:
        return ""
    return (
        f"Deze tekst telt {number(count)} regels; in één antwoord passen er {number(MOST_LINES)}. "
        "Haal lege regels weg of verdeel de tekst over andere vragen."
    )


def plain_text(text: str) -> str:
    """What a reader sees of a stored text; anchors count its code points.

    Prose holds no mark-up yet, so the projection is the normal form. The browser applies the
    same rule by reading the text that the server rendered.
    """
    return normal(text)
