"""Several people at once, with a result for each line (network/views/pasting.py)."""

import pytest
from django.urls import reverse

from network.models import Invitation

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def paste(world, sign_in):
    url = reverse("network:village-invite-many", args=[world.edition.slug, world.village.slug])

    def send(text, who="lead", role="editor"):
        client = sign_in(who)
        return client, client.post(url, {"text": text, "role": role}), url

    return send


def test_everyone_is_invited_and_told_line_by_line(paste):
    client, response, url = paste("An Peeters <an@dorp.example>; bo@dorp.example")
    assert (response.status_code, response.url) == (303, url)
    invited = Invitation.objects.order_by("email").values_list("email", "person__name", "role")
    assert list(invited) == [
        ("an@dorp.example", "An Peeters", "editor"),
        ("bo@dorp.example", "Bo", "editor"),
    ]
    text = client.get(url).content.decode()
    assert "2 uitnodigingen vertrekken." in text
    assert "An Peeters &lt;an@dorp.example&gt;" in text and text.count("Uitgenodigd") == 2
    assert "Uitgenodigd" not in client.get(url).content.decode()


def test_who_takes_part_already_holds_up_nobody(paste, world):
    jef = world.person("editor")
    client, response, url = paste(f"Jef Wouters <{jef.email}>\nbo@dorp.example")
    assert response.status_code == 303
    text = client.get(url).content.decode()
    assert "Jef Wouters doet al mee als meewerker." in text
    assert "1 uitnodiging vertrekt." in text


def test_a_wrong_line_stays_to_be_mended_and_the_others_leave(paste):
    _, response, _ = paste("An <an@dorp.example>\nklaas\nbo@dorp\nan@dorp.example")
    assert response.status_code == 422
    assert [row.email for row in Invitation.objects.all()] == ["an@dorp.example"]
    assert response.context["form"]["text"].value() == "klaas\nbo@dorp"
    outcomes = [(result.text, result.good) for result in response.context["results"]]
    assert outcomes == [
        ("An <an@dorp.example>", True),
        ("klaas", False),
        ("bo@dorp", False),
        ("an@dorp.example", False),
    ]


def test_nothing_and_too_much_are_refused(paste):
    many = "\n".join(f"gast{number}@dorp.example" for number in range(51))
    for text in ("", many):
        assert paste(text)[1].status_code == 422
    assert not Invitation.objects.exists()
