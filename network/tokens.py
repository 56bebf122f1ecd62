"""Links that carry a right: signed, so that no secret stands in the database."""

from __future__ import annotations

from django.core import signing


class BadToken(Exception):
    """The link is forged, cut off or made for something else."""


def make(purpose: str, *parts: str | int) -> str:
    """A URL-safe token for these parts; the same parts give the same token."""
    return signing.Signer(salt=f"token.{purpose}").sign_object([str(p) for p in parts])


def read(purpose: str, token: str) -> tuple[str, ...]:
    """The parts that `make` was given, as text. Raises BadToken."""
    try:
        parts = signing.Signer(salt=f"token.{purpose}").unsign_object(token)
    except (signing.BadSignature, ValueError) as error:
        raise BadToken from error
    return tuple(parts)
