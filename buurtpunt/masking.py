"""Links that carry a right, and codes, stay out of every log.

Each line of a log is a record, whoever writes it: Django, gunicorn with its access log, Celery.
So the record masks itself; a filter would have to hang on every handler of every program.
docs/operations.md has the same for nginx. A test walks the URLconf for links it does not know.
"""

from __future__ import annotations

import logging
import re
from typing import Any

# What stands before a secret in a path. Also in a `next` or a Referer, where "/" may be %2F.
BEFORE_A_SECRET = (
    "uitnodiging",
    "antwoord",
    "uitschrijven",
    "kalender",
    "account/wachtwoord/vergeten",
    "account/e-mail",
)
MASK = "***"
SLASH = "(?:/|%2[Ff])"
_PLACES = "|".join(place.replace("/", SLASH) for place in BEFORE_A_SECRET)
# Some mail programs change the case: such a link opens nothing here, but its secret is good.
_PATH = re.compile(rf"(?i)({SLASH}(?:{_PLACES}){SLASH})(?:(?!%2[Ff])[^/\s?\"'&<>#])+")
# What Django signed: a text, perhaps its time, and 43 signs of signature.
# It begins where a word does: from each sign of a long one, looking would take seconds.
_SIGNED = re.compile(r"(?<![\w.-])[\w.-]{4,}(?:(?::|%3A)[\w-]+)?(?::|%3A)[\w-]{43}(?![\w-])")
_FIELD = re.compile(r"(?i)\b((?:code|token|key|(?:old)?password\d?)=)[^&\s\"']+")
_CODE = re.compile(r"\b(?=[\d-]{0,8}[A-Z])[A-Z0-9]{4}-[A-Z0-9]{4}\b")


def masked(text: str) -> str:
    """The text without secrets; what led to them stays readable."""
    text = _PATH.sub(rf"\1{MASK}", text)
    text = _FIELD.sub(rf"\1{MASK}", text)
    return _CODE.sub(MASK, _SIGNED.sub(MASK, text))


class MaskedRecord(logging.LogRecord):
    """A line of a log, with its traceback, that tells no secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.exc_info and self.exc_info[0]:
            # Formatters take the text of a traceback that is there already.
            self.exc_text = masked(logging.Formatter().formatException(self.exc_info))

    def getMessage(self) -> str:
        return masked(super().getMessage())


def install() -> None:
    """For every logger of this process; called once the apps are loaded."""
    logging.setLogRecordFactory(MaskedRecord)
