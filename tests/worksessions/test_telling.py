"""Before anything leaves, the coordinator sees who gets which mail."""

from datetime import timedelta

import pytest

from network import clock, delivery, formats
from network.models import CoachAssignment, Membership, Notice, OutgoingMail, Person
from sessions.models import ReminderRule
from tests import factories
from tests.worksessions.made import attendance, rules, work_session

pytestmark = pytest.mark.django_db
DESK = "/coordinatie/voorjaar/werksessies/"
GUESTS = 6


@pytest.fixture
def draft(world):
    rules(world.edition)
    return work_session(edition=world.edition, status="draft", published_at=None)


@pytest.fixture
def announced(world):
    rules(world.edition)
    return work_session(edition=world.edition)


def shifted(days: int) -> dict:
    day = str(clock.local(clock.now() + timedelta(days=days)).date())
    values = {"day": day, "begin": "14.00", "end": "17.00"}
    return {**values, "place_name": "Gildezaal", "municipality": "Hoekskapelle"}


def test_announcing_shows_first_who_gets_which_mail(sign_in, world, draft):
    georgette = factories.person(name="Georgette", email="", phone="051 30 12 34")
    factories.membership(village=world.village, person=georgette)
    client = sign_in("coordinator")
    page = client.get(DESK + "2/kondig-aan/").content.decode()
    assert "6 mensen krijgen deze mail" in page
    assert "Marie Devos" in page
    assert "Georgette: geen e-mailadres" in page
    assert DESK + "2/voorbeeld/invitation/" in page
    draft.refresh_from_db()
    assert (draft.status, Notice.objects.count()) == ("draft", 0)


def test_announcing_late_invites_at_once_and_everybody_once(sign_in, world, draft):
    client = sign_in("coordinator")
    assert client.post(DESK + "2/kondig-aan/").status_code == 303
    assert Notice.objects.filter(refs__rule="invitation").count() == GUESTS
    answer = client.post(DESK + "2/kondig-aan/")
    assert answer.status_code == 409
    assert Notice.objects.filter(refs__rule="invitation").count() == GUESTS
    assert sign_in("lead").get("/werksessies/voorjaar/2/").status_code == 200


def test_announcing_what_already_began_is_refused(sign_in, world):
    starts_at = clock.now() - timedelta(hours=1)
    work_session(edition=world.edition, starts_at=starts_at, status="draft", published_at=None)
    answer = sign_in("coordinator").post(DESK + "2/kondig-aan/")
    assert answer.status_code == 409
    assert "al begonnen" in answer.content.decode()


def test_a_move_shows_old_new_and_names_before_it_happens(sign_in, world, announced):
    client = sign_in("coordinator")
    page = client.post(DESK + "2/verplaats/", shifted(12))
    text = page.content.decode()
    assert page.status_code == 200
    assert "6 mensen krijgen deze mail" in text
    assert "Zaal De Klok" in text
    assert "14.00–17.00 uur, Gildezaal, Hoekskapelle" in text
    assert OutgoingMail.objects.count() == 0
    confirmed = client.post(DESK + "2/verplaats/", {**shifted(12), "confirmed": "1"})
    assert confirmed.status_code == 303
    assert OutgoingMail.objects.filter(kind="session.moved").count() == GUESTS
    announced.refresh_from_db()
    assert (announced.place_name, announced.sequence) == ("Gildezaal", 1)


def test_the_preview_of_a_move_says_what_the_mail_will_say(sign_in, world, announced):
    client = sign_in("coordinator")
    page = client.get(DESK + "2/voorbeeld/move/", {**shifted(12), "tekst": ""})
    assert page["Content-Type"] == "text/plain; charset=utf-8"
    assert "Gildezaal, Hoekskapelle" in page.content.decode()
    announced.refresh_from_db()
    assert announced.place_name == "Zaal De Klok"
    assert client.get(DESK + "2/voorbeeld/move/").status_code == 404


@pytest.mark.parametrize(("page", "sent"), [("verplaats/", shifted(12)), ("gelast-af/", None)])
def test_who_hears_of_a_change_is_who_a_mail_reaches(sign_in, world, announced, page, sent):
    """A move and a cancellation must arrive: that an address does not work is a guess."""
    editor, lead, reader = (world.person(who) for who in ("editor", "lead", "reader"))
    Person.objects.filter(pk=editor.pk).update(email="")
    Person.objects.filter(pk=lead.pk).update(bounced_at=clock.now())
    Person.objects.filter(pk=reader.pk).update(muted=["session", "plan", "digest"])
    client = sign_in("coordinator")
    shown = client.post(DESK + "2/" + page, sent) if sent else client.get(DESK + "2/" + page)
    assert f"{GUESTS - 1} mensen krijgen deze mail" in shown.content.decode()
    assert "Jef Wouters: geen e-mailadres" in shown.content.decode()
    client.post(DESK + "2/" + page, {**(sent or {}), "confirmed": "1"})
    mail_leaves_in = timedelta(minutes=11)
    OutgoingMail.objects.update(not_before=clock.now() - mail_leaves_in)
    assert delivery.drain() == GUESTS - 1


def test_after_a_move_that_nobody_heard_of_the_previews_name_what_people_know(
    sign_in, world, announced
):
    known = formats.moment(announced.starts_at)
    client = sign_in("coordinator")
    client.post(DESK + "2/verplaats/", {**shifted(12), "confirmed": "1"})
    cancelled = client.get(DESK + "2/voorbeeld/cancel/", {"tekst": ""}).content.decode()
    assert f"De werksessie van {known}" in cancelled
    again = client.post(DESK + "2/verplaats/", shifted(14)).content.decode()
    assert (
        "Het was</dt><dd>" + formats.moment_range(announced.starts_at, announced.ends_at) in again
    )
    moved = client.get(DESK + "2/voorbeeld/move/", {**shifted(14), "tekst": ""}).content.decode()
    assert "Zaal De Klok" in moved


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("page", "queries"), [("verplaats/", 33), ("gelast-af/", 24)])
def test_telling_asks_the_same_queries_for_more_people(
    sign_in, world, announced, page, queries, rows, django_assert_num_queries
):
    Membership.objects.exclude(person=world.person("lead")).delete()
    CoachAssignment.objects.all().delete()
    for _ in range(rows - 1):
        factories.membership(village=world.village, person=factories.person())
    client = sign_in("coordinator")
    with django_assert_num_queries(queries):
        client.post(DESK + "2/" + page, {**shifted(12), "confirmed": "1"})
    assert OutgoingMail.objects.count() == rows


def test_announcing_counts_nobody_who_wants_no_mail(sign_in, world, draft):
    Person.objects.filter(pk=world.person("reader").pk).update(muted=["session"])
    page = sign_in("coordinator").get(DESK + "2/kondig-aan/").content.decode()
    assert f"{GUESTS - 1} mensen krijgen deze mail" in page
    assert "Rika Claus: wil deze mails niet" in page
    sign_in("coordinator").post(DESK + "2/kondig-aan/")
    assert Notice.objects.filter(refs__rule="invitation").count() == GUESTS - 1


@pytest.mark.parametrize("changes", [{"end": "13.00"}, {"day": "2020-01-01"}])
def test_a_move_into_nonsense_is_refused_in_the_form(sign_in, world, announced, changes):
    sent = {**shifted(12), **changes, "confirmed": "1"}
    answer = sign_in("coordinator").post(DESK + "2/verplaats/", sent)
    assert answer.status_code == 422
    assert OutgoingMail.objects.count() == 0


def test_calling_off_shows_first_who_hears_it(sign_in, world, announced):
    client = sign_in("coordinator")
    assert "6 mensen krijgen deze mail" in client.get(DESK + "2/gelast-af/").content.decode()
    assert OutgoingMail.objects.count() == 0
    assert client.post(DESK + "2/gelast-af/").status_code == 303
    assert OutgoingMail.objects.filter(kind="session.cancelled").count() == GUESTS
    assert client.post(DESK + "2/gelast-af/").status_code == 409
    assert client.get(DESK + "2/gelast-af/").status_code == 409
    assert client.get(DESK + "2/verplaats/").status_code == 409


@pytest.mark.parametrize("key", ReminderRule.Key.values)
def test_every_mail_has_a_preview_that_runs_no_script(sign_in, world, announced, key):
    page = sign_in("coordinator").get(f"{DESK}2/voorbeeld/{key}/")
    assert page.status_code == 200
    assert "default-src 'none'" in page["Content-Security-Policy"]
    assert "sandbox" in page["Content-Security-Policy"]
    assert "werksessie" in page.content.decode().lower()


def test_the_example_in_a_preview_is_somebody_whom_a_mail_reaches(sign_in, world, announced):
    first = factories.person(name="Aagje Aarts", email="")
    factories.membership(village=world.village, person=first)
    page = sign_in("coordinator").get(DESK + "2/voorbeeld/prepare/?tekst").content.decode()
    assert page.startswith("Dag Rita,")


def test_a_preview_holds_nobodys_own_link(sign_in, world, announced):
    page = sign_in("coordinator").get(f"{DESK}2/voorbeeld/invitation/?tekst")
    assert "/antwoord/voorbeeld/?antwoord=ja" in page.content.decode()


def test_the_timeline_says_what_was_sent_and_skipped_and_why(sign_in, world, announced):
    attendance(session=announced, person=world.person("lead"), answer="no")
    page = sign_in("coordinator").get(DESK + "2/").content.decode()
    assert "6 overgeslagen: te laat" in page
    assert "naar 5 mensen" in page
    detail = sign_in("coordinator").get(DESK + "2/mails/invitation/").content.decode()
    assert "overgeslagen" in detail
    assert "te laat" in detail
    assert sign_in("coordinator").get(DESK + "2/mails/ooit/").status_code == 404


def test_an_edition_without_people_can_still_announce(sign_in, world):
    empty = factories.edition(slug="leeg")
    factories.coordinator_assignment(edition=empty, person=world.person("coordinator"))
    rules(empty)
    work_session(edition=empty, number=1, status="draft", published_at=None)
    client = sign_in("coordinator")
    assert (
        "Er vertrekt nog geen mail"
        in client.get("/coordinatie/leeg/werksessies/1/kondig-aan/").content.decode()
    )
    assert client.post("/coordinatie/leeg/werksessies/1/kondig-aan/").status_code == 303
