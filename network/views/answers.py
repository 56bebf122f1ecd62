"""How views answer: one 303, used by every app."""

from __future__ import annotations

from django.http import HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    status_code = 303


def see_other(url: str) -> HttpResponseRedirect:
    """303: the change is made, look here."""
    return SeeOther(url)
