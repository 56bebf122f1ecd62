"""The one normal form of what people type, and its plain-text projection."""

import re
import unicodedata

# NUL is refused by PostgreSQL, the other controls are invisible, lone surrogates cannot be
# written as UTF-8. Tab and newline stay.
_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)


def normal(text: str) -> str:
    """The text as it is stored: \\n as line end, composed accents, no trailing space."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", _UNWANTED.sub("", text))
    return _TRAILING.sub("", text).strip("\n").rstrip()


def plain_text(text: str) -> str:
    """What a reader sees of a stored text; anchors count its code points.

    Prose holds no mark-up yet, so the projection is the normal form. The browser applies the
    same rule by reading the text that the server rendered.
    """
    return normal(text)
