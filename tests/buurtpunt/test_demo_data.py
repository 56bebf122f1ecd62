"""One command fills an empty database with the demo, at any size."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from buurtpunt.demo.accounts import DOMAIN, accounts
from buurtpunt.demo.cast import MEMBERS, VILLAGES
from inspiration.models import Event, Photo, Presentation
from network import access, clock
from network.models import AuditEntry, Notice, OutgoingMail, Person, User
from sessions.models import WorkSession
from tests.cast import BACKEND

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo_data(django_db_setup, django_db_blocker):
    """Made once for this file, and really committed: pictures are made in threads."""
    with django_db_blocker.unblock():
        call_command("demo_data", verbosity=0)
        yield
        call_command("flush", interactive=False, verbosity=0)


def test_the_demo_has_its_two_editions_and_everybody_in_place(demo_data):
    running = access.current_edition()
    villages = list(access.villages_of(running))
    assert [v.name for v in villages] == sorted(name for name, _, _ in VILLAGES.values())
    assert all(any(m.role == "lead" for m in v.open_memberships) for v in villages)
    assert set(access.coordinators(running)) == {Person.objects.get(name="Greet Aerts")}
    closed = access.public_editions().get(slug="2019")
    assert (closed.is_current, closed.villages.count(), closed.closed_on.year) == (False, 0, 2020)


def test_each_account_on_the_button_can_sign_in(demo_data, settings):
    settings.DEMO = True
    emails = {account.email for account in accounts()}
    assert len(emails) == 7
    assert set(User.objects.filter(email__in=emails).values_list("email", flat=True)) == emails


def test_everybody_is_fictional_and_nobody_can_be_mailed_for_real(demo_data):
    addresses = Person.objects.exclude(email="").values_list("email", flat=True)
    assert {address.rpartition("@")[2] for address in addresses} == {DOMAIN}
    without = Person.objects.filter(email="", memberships__isnull=False)
    assert [person.name for person in without] == ["Godelieve Baert"]


def test_a_coach_left_and_reads_nothing_any_more(demo_data):
    nora = User.objects.get(email=f"nora@{DOMAIN}")
    assert not access.visible_villages(nora).exists()
    assert nora.person.coach_assignments.get().until_on < clock.today()


def test_the_second_session_comes_in_eight_days(demo_data):
    sessions = WorkSession.objects.filter(edition=access.current_edition())
    first, second = sessions.filter(number__lte=2).order_by("number")
    assert (first.status, second.status) == ("held", "published")
    assert clock.local(second.starts_at).date() == clock.today() + timedelta(days=8)


def test_nothing_of_the_past_leaves_today(demo_data):
    now = clock.now()
    waiting = OutgoingMail.objects.filter(state__in=["queued", "retry"], not_before__lt=now)
    assert waiting.count() == 0
    assert not Notice.objects.filter(state="waiting", not_before__lt=now).exists()


def test_what_happened_stands_in_the_audit_at_its_own_moment(demo_data):
    invited = AuditEntry.objects.filter(verb="invitation.accepted")
    assert invited.count() >= len(MEMBERS)
    assert max(invited.values_list("at", flat=True)) < clock.now() - timedelta(days=90)


def test_the_archive_shows_both_days(demo_data, client):
    page = client.get("/archief/").content.decode()
    assert "Inspiratiedag in Molendonk" in page
    assert "21 maart 2019" in page


def test_the_archive_went_through_its_gate(demo_data):
    old, day = (
        Event.objects.get(slug__startswith=s) for s in ("inspiratiedag-2019", "inspiratiedag-in")
    )
    drawn = Photo.objects.published().filter(album__event=old)
    assert drawn.count() == 4
    assert all("ekening" in photo.alt and "ekening" in photo.credit for photo in drawn)
    assert Photo.objects.published().filter(album__event=day).count() == 14
    kept_back = Photo.objects.filter(album__event=day, state="draft")
    assert sorted(kept_back.values_list("file__state", "consent")) == [
        ("failed", "unknown"),
        ("ready", "refused"),
        ("ready", "unknown"),
        ("refused", "unknown"),
    ]


def test_demo_has_a_deck_with_a_page_that_cannot_be_drawn_and_a_refused_one(demo_data):
    half, refused = Presentation.objects.filter(state="draft").order_by("position")
    assert half.title == "Pleintje v1.2"
    assert [slide.is_drawn for slide in half.slides.all()] == [True, False, True]
    assert (refused.file.state, refused.slide_count) == ("refused", 0)


def test_a_word_on_a_slide_of_the_demo_is_found(demo_data, client):
    talks = Presentation.objects.published().order_by("position")
    assert [talk.slide_count for talk in talks] == [7, 5, 4, 0]
    assert "#dia-4" in client.get("/zoeken/", {"q": "kapster"}).content.decode()


def test_a_database_with_data_is_left_alone(demo_data):
    with pytest.raises(CommandError, match="empty database"):
        call_command("demo_data")


def test_the_coordinator_sees_mails_that_did_not_arrive(demo_data, client):
    """One failed, one uncertain, and one that is tried again by itself."""
    trouble = OutgoingMail.objects.filter(state__in=["failed", "unknown", "retry"])
    assert sorted(trouble.values_list("state", flat=True)) == ["failed", "retry", "unknown"]
    client.force_login(User.objects.get(person__name="Greet Aerts"), backend=BACKEND)
    edition = access.current_edition().slug
    page = client.get(f"/coordinatie/{edition}/werksessies/2/mails/invitation/").content.decode()
    assert "Stuur ze alle 2 opnieuw" in page
    assert "wordt opnieuw geprobeerd" in page
