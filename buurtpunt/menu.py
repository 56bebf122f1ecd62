"""The main menu: short, the same for every visitor, and made of today's roles after sign-in."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from django.urls import reverse

from network import access


class Entry(NamedTuple):
    label: str
    href: str


@cache
def for_visitors() -> list[Entry]:
    """Worked out once a process: it stands on every public page."""
    return [
        _entry("Het traject", "programme"),
        _entry("Inspiratie", "inspiration:archive"),
        _entry("Vragen?", "contact"),
        _entry("Aanmelden", "account_request_login_code"),
    ]


def entries(user: Any) -> list[Entry]:
    """At most one plan by name: who writes in several villages finds them on the start page."""
    roles = access.roles_today(user)
    found = [_entry("Mijn start", "start")]
    coordinates = [role for role in roles if role.kind == access.COORDINATOR][:1]
    for role in coordinates:
        found.append(_entry("Dorpen", "coordination", role.edition))
        found.append(_entry("Werksessies", "worksessions:list", role.edition))
        found.append(_entry("Archief", "inspiration:coordination"))
    plans = [role for role in roles if role.kind == access.MEMBER]
    if len(plans) == 1:
        found.append(_entry("Ons plan", "actionplans:plan", plans[0].edition, plans[0].village))
    if any(role.kind == access.COACH for role in roles):
        found.append(_entry("Wie ik coach", "actionplans:coach"))
    if not coordinates:
        found.append(_entry("Inspiratie", "inspiration:archive"))
    return found


def _entry(label: str, name: str, *args: str) -> Entry:
    return Entry(label, reverse(name, args=args))
