"""Signing in: a mailed code first, a password second, all in our own Dutch words."""

import re

import pytest
from django.urls import reverse

from network.models import OutgoingMail
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "een-lang-geheim-woord"


@pytest.fixture
def marie():
    person = factories.person(name="Marie Devos", email="marie@buurtpunt.example")
    account = factories.user(person=person)
    account.set_password(PASSWORD)
    account.save()
    return person


def body(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("account_request_login_code", "Welkom terug"),
        ("account_login", "Aanmelden met een wachtwoord"),
        ("account_signup", "Meedoen gaat met een uitnodiging"),
        ("account_reset_password", "Wachtwoord vergeten?"),
        ("account_reset_password_done", "Kijk in je mailbox"),
        ("account_inactive", "Dit account staat uit"),
    ],
)
def test_a_visitor_reads_dutch(client, name, heading):
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert re.search(r"<h1>\s*(.*?)\s*</h1>", body(response)).group(1) == heading


def test_the_code_comes_first_and_the_password_is_one_click_away(client):
    html = body(client.get(reverse("account_request_login_code")))
    assert "Mail me een code" in html
    assert reverse("account_login") in html


def test_a_code_signs_in(client, marie):
    response = client.post(reverse("account_request_login_code"), {"email": marie.email})
    assert response["Location"] == reverse("account_confirm_login_code")
    html = body(client.get(response["Location"]))
    assert marie.email in html
    code = OutgoingMail.objects.get(address=marie.email).secret["code"]
    client.post(reverse("account_confirm_login_code"), {"code": code, "next": "/"})
    assert client.session["_auth_user_id"] == str(marie.user.pk)


def test_a_wrong_code_is_named_at_its_field(client, marie):
    client.post(reverse("account_request_login_code"), {"email": marie.email})
    html = body(client.post(reverse("account_confirm_login_code"), {"code": "fout"}))
    assert 'id="id_code_error"' in html
    assert "_auth_user_id" not in client.session


def test_a_password_signs_in(client, marie):
    client.post(reverse("account_login"), {"login": marie.email, "password": PASSWORD, "next": "/"})
    assert client.session["_auth_user_id"] == str(marie.user.pk)


def test_a_wrong_password_says_so_and_keeps_the_address(client, marie):
    html = body(client.post(reverse("account_login"), {"login": marie.email, "password": "x"}))
    assert 'role="alert" tabindex="-1" autofocus' in html
    assert "Dat wachtwoord en dat adres horen niet bij elkaar." in html
    assert f'value="{marie.email}"' in html


def test_a_used_reset_link_says_what_to_do(client):
    url = reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "oud-en-moe"})
    html = body(client.get(url, follow=True))
    assert "Deze link werkt niet meer" in html
    assert reverse("account_reset_password") in html
    assert "09 331 59 10" in html


def test_signing_out_asks_first(client, marie):
    client.force_login(marie.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Tot de volgende keer?" in body(client.get(reverse("account_logout")))
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session
