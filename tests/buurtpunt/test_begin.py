"""`manage.py begin`: a network from an empty database."""

import re
import shlex

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from actionplans.models import PlanTemplate
from buurtpunt.management.commands import begin
from network import delivery, emails
from network.models import (
    CoordinatorAssignment,
    Edition,
    EditionPartner,
    Invitation,
    Lens,
    Person,
    User,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]
GREET = {"edition": "Voorjaar 2027", "name": "Greet Aerts", "email": "greet@buurtpunt.example"}


def run(**change):
    call_command(begin.Command(), **{**GREET, **change})


def test_one_command_begins_a_network(capsys, mailoutbox):
    run(phone="0470 12 34 56")
    edition = Edition.objects.get()
    assert (edition.name, edition.slug, edition.is_current) == (
        "Voorjaar 2027",
        "voorjaar-2027",
        True,
    )
    assert list(Lens.objects.values_list("slug", flat=True)) == [
        "sociaal",
        "korte-keten",
        "mobiliteit",
        "participatie",
        "ondernemen",
        "juridisch",
    ]
    partners = EditionPartner.objects.values_list("organisation__name", flat=True)
    assert list(partners) == [
        "Netwerk Duurzame Mobiliteit",
        "Cera",
        "Innovatiesteunpunt voor Landbouw en Platteland",
    ]
    assert PlanTemplate.objects.get().sections.count() == 18
    assignment = CoordinatorAssignment.objects.get()
    assert (assignment.person.name, assignment.person.phone) == ("Greet Aerts", "0470 12 34 56")
    assert not User.objects.exists()
    delivery.drain()
    (sent,) = mailoutbox
    link = emails.invitation_link(Invitation.objects.get())
    assert sent.to == ["greet@buurtpunt.example"]
    assert link in sent.body and link in capsys.readouterr().out


def test_the_coordinator_who_lost_her_link_gets_another(capsys):
    run()
    first = emails.invitation_link(Invitation.objects.get())
    run()
    second = emails.invitation_link(Invitation.objects.get())
    assert first != second
    assert second in capsys.readouterr().out
    assert (Edition.objects.count(), Person.objects.count()) == (1, 1)


def test_a_network_begins_once():
    run()
    with pytest.raises(CommandError, match="has begun already: Voorjaar 2027"):
        run(email="jan@buurtpunt.example")
    assert Edition.objects.count() == 1 and Invitation.objects.count() == 1


def test_the_number_that_was_forgotten_comes_with_the_second_run(capsys):
    run()
    run(phone="0470 12 34 56")
    assert Person.objects.get().phone == "0470 12 34 56"
    run()
    assert Person.objects.get().phone == "0470 12 34 56"


def test_the_documented_command_names_every_option():
    told = (settings.BASE_DIR / "docs" / "operations.md").read_text()
    (line,) = re.findall(r"manage\.py begin .*", told)
    parser = begin.Command().create_parser("manage.py", "begin")
    options = parser.parse_args(shlex.split(line)[2:])
    assert options.edition and options.name and options.email and options.phone


@pytest.mark.parametrize(
    "change",
    [
        {"email": "greet@"},
        {"name": " "},
        {"edition": " "},
        {"phone": "bel maar"},
        {"edition": "e" * 81},
        {"name": "n" * 121},
        {"email": f"{'e' * 60}@{'buurtpunt.' * 19}example"},
        {"phone": "0470 12 34 56" + " " * 30 + "7"},
    ],
)
def test_bad_input_begins_nothing(change):
    with pytest.raises(CommandError):
        run(**change)
    assert not Edition.objects.exists() and not Lens.objects.exists()


@pytest.mark.parametrize(
    ("name", "slug"), [("Nieuws", "nieuws-2"), ("Archief", "archief-2"), ("…", "editie")]
)
def test_an_edition_takes_no_address_of_another_page(name, slug):
    run(edition=name)
    assert Edition.objects.get().slug == slug


@pytest.mark.parametrize("name", ["Voorjaar " * 8 + "2027", "Straße " * 11, "ß" * 80])
def test_the_address_of_a_long_name_fits_its_column(name):
    """Letters of two signs make it longer than the name; there is room for a number."""
    run(edition=name)
    edition = Edition.objects.get()
    edition.full_clean(exclude=["closed_on"])
    assert edition.name == name.strip()
    assert len(edition.slug) <= Edition._meta.get_field("slug").max_length - len("-100")
