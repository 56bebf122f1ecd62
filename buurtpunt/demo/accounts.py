"""The people of the demo, and whom it offers as a button; nobody outside demo mode.

Apart from the rest of the demo, so that a real site loads nothing but this list.
"""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings

DOMAIN = "buurtpunt.example"

# key: name, phone, what the demo account shows ("" = no button)
PEOPLE = {
    "coordinator": (
        "Greet Aerts",
        "0470 12 30 01",
        "coördinator: plant werksessies, volgt zes dorpen",
    ),
    "lead": ("Marie Devos", "0470 12 30 02", "trekker van Molendonk: schrijft het plan"),
    "editor": ("Jef Wouters", "0470 12 30 03", "meewerker in Molendonk: schrijft mee"),
    "coach": ("Els Verhaeghe", "0470 12 30 04", "coach korte keten: leest drie plannen"),
    "coach_social": ("Bram De Smet", "0470 12 30 05", "coach sociaal en participatie"),
    "other_lead": ("Rita Claeys", "0470 12 30 06", "trekker van Hoekskapelle"),
    "partner": ("Paul Peeters", "", ""),
    "former_coach": ("Nora Lievens", "0470 12 30 07", ""),
    "former_coordinator": ("Wim Jacobs", "0470 12 30 08", ""),
    "reader": ("Rika Claus", "0470 12 30 09", "meelezer in Molendonk, schepen"),
    "wulverkerke": ("Ahmed Yilmaz", "0470 12 30 10", ""),
    "kruishoeve": ("Joris Maes", "0470 12 30 11", ""),
    "ten_berke": ("Lut Peeters", "0470 12 30 12", ""),
    "zwaneneest": ("Koen Van den Berg", "0470 12 30 13", ""),
    "wulverkerke_2": ("An Mertens", "0470 12 30 14", ""),
    "hoekskapelle_2": ("Dirk Goossens", "0470 12 30 15", ""),
    "ten_berke_2": ("Fatima El Amrani", "0470 12 30 16", ""),
    "kruishoeve_2": ("Mia Lemmens", "0470 12 30 17", ""),
}


class Account(NamedTuple):
    email: str
    description: str


def address(name: str) -> str:
    return f"{name.split()[0].lower()}@{DOMAIN}"


def accounts() -> list[Account]:
    """Who can be signed in with a button, with what this account shows."""
    if not settings.DEMO:
        return []
    return [
        Account(address(name), f"{name}, {shows}") for name, _, shows in PEOPLE.values() if shows
    ]
