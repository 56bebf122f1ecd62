"""Two mails a week, and none of the four around a session is the one that drops."""

from collections import Counter
from datetime import timedelta

import pytest

from network import clock, delivery, folding, sweeping
from network.models import Notice, OutgoingMail
from tests import factories
from tests.worksessions.made import at, rules, work_session

MONDAY = at("2027-01-11 13:30")
MONTH = timedelta(days=28)
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both,
    pytest.mark.at(MONDAY - timedelta(days=60)),
]


@pytest.fixture
def marie(db):
    edition = factories.edition()
    person = factories.person(name="Marie Devos")
    factories.membership(village=factories.village(edition=edition), person=person, role="lead")
    rules(edition)
    return person


def tick():
    sweeping.sweep()
    folding.fold(clock.now())
    delivery.drain()


def live_through(first_day, last_day, time_machine):
    """A tick each morning, just after the rules are due."""
    for day in range((last_day - first_day).days + 1):
        time_machine.move_to(clock.at(first_day + timedelta(days=day), 9, 1), tick=False)
        tick()


@pytest.mark.parametrize("weekday", range(7))
@pytest.mark.parametrize("days_apart", [27, 28, 29])
def test_two_sessions_four_weeks_apart_lose_no_mail(marie, time_machine, weekday, days_apart):
    edition = marie.memberships.get().village.edition
    first = MONDAY + timedelta(days=weekday)
    for number in (1, 2):
        start = first + timedelta(days=days_apart) * (number - 1)
        work_session(edition=edition, number=number, starts_at=start)
    meeting = clock.local(first).date()
    live_through(meeting - timedelta(days=8), meeting + timedelta(days=5), time_machine)
    told = Notice.objects.exclude(state="waiting").values_list("refs__rule", "state", "reason")
    assert set(told) >= {
        (rule, "folded", "") for rule in ("prepare", "practical", "invitation", "after")
    }
    assert {state for _, state, _ in told} == {"folded"}
    weeks = Counter(
        clock.local(sent_at).isocalendar()[:2]
        for sent_at in OutgoingMail.objects.values_list("sent_at", flat=True)
    )
    assert max(weeks.values()) <= 2


def test_a_mail_for_which_the_week_had_no_room_says_so(marie, time_machine):
    edition = marie.memberships.get().village.edition
    work_session(edition=edition, number=1, starts_at=MONDAY + timedelta(days=1))
    week = clock.local(MONDAY).date()
    time_machine.move_to(clock.at(week, 8), tick=False)
    for number in range(2):
        OutgoingMail.objects.create(
            key=f"earlier-{number}",
            kind=folding.FOLDED_KIND,
            category="digest",
            person=marie,
            state="sent",
            not_before=clock.now(),
            created_at=clock.now(),
        )
    time_machine.move_to(clock.at(week, 9, 1), tick=False)
    tick()
    time_machine.move_to(clock.at(week, 15, 1), tick=False)
    tick()
    practical = Notice.objects.get(refs__rule="practical")
    assert (practical.state, practical.reason) == ("skipped", folding.WEEK_IS_FULL)
