"""The pages of the demo: in demo mode they work, anywhere else they are not there."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.urls import NoReverseMatch, reverse

from buurtpunt.demo.accounts import accounts
from network import clock
from network.models import Notice, OutgoingMail
from tests import factories
from tests.demo_mode import rebuild_urls
from tests.worksessions import made

pytestmark = pytest.mark.django_db
PAGES = ["/demo/", "/demo/aanmelden/", "/demo/klok/", "/demo/post/1/", "/demo/post/1/html/"]
GREET = "greet@buurtpunt.example"


def test_a_button_signs_in_at_once(client, demo_mode):
    email, shows = accounts()[0]
    user = factories.user(person=factories.person(email=email))
    text = client.get(reverse("account_request_login_code")).content.decode()
    assert email in text and shows in text
    response = client.post(reverse("demo-sign-in"), {"email": email})
    assert (response.status_code, response.url) == (303, reverse("start"))
    assert get_user(client) == user


def test_nobody_but_a_demo_account_has_a_button(client, demo_mode):
    factories.user(person=factories.person(email="iemand@buurtpunt.example"))
    for email in ("iemand@buurtpunt.example", ""):
        assert client.post(reverse("demo-sign-in"), {"email": email}).status_code == 404
    assert not get_user(client).is_authenticated


def test_signing_in_never_leads_to_another_site(client, demo_mode):
    email = accounts()[0].email
    factories.user(person=factories.person(email=email))
    sent = {"email": email, "next": "https://elders.example/"}
    assert client.post(reverse("demo-sign-in"), sent).url == reverse("start")


@pytest.mark.parametrize(("to", "days"), [("dag", 1), ("week", 7)])
def test_the_clock_jumps(client, demo_mode, to, days):
    before = clock.now()
    assert client.post(reverse("demo-clock"), {"naar": to}).status_code == 303
    ahead = clock.now() - before
    assert timedelta(days=days) <= ahead < timedelta(days=days, minutes=1)
    assert "Het is nu" in client.get(reverse("demo")).content.decode()


def test_a_jump_to_the_next_reminder_brings_its_mail(client, demo_mode, world, mailoutbox):
    meeting = made.work_session(edition=world.edition)
    made.rules(world.edition)
    response = client.post(reverse("demo-clock"), {"naar": "herinnering"})
    assert response.status_code == 303
    assert mailoutbox and Notice.objects.filter(key__startswith=meeting.mail_key).exists()
    assert clock.now() < meeting.starts_at


def test_a_long_jump_meets_every_mail_on_its_way(client, demo_mode, world, mailoutbox):
    made.work_session(edition=world.edition)
    made.rules(world.edition)
    client.post(reverse("demo-clock"), {"naar": "week"})
    late = OutgoingMail.objects.filter(reason="te laat") | OutgoingMail.objects.filter(
        notices__reason="te laat"
    )
    days = {message.extra_headers["Message-ID"] for message in mailoutbox}
    assert len(days) == len(mailoutbox) > 0
    assert not late.exists()


def test_without_a_reminder_the_page_says_so(client, demo_mode):
    assert "Er staat geen herinnering meer klaar." in client.get(reverse("demo")).content.decode()
    response = client.post(reverse("demo-clock"), {"naar": "herinnering"}, follow=True)
    assert "Er staat geen herinnering meer klaar." in response.content.decode()


def test_the_inbox_shows_what_came_in(client, letter):
    text = client.get(reverse("demo")).content.decode()
    assert "Morgen werksessie 2" in text and "marie@buurtpunt.example" in text
    page = client.get(reverse("demo-letter", args=[letter.id])).content.decode()
    assert "Tot morgen." in page and "BEGIN:VCALENDAR" in page
    assert "sandbox=" in page and "allow-scripts" not in page


def test_the_html_of_a_mail_runs_nothing(client, letter):
    response = client.get(reverse("demo-letter-html", args=[letter.id]))
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sandbox " in policy
    assert "script" not in policy and "allow-same-origin" not in policy
    text = response.content.decode()
    assert "cid:" not in text and "/static/img/mail/horizon.png" in text


def test_a_letter_that_is_none_is_not_found(client, demo_mode):
    for name in ("demo-letter", "demo-letter-html"):
        assert client.get(reverse(name, args=["passwd"])).status_code == 404


def test_every_page_of_the_demo_says_that_it_is_one(client, demo_mode):
    assert "Dit is een demo" in client.get(reverse("account_login")).content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_outside_demo_mode_nothing_of_it_can_be_reached(client, settings, path):
    assert settings.DEMO is False
    rebuild_urls()
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404


def test_outside_demo_mode_no_name_and_no_button_is_left(client, settings):
    rebuild_urls()
    for name in ("demo", "demo-sign-in", "demo-clock"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    text = client.get(reverse("account_request_login_code")).content.decode()
    assert GREET not in text and "demo" not in text.lower()
    with pytest.raises(RuntimeError):
        clock.jump(by=timedelta(days=1))


def test_production_refuses_to_start_as_a_demo():
    environment = {**os.environ, "BUURTPUNT_DEMO": "1", "BUURTPUNT_PRODUCTION": "1"}
    started = subprocess.run(
        [sys.executable, "-c", "import buurtpunt.settings"],
        env=environment, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert started.returncode != 0
    assert "exclude each other" in started.stderr
