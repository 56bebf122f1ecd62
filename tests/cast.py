"""The fixed cast of every access test, around two villages and two editions.

Molendonk has Marie (lead), Jef (editor) and Rika (reader), coached by Els; Hoekskapelle has Rita
(lead), coached by Bram. Greet coordinates; Wim coordinates another edition.
"""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from network import clock
from network.models import Edition, Lens, Person, Village
from tests import factories

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

MEMBERS = (
    "anonymous",
    "candidate",
    "lead",
    "editor",
    "reader",
    "other_lead",
    "coach",
    "other_coach",
    "former_coach",
    "coordinator",
    "other_coordinator",
    "partner",
    "superuser",
)

NAMES = {
    "candidate": "Kaat Nieuwen",
    "lead": "Marie Devos",
    "editor": "Jef Wouters",
    "reader": "Rika Claus",
    "other_lead": "Rita Claeys",
    "coach": "Els Verhaeghe",
    "other_coach": "Bram De Smet",
    "former_coach": "Nora Van den Berg",
    "coordinator": "Greet Aerts",
    "other_coordinator": "Wim Jacobs",
    "partner": "Paul Peeters",
    "superuser": "Sam Beheer",
}


@dataclass
class World:
    """Everything an access row may name. Apps add their own objects to `things`."""

    edition: Edition
    other_edition: Edition
    village: Village
    other_village: Village
    lens: Lens
    people: dict[str, Person]
    things: dict = field(default_factory=dict)

    def person(self, who: str) -> Person:
        return self.people[who]


def build_world() -> World:
    edition = factories.edition(slug="voorjaar", name="Voorjaar", is_current=True)
    other_edition = factories.edition(slug="andere", name="Andere editie")
    village = factories.village(edition=edition, name="Molendonk", slug="molendonk")
    other = factories.village(edition=edition, name="Hoekskapelle", slug="hoekskapelle")
    lens = factories.lens(slug="sociaal", name="Sociaal")
    people = {
        who: factories.person(name=name, email=f"{who}@buurtpunt.example", phone="0470 12 34 56")
        for who, name in NAMES.items()
    }
    for who in ("lead", "editor", "reader"):
        factories.membership(village=village, person=people[who], role=who)
    factories.membership(village=other, person=people["other_lead"], role="lead")
    for who, where in (("coach", village), ("other_coach", other)):
        factories.coach_assignment(village=where, person=people[who], lens=lens)
    factories.coach_assignment(
        village=village,
        person=people["former_coach"],
        lens=lens,
        until_on=clock.today() - timedelta(days=1),
    )
    factories.coordinator_assignment(edition=edition, person=people["coordinator"])
    factories.coordinator_assignment(edition=other_edition, person=people["other_coordinator"])
    factories.partner_contact(edition=edition, person=people["partner"])
    for who, person in people.items():
        account = factories.user(person=person)
        if who == "superuser":
            account.is_superuser = account.is_staff = True
            account.save()
    return World(edition, other_edition, village, other, lens, people)


@pytest.fixture
def world(db) -> World:
    return build_world()


@pytest.fixture
def sign_in(client, world):
    """sign_in("lead") gives the test client, signed in as that member of the cast."""

    def as_member(who: str):
        client.logout()
        if who != "anonymous":
            client.force_login(
                world.person(who).user,
                backend=BACKEND,
            )
        return client

    return as_member
