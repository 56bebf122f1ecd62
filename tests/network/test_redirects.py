"""`next` leads to a page of this site, or nowhere: at every door that takes it."""

import pytest
from django.urls import reverse

from network.models import OutgoingMail
from tests import factories
from tests.cast import BACKEND

pytestmark = pytest.mark.django_db
MARIE = "marie@buurtpunt.example"
PASSWORD = "een-lange-zin-over-brood"
ELSEWHERE = [
    "https://dief.example/",
    "//dief.example/",
    "///dief.example/",
    "/\\dief.example/",
    "\\\\dief.example/",
    "http:dief.example",
    "javascript:alert(1)",
    "\t//dief.example/",
    "https://testserver@dief.example/",
]


@pytest.fixture
def marie():
    account = factories.user(person=factories.person(name="Marie Devos", email=MARIE))
    account.set_password(PASSWORD)
    account.save()
    return account


def by_code(client, wanted):
    asked = client.post(reverse("account_request_login_code"), {"email": MARIE, "next": wanted})
    assert "dief" not in asked.url
    code = OutgoingMail.objects.latest("pk").secret["code"]
    return client.post(asked.url, {"code": code, "next": wanted})


def by_password(client, wanted):
    data = {"login": MARIE, "password": PASSWORD, "next": wanted}
    return client.post(reverse("account_login"), data)


def another_code(client, wanted):
    client.post(reverse("account_request_login_code"), {"email": MARIE})
    data = {"action": "resend", "next": wanted}
    return client.post(reverse("account_confirm_login_code"), data)


def out(client, wanted):
    client.force_login(factories.user(person=factories.person()), backend=BACKEND)
    return client.post(reverse("account_logout"), {"next": wanted})


def already_in(client, wanted):
    client.force_login(factories.user(person=factories.person()), backend=BACKEND)
    return client.get(reverse("account_request_login_code"), {"next": wanted})


def at_the_code_page(client, wanted):
    client.force_login(factories.user(person=factories.person()), backend=BACKEND)
    return client.get(reverse("account_confirm_login_code"), {"next": wanted})


def proving(client, wanted):
    client.force_login(factories.user(person=factories.person()), backend=BACKEND)
    return client.post(reverse("account_reauthenticate"), {"action": "send", "next": wanted})


def at_the_admin(client, wanted):
    account = factories.user(person=factories.person())
    account.is_staff = account.is_superuser = True
    account.save()
    client.force_login(account, backend=BACKEND)
    return client.get(reverse("admin:login"), {"next": wanted})


DOORS = [by_code, by_password, another_code, out, already_in, at_the_code_page, proving]


@pytest.mark.parametrize("wanted", ELSEWHERE)
@pytest.mark.parametrize("door", [*DOORS, at_the_admin], ids=lambda door: door.__name__)
def test_no_door_leads_to_another_site(client, marie, door, wanted):
    answer = door(client, wanted)
    assert answer.status_code in {302, 303}
    assert answer.url.startswith("/") and "dief" not in answer.url and "alert" not in answer.url


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_each_leads_to_a_page_of_ours(client, marie, door):
    assert "gegevens" in door(client, reverse("network:profile")).url


def test_the_host_of_a_request_is_never_in_a_page_for_others(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    for name in ("home", "sitemap", "security-txt", "robots", "contact"):
        told = client.get(reverse(name), headers={"host": "dief.example"}).content.decode()
        assert "dief.example" not in told, name
