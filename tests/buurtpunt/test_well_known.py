"""The addresses that programs try on every site."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from network import clock
from tests import factories
from tests.cast import BACKEND

pytestmark = pytest.mark.django_db
SECURITY = "/.well-known/security.txt"
PASSWORD = "/.well-known/change-password"


def lines_of(response) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in response.content.decode().splitlines())


def test_who_finds_a_leak_reads_whom_to_tell(client, settings):
    settings.SITE_URL = "https://buurtpunt.example"
    settings.SECURITY_CONTACT = "mailto:veilig@buurtpunt.example"
    answer = client.get(SECURITY)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    told = lines_of(answer)
    assert told["Contact"] == "mailto:veilig@buurtpunt.example"
    assert told["Canonical"] == "https://buurtpunt.example/.well-known/security.txt"
    assert told["Preferred-Languages"] == "nl, en"


def test_without_a_setting_it_is_the_contact_of_the_network(client):
    assert lines_of(client.get(SECURITY))["Contact"].startswith("mailto:")


@pytest.mark.at("2028-02-29 00:01")
def test_it_is_never_stale_and_never_for_a_year(client):
    expires = datetime.fromisoformat(lines_of(client.get(SECURITY))["Expires"])
    assert timedelta(days=30) < expires - clock.now() < timedelta(days=365)


def test_a_password_manager_is_led_to_the_page(client):
    assert client.get(PASSWORD).url == reverse("account_change_password")
    marie = factories.user(person=factories.person(name="Marie Devos"))
    client.force_login(marie, backend=BACKEND)
    assert client.get(PASSWORD, follow=True).status_code == 200


def test_what_does_not_exist_says_so(client):
    name = "resource-that-should-not-exist-whose-status-code-should-not-be-200"
    assert client.get(f"/.well-known/{name}").status_code == 404
