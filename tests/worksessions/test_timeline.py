"""The timeline says of every mail what was planned, what left, what did not and why."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail as django_mail

from network import clock, emails, folding, sweeping, tasks
from network.models import AuditEntry, OutgoingMail, Person
from sessions import access, actions
from sessions.models import Place, WorkSession
from sessions.reminders.timeline import Entry, timeline
from tests.worksessions.made import at, rules, work_session

# The morning of the mail about what to bring to the session of 1 December.
pytestmark = [pytest.mark.django_db, pytest.mark.at("2026-11-24 09:00")]
START = at("2026-12-01 13:30")
DESK = "/coordinatie/voorjaar/werksessies/2/"
GUESTS = 6


@pytest.fixture
def session(world):
    rules(world.edition)
    return work_session(edition=world.edition, starts_at=START)


def tick():
    sweeping.sweep()
    tasks.drain_mail()


def entry(session: WorkSession, key: str) -> Entry:
    shown = timeline(session, access.invitees(session), clock.now())
    return next(entry for entry in shown if entry.key == key)


def states(session: WorkSession, key: str) -> dict[str, int]:
    return dict(Counter(line.state for line in entry(session, key).lines))


def move(world, session: WorkSession, by: timedelta) -> WorkSession:
    return actions.move_session(
        by=world.person("coordinator"),
        session=session,
        starts_at=session.starts_at + by,
        ends_at=session.ends_at + by,
        place=Place(place_name="Gildezaal", municipality="Hoekskapelle"),
    )


def test_what_left_before_a_move_still_stands_as_sent_when_it_left(session, world, time_machine):
    tick()
    time_machine.shift(timedelta(hours=5))
    moved = move(world, session, timedelta(hours=2))
    tick()
    assert states(moved, "prepare") == {"sent": GUESTS}
    assert entry(moved, "prepare").at == at("2026-11-24 09:00")


def test_what_leaves_again_after_a_move_stands_there_twice(session, world, time_machine):
    tick()
    time_machine.shift(timedelta(hours=5))
    moved = move(world, session, timedelta(days=14))
    tick()
    assert states(moved, "prepare") == {"sent": GUESTS, "planned": GUESTS}
    assert entry(moved, "prepare").at == at("2026-12-08 09:00")


def test_what_a_move_kept_home_is_no_mail_that_left(session, world, time_machine):
    sweeping.sweep()
    moved = move(world, session, timedelta(hours=2))
    tick()
    assert states(moved, "prepare") == {"skipped": GUESTS}


@pytest.mark.parametrize("is_ready", [False, True])
def test_who_unsubscribed_with_one_click_gets_no_reminder_and_the_timeline_says_why(
    client, session, world, is_ready
):
    if is_ready:
        sweeping.sweep()
        folding.fold(clock.now())
    path = emails.unsubscribe_path(world.person("lead").pk)
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    tick()
    assert "lead@buurtpunt.example" not in {to for m in django_mail.outbox for to in m.to}
    assert states(session, "prepare") == {"sent": GUESTS - 1, "skipped": 1}
    assert dict(entry(session, "prepare").reasons) == {"wil deze mails niet": 1}


def test_who_had_two_mails_this_week_waits_and_the_timeline_says_why(sign_in, world, time_machine):
    time_machine.move_to(at("2026-11-25 10:00"), tick=False)
    rules(world.edition)
    late = work_session(
        edition=world.edition, starts_at=START + timedelta(days=10), published_at=clock.now()
    )
    for number in (1, 2):
        OutgoingMail.objects.create(
            kind="notices",
            key=f"notices:{number}",
            category="digest",
            person=world.person("lead"),
            not_before=at("2026-11-24 09:00"),
            created_at=clock.now(),
            state="sent",
        )
    tick()
    assert states(late, "invitation") == {"sent": GUESTS - 1, "waits": 1}
    page = sign_in("coordinator").get(DESK).content.decode()
    assert "Verstuurd aan 5 mensen. Wacht bij 1 mens." in page
    page = sign_in("coordinator").get(DESK + "mails/invitation/").content.decode()
    assert "<td>er gingen die week al twee mails</td>" in page


def test_a_mail_that_failed_says_so(sign_in, session, world):
    tick()
    row = OutgoingMail.objects.get(person=world.person("lead"))
    row.state, row.reason = "failed", "de mailserver weigert het adres (550)"
    row.save()
    assert states(session, "prepare") == {"sent": GUESTS - 1, "failed": 1}
    assert "Mislukt bij 1 mens." in sign_in("coordinator").get(DESK).content.decode()
    page = sign_in("coordinator").get(DESK + "mails/prepare/").content.decode()
    assert "de mailserver weigert het adres (550)" in page
    assert page.count("Stuur opnieuw") == 1


@pytest.mark.parametrize("state", ["failed", "unknown"])
def test_what_did_not_arrive_is_sent_again_by_hand(sign_in, session, world, state):
    marie = world.person("lead")
    tick()
    OutgoingMail.objects.filter(person=marie).update(state=state, reason="550")
    Person.objects.filter(pk=marie.pk).update(bounced_at=clock.now())
    old = OutgoingMail.objects.get(person=marie)
    list_of = DESK + "mails/prepare/"
    again = f"{list_of}{old.pk}/opnieuw/"
    assert f'action="{again}"' in sign_in("coordinator").get(list_of).content.decode()
    client = sign_in("coordinator")
    answers = [client.post(again) for _ in range(2)]
    assert {(answer.status_code, answer.url) for answer in answers} == {(303, list_of)}
    tick()
    new = OutgoingMail.objects.get(resend_of=old)
    assert (new.state, old.message_id != new.message_id) == ("sent", True)
    assert states(session, "prepare") == {"sent": GUESTS}
    assert len([m for m in django_mail.outbox if m.to == [marie.email]]) == 2
    assert AuditEntry.objects.get(verb="mail.sent-again").by == world.person("coordinator")


def test_a_mail_of_another_edition_is_not_sent_again_from_here(sign_in, session, world):
    tick()
    elsewhere = OutgoingMail.objects.create(
        kind="photo_takedown",
        key="photo_takedown-1",
        category="must",
        person=world.person("lead"),
        not_before=clock.now(),
        created_at=clock.now(),
        state="failed",
    )
    sign_in("coordinator").post(f"{DESK}mails/prepare/{elsewhere.pk}/opnieuw/")
    assert not elsewhere.resends.exists()


def test_a_cancellation_that_is_sent_again_stands_on_the_timeline_once(sign_in, session, world):
    actions.cancel_session(by=world.person("coordinator"), session=session)
    OutgoingMail.objects.filter(person=world.person("lead")).update(state="failed")
    old = OutgoingMail.objects.get(person=world.person("lead"))
    list_of = f"{DESK}mails/worksession-cancelled-{session.pk}/"
    sign_in("coordinator").post(f"{list_of}{old.pk}/opnieuw/")
    tick()
    session.refresh_from_db()
    assert states(session, f"worksession-cancelled:{session.pk}") == {"sent": GUESTS}
