"""What may stand in an address of the site: one converter per kind, and the number of a page.

Whatever does not look like its kind is no address of ours (404) and never reaches the database,
which cannot even compare some of it. tests/test_paths.py holds every URL to these.
"""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import StringConverter

PAGE_PARAM = "pagina"
MOST_DIGITS = 5  # of a page


class NameConverter(StringConverter):
    """A slug: an edition, a village, a question, a photo. As long as any that is kept."""

    regex = "[-a-zA-Z0-9_]{1,140}"


class NumberConverter:
    """A row's id, or the number of a session; no more than the database can compare."""

    regex = "[0-9]{1,9}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class TokenConverter(StringConverter):
    """A signed link, or the secret of an invitation."""

    regex = "[-a-zA-Z0-9_:.=]{1,1000}"


class OpaqueConverter(StringConverter):
    """What a public file is called."""

    regex = "[-a-zA-Z0-9_]{1,24}"


class PictureConverter(StringConverter):
    """The two forms in which pictures are made."""

    regex = "avif|jpg"


def register() -> None:
    register_converter(NameConverter, "name")
    register_converter(NumberConverter, "number")
    register_converter(TokenConverter, "token")
    register_converter(OpaqueConverter, "opaque")
    register_converter(PictureConverter, "picture")


def page_number(word: str | None) -> int:
    """The page that is asked for; the first when it is no number: 01 and +1 are 1."""
    digits = (word or "").strip().removeprefix("+").lstrip("0")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS):
        return 1
    return int(digits)
