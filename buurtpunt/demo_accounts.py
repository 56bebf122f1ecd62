"""Whom the demo offers as a button on the sign-in page; nobody outside demo mode."""

from __future__ import annotations

import importlib
import importlib.util
from typing import NamedTuple

from django.conf import settings

SOURCE = "buurtpunt.demo"


class Account(NamedTuple):
    email: str
    description: str


def accounts() -> list[Account]:
    """The accounts that the demo data made. The data is looked for by name, so that a site
    without it loads none of it."""
    if not settings.DEMO or importlib.util.find_spec(SOURCE) is None:
        return []
    return [Account(*row) for row in importlib.import_module(SOURCE).ACCOUNTS]
