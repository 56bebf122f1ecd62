"""The start page of everyone who signed in: the one thing to do now, per role of today."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from network import access
from network.formats import join_names
from network.models import Edition, User, Village


@dataclass(frozen=True)
class Door:
    """One role of somebody today, and the next step in it."""

    role: str
    title: str
    text: str
    button: str
    href: str
    drawing: int


def doors(user: User) -> list[Door]:
    """What this person does in the network today; coordinating first, then villages, coaching."""
    found = [_coordinator_door(edition) for edition in access.coordinated_editions(user)]
    writable = set(access.writable_villages(user).values_list("pk", flat=True))
    for village in access.member_villages(user).select_related("edition"):
        found.append(_member_door(village, may_write=village.pk in writable))
    coached = list(access.coached_villages(user))
    if coached:
        found.append(_coach_door(coached))
    found += [_partner_door(edition) for edition in access.partner_editions(user)]
    if user.is_superuser:
        found.append(_administrator_door())
    return found


def _coordinator_door(edition: Edition) -> Door:
    return Door(
        role="Coördinator",
        title=f"Kijk hoe de dorpen van {edition.name} ervoor staan",
        text="Wie antwoordde, waar blijft het stil, en wie bel je eerst?",
        button="Open het overzicht",
        href=_address("coordination", edition.slug),
        drawing=3,
    )


def _member_door(village: Village, *, may_write: bool) -> Door:
    href = _address("actionplans:plan", village.edition.slug, village.slug)
    if may_write:
        title, button = f"Schrijf verder aan het plan van {village.name}", "Open jullie plan"
        text = "Elk stukje telt. Wat je typt, wordt meteen bewaard."
    else:
        title, button = f"Lees het plan van {village.name}", "Lees het plan"
        text = "Je leest mee. Wil je ook meeschrijven? Vraag het aan je trekker."
    return Door(village.name, title, text, button, href, drawing=1)


def _coach_door(villages: list[Village]) -> Door:
    return Door(
        role="Coach",
        title=f"Lees mee met {join_names([village.name for village in villages])}",
        text="Wat veranderde er sinds je laatste bezoek, en wat wacht op jou?",
        button="Open je dorpen",
        href=_address("actionplans:coach"),
        drawing=2,
    )


def _partner_door(edition: Edition) -> Door:
    return Door(
        role="Partner",
        title=f"Volg de dorpen van {edition.name}",
        text="Je ziet wat de dorpen zelf vertellen. Hun plannen blijven van hen.",
        button="Bekijk de dorpen",
        href=_address("villages"),
        drawing=4,
    )


def _administrator_door() -> Door:
    return Door(
        role="Beheer",
        title="Beheer de woordenlijsten en de accounts",
        text="Invalshoeken, organisaties en accounts die vastzitten.",
        button="Open het beheer",
        href=_address("admin:index"),
        drawing=3,
    )


def _address(name: str, *args: str) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
