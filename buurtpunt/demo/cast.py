"""The cast of the demo: a running edition with six fictional villages, and 2019 as it was.

Everything goes through the actions that the views use. `cast_of` makes editions, people and
villages; then sessions.py, plans.py, comments.py and news.py add their steps to the story
(story.py), the story is told, and archive.py hangs the pictures.
No village of this name exists (Statbel's list of 2025 was searched), every address ends in
.example, and every person is invented.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from buurtpunt.demo.accounts import DOMAIN, PEOPLE, address
from network import access, clock
from network.actions import beginning, coaching, editions, inviting, joining, people, villages
from network.actions.inviting import Guest
from network.models import Edition, Membership, Person, Village

EDITION_BEGAN = -110  # days from the first start of the demo
COORDINATOR_CHANGED = -100
COACH_LEFT = -12

# key: name, municipality (fictional), sentence for the site
VILLAGES = {
    "molendonk": ("Molendonk", "Zonderwijk", "Brood, bus en babbel in de oude pastorie."),
    "hoekskapelle": ("Hoekskapelle", "Zonderwijk", "Een dorpshuis met de gemeente als buur."),
    "wulverkerke": ("Wulverkerke", "Waterdonk", "Een buurtwinkel waar iedereen mag meewerken."),
    "kruishoeve": ("Kruishoeve", "Lindeveld", ""),
    "ten_berke": ("Ten Berke", "Lindeveld", "Inwoners kopen samen het laatste café."),
    "zwaneneest": ("Zwaneneest", "Waterdonk", ""),
}

MEMBERS = [
    ("molendonk", "lead", "lead"),
    ("molendonk", "editor", "editor"),
    ("molendonk", "reader", "reader"),
    ("hoekskapelle", "other_lead", "lead"),
    ("hoekskapelle", "hoekskapelle_2", "editor"),
    ("wulverkerke", "wulverkerke", "lead"),
    ("wulverkerke", "wulverkerke_2", "editor"),
    ("kruishoeve", "kruishoeve", "lead"),
    ("kruishoeve", "kruishoeve_2", "editor"),
    ("ten_berke", "ten_berke", "lead"),
    ("ten_berke", "ten_berke_2", "editor"),
    ("zwaneneest", "zwaneneest", "lead"),
]

COACHING = [
    ("coach", "molendonk", "korte-keten"),
    ("coach", "wulverkerke", "korte-keten"),
    ("coach", "ten_berke", "korte-keten"),
    ("coach_social", "molendonk", "sociaal"),
    ("coach_social", "hoekskapelle", "participatie"),
    ("coach_social", "kruishoeve", "sociaal"),
    ("coach_social", "zwaneneest", "sociaal"),
    ("former_coach", "hoekskapelle", "mobiliteit"),
]


@dataclass
class Cast:
    """Who and what the other demo modules build on, by the keys above."""

    first_edition: Edition  # 2019, closed and public
    edition: Edition  # the running one
    people: dict[str, Person] = field(default_factory=dict)
    villages: dict[str, Village] = field(default_factory=dict)
    more_villages: list[Village] = field(default_factory=list)  # with --villages N, to scale

    @property
    def coordinator(self) -> Person:
        return self.people["coordinator"]


def cast_of(*, today: date, extra_villages: int = 0) -> Cast:
    """Editions, people, villages and coaches, from the first day of the running edition on."""
    began = today + timedelta(days=EDITION_BEGAN)
    with clock.standing_at(clock.at(began, 9)):
        beginning.plant_vocabulary()
        everyone = {key: _person(name, phone) for key, (name, phone, _) in PEOPLE.items()}
        cast = Cast(_edition_of_2019(everyone), _running_edition(everyone, began), everyone)
        _villages(cast)
        _partner(cast)
    with clock.standing_at(clock.at(began + timedelta(days=3), 20)):
        _join(cast)
    _hand_over(cast, today)
    _more_villages(cast, extra_villages, began)
    return cast


def _person(name: str, phone: str) -> Person:
    return inviting.person_for(Guest(name, address(name), phone))


def _edition_of_2019(everyone: dict[str, Person]) -> Edition:
    """Facts only (DOMAIN.md 1.2). Its archive is kept by today's coordinator."""
    edition = beginning.open_edition(
        name="Editie 2019",
        slug="2019",
        starts_on=date(2019, 3, 21),
        coordinator=everyone["coordinator"],
    )
    closed_on = date(2020, 3, 17)  # the day the look-back on the study day appeared
    editions.close_edition(edition=edition, closed_on=closed_on, by=everyone["coordinator"])
    return edition


def _running_edition(everyone: dict[str, Person], began: date) -> Edition:
    return beginning.open_edition(
        name=f"Editie {began.year}",
        slug=str(began.year),
        starts_on=began,
        coordinator=everyone["former_coordinator"],
        is_current=True,
    )


def _villages(cast: Cast) -> None:
    for key, (name, municipality, summary) in VILLAGES.items():
        cast.villages[key] = villages.add_village(
            edition=cast.edition,
            name=name,
            municipality=municipality,
            summary=summary,
            by=cast.people["former_coordinator"],
        )


def _partner(cast: Cast) -> None:
    partner = cast.edition.partners.order_by("pk")[1]
    editions.add_partner_contact(
        partner=partner, person=cast.people["partner"], by=cast.people["former_coordinator"]
    )


def _join(cast: Cast) -> None:
    """Everybody is invited and comes in; one person of Hoekskapelle has no account."""
    by = cast.people["former_coordinator"]
    for village, who, role in MEMBERS:
        invitation = inviting.invite_member(
            guest=_guest(cast, who), village=cast.villages[village], role=role, by=by
        )
        joining.claim(invitation=invitation, name=cast.people[who].name, phone="")
    lenses = {lens.slug: lens for lens in access.lenses()}
    for who in dict.fromkeys(who for who, _, _ in COACHING):
        invitation = inviting.invite_coach(guest=_guest(cast, who), edition=cast.edition, by=by)
        joining.claim(invitation=invitation, name=cast.people[who].name, phone="")
    for who, village, lens in COACHING:
        coaching.assign_coach(
            person=cast.people[who],
            village=cast.villages[village],
            lens=lenses[lens],
            from_on=clock.today(),
            by=by,
        )
    people.add_person(
        village=cast.villages["hoekskapelle"],
        name="Godelieve Baert",
        email="",
        phone="051 12 34 56",
        role=Membership.Role.EDITOR,
        by=by,
    )


def _guest(cast: Cast, who: str) -> Guest:
    return Guest(cast.people[who].name, cast.people[who].email)


def _hand_over(cast: Cast, today: date) -> None:
    """The coordination changed hands, and a coach left: as it goes in a real network."""
    former = cast.people["former_coordinator"]
    with clock.standing_at(clock.at(today + timedelta(days=COORDINATOR_CHANGED), 10)):
        invitation = inviting.invite_coordinator(
            guest=_guest(cast, "coordinator"), edition=cast.edition, by=former
        )
        joining.claim(invitation=invitation, name=cast.coordinator.name, phone="")
        editions.end_coordination(
            edition=cast.edition, person=former, until_on=clock.today(), by=cast.coordinator
        )
    with clock.standing_at(clock.at(today + timedelta(days=COACH_LEFT), 17)):
        assignment = access.coach_assignments_of(cast.edition).get(
            person=cast.people["former_coach"]
        )
        coaching.end_coach_assignment(
            assignment=assignment, until_on=clock.today(), by=cast.coordinator
        )


def _more_villages(cast: Cast, count: int, began: date) -> None:
    """For tests of scale: villages with a lead and an editor each, coached by the two coaches."""
    lens = access.lenses().get(slug="sociaal")
    for number in range(1, count + 1):
        with clock.standing_at(clock.at(began, 12)):
            village = villages.add_village(
                edition=cast.edition,
                name=f"Dorp {number:03}",
                municipality="Lindeveld",
                by=cast.people["former_coordinator"],
            )
            for role in (Membership.Role.LEAD, Membership.Role.EDITOR):
                people.add_person(
                    village=village,
                    name=f"{role.label.capitalize()} Nummer{number:03}",
                    email=f"{role}{number:03}@{DOMAIN}",
                    phone="0470 12 34 56",
                    role=role,
                    by=cast.people["former_coordinator"],
                )
            coaching.assign_coach(
                person=cast.people["coach_social" if number % 2 else "coach"],
                village=village,
                lens=lens,
                from_on=began,
                by=None,
            )
        cast.more_villages.append(village)
