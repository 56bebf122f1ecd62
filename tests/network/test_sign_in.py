"""Signing in for real: the mail goes through the ledger, and the limits limit."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.core import mail as django_mail
from django.test import Client
from django.urls import reverse

from network import delivery
from network.models import OutgoingMail, User
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.both]
PASSWORD = "een-lange-zin-over-brood"
MARIE = "marie@buurtpunt.example"
CODE = re.compile(r"^([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", re.MULTILINE)


@pytest.fixture
def marie():
    return factories.user(person=factories.person(name="Marie Devos", email=MARIE))


def ask(client, email=MARIE, **extra):
    return client.post(reverse("account_request_login_code"), {"email": email, **extra})


def received():
    """The mails that a drain really handed over."""
    django_mail.outbox.clear()
    delivery.drain()
    return list(django_mail.outbox)


def give(client, code):
    return client.post(reverse("account_confirm_login_code"), {"code": code})


def test_a_mailed_code_signs_in_and_leads_where_one_was_going(client, marie, smtp_server):
    asked = ask(client, next=reverse("network:profile"))
    assert 'name="next" value="/mijn/gegevens/"' in client.get(asked.url).content.decode()
    assert delivery.drain() == 1
    (sent,) = smtp_server.messages
    assert sent["To"] == MARIE
    code = CODE.search(sent.get_body(("plain",)).get_content()).group(1)
    response = client.post(asked.url, {"code": code, "next": reverse("network:profile")})
    assert response.url == reverse("network:profile")
    assert get_user(client) == marie


def test_the_code_is_forgotten_once_it_left(client, marie):
    ask(client)
    assert OutgoingMail.objects.get().secret["code"]
    (sent,) = received()
    assert CODE.search(sent.body)
    assert OutgoingMail.objects.get().secret == {}


def test_a_wrong_code_says_so_and_three_end_it(client, marie):
    ask(client)
    (sent,) = received()
    wrong = give(client, "AAAAAA")
    assert wrong.status_code in {200, 422} and wrong.context["form"].errors["code"]
    assert "nog 1 keer" in give(client, "BBBBBB").content.decode()
    last = give(client, "CCCCCC")
    assert last.status_code == 429 and "09 331 59 10" in last.content.decode()
    give(client, CODE.search(sent.body).group(1))
    assert not get_user(client).is_authenticated


def test_a_code_of_somebody_else_opens_nothing(client, marie):
    rita = factories.user(person=factories.person(email="rita@buurtpunt.example"))
    ask(Client(), rita.email)
    (sent,) = received()
    ask(client)
    give(client, CODE.search(sent.body).group(1))
    assert not get_user(client).is_authenticated


def test_an_unknown_address_reads_the_same_page_and_gets_a_mail_that_says_so(client, marie):
    known, other = ask(client), Client()
    unknown = ask(other, "wie@buurtpunt.example")
    assert (unknown.status_code, unknown.url) == (known.status_code, known.url)
    pages = [seen.get(known.url).content.decode() for seen in (client, other)]
    assert pages[0].count(MARIE) == pages[1].count("wie@buurtpunt.example")
    mails = {message.to[0]: message for message in received()}
    assert "We kennen dit adres nog niet" in mails["wie@buurtpunt.example"].subject
    assert "09 331 59 10" in mails["wie@buurtpunt.example"].body
    assert not User.objects.filter(email="wie@buurtpunt.example").exists()


def test_codes_are_limited_for_one_address(marie):
    answers = [ask(Client()) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [303, 303, 303, 429]
    assert "09 331 59 10" in answers[3].content.decode()
    assert OutgoingMail.objects.count() == 3


@pytest.mark.at("2026-11-24 10:00")
def test_codes_are_limited_for_an_hour_too(marie, time_machine):
    for _ in range(12):
        ask(Client())
        time_machine.shift(timedelta(minutes=4))
    assert OutgoingMail.objects.count() == 10


@pytest.mark.at("2026-11-24 10:00")
def test_an_unknown_address_gets_one_mail_a_day(db, time_machine):
    ask(Client(), "wie@buurtpunt.example")
    ask(Client(), "Wie@buurtpunt.example")
    Client().post(reverse("account_reset_password"), {"email": "wie@buurtpunt.example"})
    assert OutgoingMail.objects.count() == 1
    time_machine.shift(timedelta(days=1))
    ask(Client(), "wie@buurtpunt.example")
    assert OutgoingMail.objects.count() == 2


def test_requests_of_one_machine_are_limited(db):
    answers = [ask(Client(), f"gast{number}@buurtpunt.example") for number in range(21)]
    assert [answer.status_code for answer in answers[:20]] == [303] * 20
    assert answers[20].status_code == 429


def test_wrong_passwords_are_limited(client, marie):
    marie.set_password(PASSWORD)
    marie.save()
    url = reverse("account_login")
    for _ in range(6):
        client.post(url, {"login": MARIE, "password": "mis"})
    refused = client.post(url, {"login": MARIE, "password": PASSWORD})
    assert refused.status_code == 429 and "09 331 59 10" in refused.content.decode()
    assert not get_user(client).is_authenticated


def test_a_password_signs_in(client, marie):
    marie.set_password(PASSWORD)
    marie.save()
    response = client.post(reverse("account_login"), {"login": MARIE, "password": PASSWORD})
    assert response.url == reverse("start")
    assert get_user(client) == marie


def test_a_forgotten_password_is_chosen_anew_by_mail(client, marie):
    client.post(reverse("account_reset_password"), {"email": MARIE})
    (sent,) = received()
    link = re.search(r"/account/wachtwoord/vergeten/\S+", sent.body).group()
    form = client.get(link, follow=True)
    address = form.request["PATH_INFO"]
    assert link != address, "the key goes out of the address before the form is shown"
    client.post(address, {"password1": PASSWORD, "password2": PASSWORD})
    marie.refresh_from_db()
    assert marie.check_password(PASSWORD)
    assert [message.subject for message in received()] == ["Je wachtwoord is veranderd"]
    assert "Deze link werkt niet meer" in client.get(link, follow=True).content.decode()


def test_the_link_for_a_new_password_leads_to_the_site_whatever_host_was_asked(
    client, marie, settings
):
    settings.ALLOWED_HOSTS = [".buurtpunt.example"]
    settings.SITE_URL = "https://buurtpunt.example"
    url = reverse("account_reset_password")
    client.post(url, {"email": MARIE}, headers={"host": "elders.buurtpunt.example"})
    (sent,) = received()
    assert "https://buurtpunt.example/account/wachtwoord/vergeten/" in sent.body
    assert "elders" not in sent.body


def test_the_address_is_not_changed_here(client, marie):
    client.force_login(marie, backend="allauth.account.auth_backends.AuthenticationBackend")
    url = reverse("account_email")
    response = client.post(url, {"action_add": "", "email": "dief@buurtpunt.example"})
    assert response.url == reverse("network:profile")
    marie.refresh_from_db()
    assert marie.email == MARIE


def test_without_an_invitation_there_is_no_account(client, db):
    url = reverse("account_signup")
    data = {"email": "nieuw@buurtpunt.example", "password1": PASSWORD}
    for response in (client.get(url), client.post(url, data)):
        text = response.content.decode()
        assert response.status_code == 200
        assert "Meedoen gaat met een uitnodiging" in text and "09 331 59 10" in text
    assert not User.objects.exists()


def test_a_locked_account_gets_in_by_no_door(client, marie):
    marie.set_password(PASSWORD)
    marie.is_active = False
    marie.save()
    client.post(reverse("account_login"), {"login": MARIE, "password": PASSWORD})
    ask(client)
    for message in received():
        found = CODE.search(message.body)
        if found:
            give(client, found.group(1))
    assert not get_user(client).is_authenticated
