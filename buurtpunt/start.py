"""The start page of everyone who signed in: the one thing to do now, per role of today."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from actionplans import access as plans_access
from actionplans.access import OpenWork
from actionplans.models import ActionPlan
from network import access, clock
from network.formats import join_names, plural, relative_day
from network.models import Edition, User, Village
from sessions import access as sessions_access
from sessions.models import WorkSession


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
    found += _member_doors(user)
    found += [_session_door(*coming) for coming in sessions_access.coming_to(user)]
    found += _coach_doors(user)
    found += [_partner_door(edition) for edition in access.partner_editions(user)]
    if user.is_superuser:
        found.append(_administrator_door())
    return found


def _coordinator_door(edition: Edition) -> Door:
    title = f"Kijk hoe de dorpen van {edition.name} ervoor staan"
    text = "Wie antwoordde, waar blijft het stil, en wie bel je eerst?"
    if edition.closed_on:
        title = f"Kijk terug op {edition.name}"
        text = "Deze editie is afgesloten. De plannen en werksessies blijven te lezen."
    return Door(
        role="Coördinator",
        title=title,
        text=text,
        button="Open het overzicht",
        href=reverse("coordination", args=[edition.slug]),
        drawing=3,
    )


def _member_doors(user: User) -> list[Door]:
    villages = list(access.member_villages(user).select_related("edition").order_by("name", "pk"))
    if not villages:
        return []
    writable = set(access.writable_villages(user).values_list("pk", flat=True))
    work = _open_work(villages)
    return [
        _writing_door(village, work.get(village.pk))
        if village.pk in writable
        else _reading_door(village)
        for village in villages
    ]


def _open_work(villages: list[Village]) -> dict[int, OpenWork]:
    """What the next session asks of each village with a plan, by village id."""
    agenda = plans_access.next_sessions({village.edition_id for village in villages})
    by_number: dict[int, list[ActionPlan]] = {}
    for plan in plans_access.plans_of(villages):
        if coming := agenda.get(plan.village.edition_id):
            by_number.setdefault(coming.number, []).append(plan)
    return {
        plan.village_id: open_work
        for number, plans in by_number.items()
        for plan, open_work in _work_of(plans, number)
    }


def _work_of(plans: list[ActionPlan], number: int) -> list[tuple[ActionPlan, OpenWork]]:
    found = plans_access.open_for_sessions(plans, number)
    return [(plan, found[plan.pk]) for plan in plans]


def _writing_door(village: Village, work: OpenWork | None) -> Door:
    plan = reverse("actionplans:plan", args=[village.edition.slug, village.slug])
    if work and work.count:
        text = f"Begin met ‘{work.label}’. Wat je typt, wordt meteen bewaard."
        return Door(village.name, work.sentence, text, "Schrijf verder", work.url, work.number)
    title = f"Schrijf verder aan het plan van {village.name}"
    text = "Elk stukje telt. Wat je typt, wordt meteen bewaard."
    if work:
        text = f"{work.sentence}. Verder schrijven mag altijd."
    return Door(village.name, title, text, "Open jullie plan", plan, drawing=1)


def _session_door(session: WorkSession, answer: str) -> Door:
    day = relative_day(session.starts_at, clock.today())
    said = {"": "Kom je? Eén tik is genoeg.", "no": "Je zei dat je niet kan komen."}
    said |= {"yes": "Je komt, fijn.", "maybe": "Je zei misschien. Weet je het al?"}
    return Door(
        role=f"Werksessie {session.number}",
        title=f"{day.capitalize()}: {session.theme}",
        text=f"{session.when}, {session.place}. {said[answer]}",
        button="Bekijk de werksessie" if answer in {"yes", "no"} else "Laat weten of je komt",
        href=reverse("worksessions:detail", args=[session.edition.slug, session.number]),
        drawing=session.number,
    )


def _reading_door(village: Village) -> Door:
    return Door(
        role=village.name,
        title=f"Lees het plan van {village.name}",
        text="Je leest mee. Wil je ook meeschrijven? Vraag het aan je trekker.",
        button="Lees het plan",
        href=reverse("actionplans:plan", args=[village.edition.slug, village.slug]),
        drawing=1,
    )


def _coach_doors(user: User) -> list[Door]:
    villages = list(access.coached_villages(user).order_by("name", "pk"))
    if not villages:
        return []
    names = join_names([village.name for village in villages])
    text = _what_waits(user, villages) or "Niets dringends: kijk rustig wat er veranderde."
    return [
        Door(
            role="Coach",
            title=f"Lees mee met {names}",
            text=text,
            button="Open je dorpen",
            href=reverse("actionplans:coach"),
            drawing=2,
        )
    ]


def _what_waits(user: User, villages: list[Village]) -> str:
    """Op jou wachten 2 antwoorden en 3 onderdelen die klaar zijn om te lezen."""
    waiting = plans_access.waiting(user, plans_access.plans_of(villages)).values()
    counts = [
        (sum(one.answered for one in waiting), "antwoord", "antwoorden"),
        (sum(one.ready for one in waiting), "onderdeel om te lezen", "onderdelen om te lezen"),
        (sum(one.drafts for one in waiting), "opmerking in klad", "opmerkingen in klad"),
    ]
    pieces = [plural(count, one, many) for count, one, many in counts if count]
    return f"Dit ligt voor jou klaar: {join_names(pieces)}." if pieces else ""


def _partner_door(edition: Edition) -> Door:
    return Door(
        role="Partner",
        title=f"Volg de dorpen van {edition.name}",
        text="Je ziet wat de dorpen zelf vertellen. Hun plannen blijven van hen.",
        button="Bekijk de dorpen",
        href=reverse("villages"),
        drawing=4,
    )


def _administrator_door() -> Door:
    return Door(
        role="Beheer",
        title="Beheer de woordenlijsten en de accounts",
        text="Invalshoeken, organisaties en accounts die vastzitten.",
        button="Open het beheer",
        href=reverse("admin:index"),
        drawing=3,
    )
