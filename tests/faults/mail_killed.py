"""932 reminders while the mail worker is killed every two seconds, and at two ordinary deploys.

None is doubled, none is lost, and only the mail that was being handed over at a kill may be
unknown; an ordinary stop costs none.
"""

import os
import signal
import time
from collections import Counter
from datetime import datetime, timedelta

from celery import current_app
from django.utils.timezone import now as real_now

from network import clock, folding, sweeping
from network.models import Edition, Membership, OutgoingMail, Person
from tests import moments
from tests.faults import site
from tests.worksessions import made

LIMIT_SECONDS = 900
MAILS, KILLS, DEPLOYS = 932, 25, 2
SHORT_MAILS, SHORT_KILLS, SHORT_DEPLOYS = 90, 2, 1
# Seconds that a worker gets between its start and its end.
EVERY, SHORT_EVERY = 2.0, 1.0
STOPS_WITHIN = 8.0  # seconds from SIGTERM, on a busy machine
State, Step = OutgoingMail.State, OutgoingMail.Step


def run(*, short: bool) -> None:
    mails, every = (SHORT_MAILS, SHORT_EVERY) if short else (MAILS, EVERY)
    most_kills, most_deploys = (SHORT_KILLS, SHORT_DEPLOYS) if short else (KILLS, DEPLOYS)
    kills = deploys = 0
    morning = _next_morning()
    _move_the_site_to(morning)
    with site.running(only=["beat"]) as here:
        here.sink.takes = 0.03
        guests = _session_that_reminds(here.world.edition, mails, morning)
        _start(here)
        site.wait_until(lambda: _count()[State.SENT], what="the first mail")
        while _waiting(guests) and deploys < most_deploys:
            _stop_for_a_deploy(here)
            deploys += 1
            _start(here)
            time.sleep(every)
        while _waiting(guests) and kills < most_kills:
            here.kill("mail")
            kills += 1
            _start(here)
            time.sleep(every)
        site.wait_until(lambda: not _waiting(guests), seconds=300, what="the other mails")
        if not short:  # what was in hand at a kill is decided when its lease has ended
            site.wait_until(lambda: not _count()[State.CLAIMED], seconds=240, what="the leases")
        _judge(here, guests, kills, deploys)


def _next_morning() -> datetime:
    """A moment of the day at which reminders leave, whenever this runs."""
    tomorrow = clock.local(real_now()).date() + timedelta(days=1)
    return clock.at(tomorrow, 9, 1)


def _move_the_site_to(moment: datetime) -> None:
    """The processes only: this one sees their rows and their mail."""
    os.environ["BUURTPUNT_CLOCK_AHEAD"] = str((moment - real_now()).total_seconds())
    os.environ["PYTHONPATH"] = moments.python_path()
    # A tick's message is of no use in the next one; on a busy machine one of a second is late.
    os.environ["BUURTPUNT_TICK"] = "5"


def _session_that_reminds(edition: Edition, count: int, morning: datetime) -> set[str]:
    """The addresses of everybody who hears that morning what to bring in a week."""
    village = edition.villages.order_by("pk").first()
    people = Person.objects.bulk_create(
        Person.named(f"Gast {number}", email=f"gast{number}@buurtpunt.example")
        for number in range(count)
    )
    joined = clock.today() - timedelta(days=90)
    Membership.objects.bulk_create(
        Membership(village=village, person=person, role="reader", from_on=joined)
        for person in people
    )
    made.rules(edition)
    made.work_session(
        edition=edition,
        starts_at=clock.at(clock.local(morning).date() + timedelta(days=7), 13, 30),
    )
    with clock.standing_at(morning):  # here, so that the workers have nothing to do but send
        sweeping.sweep()
        folding.fold(clock.now())
    return {person.email for person in people}


def _start(here: site.Site) -> None:
    """A worker that sends from its first moment, not from the next tick."""
    here.start("mail")
    current_app.send_task("network.tasks.drain_mail")


def _stop_for_a_deploy(here: site.Site) -> None:
    before, started = _count()[State.UNKNOWN], time.monotonic()
    assert here.kill("mail", signal.SIGTERM) == 0, "an ordinary stop is no failure"
    took = time.monotonic() - started
    print(f"stopped in {took:.1f} s; {dict(_count())}", flush=True)
    assert took < STOPS_WITHIN, f"a stop took {took:.1f} s"
    assert _count()[State.CLAIMED] == 0, "a worker that stopped holds nothing"
    assert _count()[State.UNKNOWN] == before, "an ordinary stop makes no mail unknown"


def _count() -> Counter[str]:
    return Counter(OutgoingMail.objects.values_list("state", flat=True))


def _waiting(guests: set[str]) -> int:
    """Mails that are still to come: not sent, and not in the hand of a worker that is gone."""
    mailed = OutgoingMail.objects.filter(person__email__in=guests)
    over = mailed.filter(state__in=[State.SENT, State.UNKNOWN, State.FAILED, State.SKIPPED])
    in_hand = mailed.filter(state=State.CLAIMED, step=Step.HANDING_OVER)
    return len(guests) - over.count() - in_hand.count()


def _judge(here: site.Site, guests: set[str], kills: int, deploys: int) -> None:
    rows = OutgoingMail.objects.filter(person__email__in=guests)
    states = Counter(rows.values_list("state", flat=True))
    arrived = {address for _, address in here.sink.counts} & guests
    print(
        f"{len(guests)} mails, {kills} kills, {deploys} deploys: {dict(states)}, "
        f"{len(arrived)} arrived, {len(here.sink.doubled())} doubled",
        flush=True,
    )
    in_doubt = states[State.UNKNOWN] + states[State.CLAIMED]
    assert not here.sink.doubled(), "a reminder came twice"
    assert in_doubt <= kills, f"{in_doubt} mails in doubt after {kills} kills"
    assert states[State.SENT] + in_doubt == len(guests), "a mail was lost"
    assert len(arrived) >= states[State.SENT], "a mail says sent and did not arrive"
