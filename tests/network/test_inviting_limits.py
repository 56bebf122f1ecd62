"""So many invitations a day, those sent again included (network/actions/inviting.py)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from network import actions
from network.actions import inviting
from network.addresses import Guest
from network.models import OutgoingMail, Person

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.at("2027-03-01 12:00")]
KOBE = {"name": "Kobe Maes", "email": "Kobe@buurtpunt.example", "phone": "0471 00 11 22"}


def village_page(world, name="network:village-invite"):
    return reverse(name, args=[world.edition.slug, world.village.slug])


def mails():
    return OutgoingMail.objects.filter(kind="invitation")


@pytest.fixture
def few_a_day(monkeypatch):
    monkeypatch.setattr(inviting, "INVITER_A_DAY", 5)
    monkeypatch.setattr(inviting, "VILLAGE_A_DAY", 3)


def guest(number):
    return Guest(f"Gast {number}", f"gast{number}@buurtpunt.example")


def invite(world, number, *, village=None, by="lead"):
    return actions.invite_member(
        guest=guest(number),
        village=village or world.village,
        role="reader",
        by=world.person(by),
    )


def test_a_village_sends_so_many_invitations_a_day_whoever_sends_them(
    world, sign_in, few_a_day, time_machine
):
    for number in range(3):
        invite(world, number, by="lead" if number else "coordinator")
    answer = sign_in("lead").post(village_page(world), {**KOBE, "role": "editor"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Voor Molendonk vertrokken vandaag al 3 uitnodigingen" in page
    assert "kobe@buurtpunt.example" in page.lower()  # what was typed stays
    assert not Person.objects.filter(name="Kobe Maes").exists()
    time_machine.shift(timedelta(days=1))
    assert sign_in("lead").post(village_page(world), {**KOBE, "role": "editor"}).status_code == 303


def test_one_person_sends_so_many_in_all_villages_together(world, few_a_day):
    for number in range(5):
        invite(world, number, by="coordinator", village=world.other_village if number > 2 else None)
    for ask in (
        lambda: invite(world, 6, by="coordinator", village=world.other_village),
        lambda: actions.invite_coach(
            guest=guest(7), edition=world.edition, by=world.person("coordinator")
        ),
        lambda: actions.invite_coordinator(
            guest=guest(8), edition=world.edition, by=world.person("coordinator")
        ),
    ):
        with pytest.raises(actions.TooManyToday, match="Je stuurde vandaag al 5"):
            ask()
    assert mails().count() == 5
    assert invite(world, 9, by="other_lead", village=world.other_village)


def test_an_invitation_sent_again_counts_too(world, sign_in, few_a_day):
    row = invite(world, 1)
    again = reverse("network:invitation-resend", args=[row.pk])
    client = sign_in("lead")
    for _ in range(4):
        assert client.post(again, {"terug": "dorp"}).status_code == 303
    assert mails().count() == 3
    assert (
        "vertrokken vandaag al 3"
        in client.get(
            reverse("network:people", args=[world.edition.slug, world.village.slug])
        ).content.decode()
    )


def test_what_a_paste_could_not_send_today_stays_in_the_form(world, sign_in, few_a_day):
    text = "\n".join(f"Gast {n} <gast{n}@buurtpunt.example>" for n in range(5))
    page = sign_in("lead").post(
        village_page(world, "network:village-invite-many"), {"text": text, "role": "reader"}
    )
    assert page.status_code == 422
    assert page.context["form"]["text"].value().splitlines() == text.splitlines()[3:]
    assert mails().count() == 3


@pytest.mark.django_db(transaction=True)
def test_requests_at_the_very_same_moment_do_not_pass_the_limit(world, few_a_day):
    def ask(number):
        try:
            return bool(invite(world, number))
        except actions.TooManyToday:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(ask, range(6))) == 3
    assert mails().count() == 3
