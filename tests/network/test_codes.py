"""Mailed codes: how long they live, how often they are tried, and who may ask for another."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.contrib.auth import get_user
from django.db import connection
from django.test import Client
from django.urls import reverse

from network import actions, clock, delivery
from network.models import OutgoingMail, PendingCode
from tests import factories
from tests.cast import BACKEND

MARIE = "marie@buurtpunt.example"
ASK, GIVE = reverse("account_request_login_code"), reverse("account_confirm_login_code")
FRESH = reverse("account_reauthenticate")
AT_ONCE = 12
pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def marie():
    return factories.user(person=factories.person(name="Marie Devos", email=MARIE))


def ask(client, email=MARIE):
    return client.post(ASK, {"email": email})


def newest_code() -> str:
    return OutgoingMail.objects.latest("pk").secret["code"]


def give(client, code):
    return client.post(GIVE, {"code": code})


def another(client):
    return client.post(GIVE, {"action": "resend"})


def sign_in(client):
    ask(client)
    give(client, newest_code())
    assert get_user(client).is_authenticated
    client.post(reverse("account_logout"))


@pytest.mark.at("2026-11-24 10:00")
def test_a_code_lives_a_quarter_of_an_hour(client, marie, time_machine):
    ask(client)
    time_machine.shift(timedelta(minutes=14))
    give(client, newest_code())
    assert get_user(client) == marie


@pytest.mark.at("2026-11-24 10:00")
@pytest.mark.parametrize(("minutes", "leaves"), [(14, 1), (16, 0)])
def test_a_code_that_expired_on_the_way_stays_home(
    client, marie, time_machine, mailoutbox, minutes, leaves
):
    ask(client)
    time_machine.shift(timedelta(minutes=minutes))
    delivery.drain()
    assert len(mailoutbox) == leaves
    row = OutgoingMail.objects.get()
    assert (row.reason, row.secret) == ("" if leaves else "de code verliep intussen", {})


@pytest.mark.at("2026-11-24 10:00")
def test_an_expired_code_says_so_and_another_is_one_button_away(client, marie, time_machine):
    ask(client)
    time_machine.shift(timedelta(minutes=16))
    old = give(client, newest_code())
    assert old.status_code == 422
    for page in (old, client.get(GIVE)):
        text = page.content.decode()
        assert text.count("Deze code is verlopen") >= 1 and "Mail me een nieuwe code" in text
    assert client.get(ASK).url == GIVE, "the page that asks leads to the button too"
    another(client)
    time_machine.shift(timedelta(minutes=14))
    give(client, newest_code())
    assert get_user(client) == marie


@pytest.mark.at("2026-11-24 10:00")
def test_a_code_that_nobody_waits_for_any_more_says_what_to_do(client, marie, time_machine):
    ask(client)
    time_machine.shift(timedelta(hours=7))
    answer = client.post(GIVE, {"code": newest_code()}, follow=True)
    assert answer.redirect_chain == [(ASK, 303)]
    assert "Die code werkt niet meer" in answer.content.decode()


def test_a_code_of_the_release_before_is_asked_anew(client, marie):
    """Its session names no row to count in."""
    ask(client)
    session = client.session
    del session["account_login"]["state"]["stages"]["login_by_code"]["data"]["row"]
    session.save()
    answer = client.post(GIVE, {"code": newest_code()}, follow=True)
    assert answer.redirect_chain == [(ASK, 303)]
    assert "Die code werkt niet meer" in answer.content.decode()


def test_only_the_newest_code_opens(client, marie):
    ask(client)
    first = newest_code()
    another(client)
    give(client, first)
    assert not get_user(client).is_authenticated
    give(client, newest_code())
    assert get_user(client) == marie


def test_no_more_than_two_others_and_then_it_begins_again(client, marie):
    ask(client)
    for _ in range(4):
        another(client)
    assert OutgoingMail.objects.count() == 3
    assert client.get(GIVE).url == ASK


@pytest.mark.at("2026-11-24 10:00")
def test_strangers_do_not_stop_the_browser_that_asked(client, marie, time_machine):
    ask(client)
    use_up(time_machine)
    assert another(client).status_code == 303
    give(client, newest_code())
    assert get_user(client) == marie


@pytest.mark.at("2026-11-24 10:00")
def test_strangers_do_not_stop_the_browser_that_signed_in_before(client, marie, time_machine):
    sign_in(client)
    use_up(time_machine)
    assert ask(client).status_code == 303
    give(client, newest_code())
    assert get_user(client) == marie


@pytest.mark.at("2026-11-24 10:00")
def test_it_has_a_limit_of_its_own(client, marie, time_machine):
    sign_in(client)
    asked = []
    for _ in range(4):
        asked.append(ask(client).status_code)
        client.post(reverse("account_logout"))
    assert asked == [303, 303, 303, 429]


@pytest.mark.at("2026-11-24 10:00")
def test_a_browser_that_knows_somebody_else_is_a_stranger(client, marie, time_machine):
    sign_in(client)
    factories.user(person=factories.person(email="rita@buurtpunt.example"))
    use_up(time_machine, "rita@buurtpunt.example")
    assert ask(client, "rita@buurtpunt.example").status_code == 429
    assert ask(client).status_code == 303


def test_strangers_who_guess_passwords_do_not_lock_her_out(client, marie):
    marie.set_password("een-lange-zin-over-brood")
    marie.save()
    sign_in(client)
    url = reverse("account_login")
    for _ in range(6):
        last = Client().post(url, {"login": MARIE, "password": "mis"}, REMOTE_ADDR="10.1.1.1")
    assert last.status_code == 429
    client.post(url, {"login": MARIE, "password": "een-lange-zin-over-brood"})
    assert get_user(client) == marie


def use_up(time_machine, email=MARIE):
    """Strangers, each with an address of their own, until nobody new may ask."""
    for number in range(12):
        time_machine.shift(timedelta(seconds=25))
        last = Client().post(ASK, {"email": email}, REMOTE_ADDR=f"10.0.0.{number}")
    assert last.status_code == 429
    time_machine.shift(timedelta(seconds=25))


@pytest.mark.django_db(transaction=True)
def test_guesses_that_come_together_are_all_counted(client, marie):
    ask(client)
    code, cookies = newest_code(), client.cookies
    answers = together(lambda: _guess(cookies))
    assert sum(status == 422 for status in answers) <= 2
    give(client, code)
    assert not get_user(client).is_authenticated


def _guess(cookies) -> int:
    guessing = Client()
    guessing.cookies = cookies
    return give(guessing, "AAAA-AAAA").status_code


@pytest.mark.django_db(transaction=True)
def test_of_tries_that_come_together_three_are_judged():
    code_id = actions.begin_code()
    assert sum(together(lambda: actions.count_try(code_id))) == actions.accounts.TRIES


@pytest.mark.django_db(transaction=True)
def test_others_that_are_asked_together_are_counted_too():
    code_id = actions.begin_code()
    assert sum(together(lambda: actions.renew_code(code_id))) == actions.accounts.RESENDS


@pytest.mark.django_db(transaction=True)
def test_a_right_code_opens_once():
    code_id = actions.begin_code()
    assert sum(together(lambda: actions.use_up(code_id))) == 1


def together(act) -> list:
    start = Barrier(AT_ONCE)

    def one(_):
        start.wait(10)
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_of_two_clicks_the_second_goes_where_the_first_one_went(client, marie):
    """It said that she had no tries left, and wrote over the session of the first one."""
    ask(client)
    before = client.session.items()
    PendingCode.objects.all().delete()  # the first click opened the door
    answer = client.post(f"{GIVE}?next=/mijn/gegevens/", {"code": newest_code()})
    assert (answer.status_code, answer["Location"]) == (303, "/mijn/gegevens/")
    assert client.session.items() == before
    assert not get_user(client).is_authenticated


def test_of_two_clicks_on_a_fresh_code_the_second_does_not_undo_the_first(client, marie):
    client.force_login(marie, backend=BACKEND)
    client.post(FRESH, {"action": "send"})
    before = client.session.items()
    PendingCode.objects.all().delete()
    answer = client.post(FRESH, {"code": newest_code()})
    assert (answer.status_code, answer["Location"]) == (303, reverse("network:profile"))
    assert client.session.items() == before


@pytest.mark.at("2026-11-24 10:00")
def test_rows_of_codes_go_after_a_day(time_machine):
    first = actions.begin_code()
    time_machine.shift(timedelta(days=1, minutes=1))
    second = actions.begin_code()
    assert {str(pk) for pk in PendingCode.objects.values_list("pk", flat=True)} == {second}
    assert first != second and clock.real_now().day == 25
