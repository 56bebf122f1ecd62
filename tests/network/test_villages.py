"""The coordinator makes villages (network/views/villages.py)."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from network import actions
from network.models import AuditEntry, Village
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.both]

FACTS = {"name": "Ten Berke", "municipality": "Lindeveld", "postcode": "8999", "summary": "Koffie."}


def new(world):
    return reverse("network:village-new", args=[world.edition.slug])


def test_a_village_is_made_and_its_lead_is_next(world, sign_in):
    response = sign_in("coordinator").post(new(world), FACTS)
    village = Village.objects.get(name="Ten Berke")
    assert response.url == reverse("network:people", args=["voorjaar", "ten-berke"])
    assert (village.edition, village.postcode, village.buurtpunt.name) == (
        world.edition,
        "8999",
        "Ten Berke",
    )
    assert "Nodig de trekker uit" in sign_in("coordinator").get(response.url).content.decode()
    assert AuditEntry.objects.get(verb="village.added").by == world.person("coordinator")


def test_a_village_gets_an_address_that_nothing_else_has(world):
    by = world.person("coordinator")
    slugs = [
        actions.add_village(edition=world.edition, name=name, municipality="X", by=by).slug
        for name in ("Molendonk", "Molendonk", "…", "Nieuw")
    ]
    assert slugs == ["molendonk-2", "molendonk-3", "dorp", "nieuw-2"]  # "nieuw" adds one


def test_the_address_stays_when_the_name_changes(world, sign_in):
    url = reverse("network:village-edit", args=["voorjaar", "molendonk"])
    assert 'value="Molendonk"' in sign_in("coordinator").get(url).content.decode()
    assert sign_in("coordinator").post(url, FACTS).status_code == 303
    world.village.refresh_from_db()
    assert (world.village.name, world.village.slug) == ("Ten Berke", "molendonk")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "Dorp: Dit veld is verplicht."),
        ({"municipality": ""}, "Gemeente: Dit veld is verplicht."),
        ({"postcode": "899"}, "Postcode: Een postcode heeft vier cijfers."),
        ({"postcode": "0123"}, "Postcode: Een postcode heeft vier cijfers."),
    ],
)
def test_bad_input_makes_no_village(world, sign_in, change, sentence):
    response = sign_in("coordinator").post(new(world), {**FACTS, **change})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Village.objects.count() == 2


def test_the_database_refuses_a_postcode_that_is_none(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.village(edition=world.edition, postcode="12")
