"""A fresh code before the way in changes, and leaving everywhere at once."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse
from django.utils.crypto import salted_hmac

from network import delivery
from network.models import AuditEntry, OutgoingMail
from tests import factories
from tests.cast import BACKEND

pytestmark = [pytest.mark.django_db, pytest.mark.both]
PASSWORD = "een-lange-zin-over-brood"
PROVE = reverse("account_reauthenticate")
SET, CHANGE = reverse("account_set_password"), reverse("account_change_password")
NEW = {"password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def marie(client):
    person = factories.person(name="Marie Devos", email="marie@buurtpunt.example")
    account = factories.user(person=person)
    client.force_login(account, backend=BACKEND)
    return account


def newest_code() -> str:
    return OutgoingMail.objects.latest("pk").secret["code"]


def prove(client, page):
    client.post(PROVE, {"action": "send", "next": page})
    return client.post(PROVE, {"code": newest_code(), "next": page})


def test_a_first_password_asks_a_code_in_the_mailbox(client, marie, mailoutbox):
    assert client.post(SET, NEW).url.startswith(PROVE)
    marie.refresh_from_db()
    assert not marie.has_usable_password()
    assert "marie@buurtpunt.example" in client.get(PROVE).content.decode()
    assert prove(client, SET).url == SET
    client.post(SET, NEW)
    marie.refresh_from_db()
    assert marie.check_password(PASSWORD)
    delivery.drain()
    assert [mail.subject for mail in mailoutbox][-1] == "Je wachtwoord is veranderd"
    assert "Dag Marie" in mailoutbox[-1].body and "09 331 59 10" in mailoutbox[-1].body


def test_a_chosen_password_ends_at_your_own_page(client, marie):
    prove(client, SET)
    answer = client.post(SET, NEW, follow=True)
    assert answer.redirect_chain == [(reverse("network:profile"), 302)]
    assert [str(message) for message in answer.context["messages"]] == ["Je wachtwoord is bewaard."]


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("kort", "kort", "Dit wachtwoord is te kort. Neem er minstens 10 tekens voor"),
        ("marie@buurtpunt.example", None, "lijkt te veel op je naam of je e-mailadres"),
        ("1234567890", None, "Dit wachtwoord gebruiken veel mensen."),
        (PASSWORD, "iets-heel-anders", "Je typte twee keer iets anders."),
    ],
)
def test_a_password_that_will_not_do_hears_why(client, marie, first, second, said):
    prove(client, SET)
    answer = client.post(SET, {"password1": first, "password2": second or first})
    html = answer.content.decode()
    assert said in html
    assert "This password" not in html and "Uw " not in html
    assert "placeholder=" not in html


def test_another_password_asks_one_too_and_each_time(client, marie):
    marie.set_password("het-oude-lange-woord")
    marie.save()
    client.force_login(marie, backend=BACKEND)
    change = {"oldpassword": "het-oude-lange-woord", **NEW}
    assert client.post(CHANGE, change).url.startswith(PROVE)
    prove(client, CHANGE)
    client.post(CHANGE, change)
    marie.refresh_from_db()
    assert marie.check_password(PASSWORD)
    assert client.get(CHANGE).url.startswith(PROVE)


def test_the_mail_names_what_the_code_is_for(client, marie, mailoutbox):
    client.post(PROVE, {"action": "send"})
    delivery.drain()
    (sent,) = mailoutbox
    assert re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", sent.body, re.MULTILINE)
    assert "Vroeg je geen code?" in sent.body
    assert OutgoingMail.objects.get().secret == {}


def test_the_admin_asks_it_too(client, marie):
    marie.is_staff = marie.is_superuser = True
    marie.save()
    assert client.get(reverse("admin:password_change")).url.startswith(PROVE)


def test_looking_mails_nothing(client, marie):
    client.get(PROVE)
    assert not OutgoingMail.objects.exists()


def test_a_wrong_code_three_times_ends_it(client, marie):
    client.post(PROVE, {"action": "send"})
    code = newest_code()
    statuses = [client.post(PROVE, {"code": "AAAA-AAAA"}).status_code for _ in range(3)]
    assert statuses == [422, 422, 429]
    assert client.post(PROVE, {"code": code}).status_code == 422
    assert client.get(CHANGE).url.startswith(PROVE)


@pytest.mark.at("2026-11-24 10:00")
def test_it_expires_and_the_proof_does_too(client, marie, time_machine):
    client.post(PROVE, {"action": "send"})
    time_machine.shift(timedelta(minutes=16))
    assert "verlopen" in client.post(PROVE, {"code": newest_code()}).content.decode()
    prove(client, SET)
    time_machine.shift(timedelta(minutes=11))
    assert client.get(SET).url.startswith(PROVE)


def test_codes_are_limited_for_one_person(client, marie):
    statuses = [client.post(PROVE, {"action": "send"}).status_code for _ in range(4)]
    assert statuses == [303, 303, 303, 429]


def test_a_code_leads_to_no_other_site(client, marie):
    assert prove(client, "https://dief.example/").url == reverse("network:profile")


def test_she_leaves_everywhere_at_once(client, marie):
    elsewhere, stranger = Client(), Client()
    elsewhere.force_login(marie, backend=BACKEND)
    stranger.force_login(factories.user(person=factories.person()), backend=BACKEND)
    old = {browser: browser.cookies["sessionid"].value for browser in (client, elsewhere)}
    assert "Meld overal af" in client.get(reverse("network:profile")).content.decode()
    left = client.post(reverse("network:sign-out-everywhere"), follow=True)
    assert "Je bent nu overal afgemeld." in left.content.decode()
    for browser, cookie in old.items():
        browser.cookies["sessionid"] = cookie
        assert browser.get(reverse("start")).status_code == 302
        assert not get_user(browser).is_authenticated
    assert stranger.get(reverse("start")).status_code == 200
    assert AuditEntry.objects.filter(verb="account.signed_out_everywhere").count() == 1


def test_after_it_she_signs_in_as_ever(client, marie):
    client.post(reverse("network:sign-out-everywhere"))
    marie.refresh_from_db()
    client.force_login(marie, backend=BACKEND)
    assert client.get(reverse("start")).status_code == 200


def test_the_sessions_of_the_release_before_stay(client, marie):
    """It signs them without a round, as Django does by itself."""
    name = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
    before = salted_hmac(name, marie.password, algorithm="sha256").hexdigest()
    assert client.session["_auth_user_hash"] == before
