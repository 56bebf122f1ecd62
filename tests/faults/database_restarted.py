"""PostgreSQL restarts under load: while it is away a page says so, and afterwards no error.

Nothing that was acknowledged is missing, and the workers go on by themselves.
"""

import time

from django.db import connections

from network.models import Heartbeat
from tests.faults import load, site
from tests.faults.visitors import Crowd

AWAY = 503
WAITS_AT_MOST = 20.0  # seconds for one answer, on a busy machine


def run(*, short: bool) -> None:
    rounds, away = (2, 1) if short else (6, 5)
    with site.running(only=["web", "mail", "beat"]) as here:
        people = load.of_the_cast(here, writers=3 if short else 6)
        with Crowd(people.works, pause=0.02):
            time.sleep(2)
            for turn in range(rounds):
                _restart(here, people, away if turn % 2 else 0)
                _all_is_well(here, people)
        missing = people.missing()
        print(f"{people.acknowledged()} saves acknowledged, {len(missing)} missing", flush=True)
        assert people.acknowledged() and not missing, missing[:5]
        site.wait_until(_a_new_sweep(), what="a sweep after the last restart")


def _restart(here: site.Site, people: load.Load, away: float) -> None:
    """At once, and with some seconds in which nobody answers."""
    connections.close_all()
    here.ground.postgresql.stop()
    if away:
        answer = here.visitor().get("/")
        assert answer.status == AWAY and "We zijn er zo weer" in answer.text, answer.text
        health = here.visitor().get("/healthz")
        assert health.status == AWAY and "database" in health.text, health.text
        time.sleep(away)
    here.ground.postgresql.start()
    time.sleep(1)  # what was asked before is answered
    seen = people.statuses()
    print(f"around the restart: {dict(seen)}, slowest {people.slowest:.1f} s", flush=True)
    assert set(seen) <= {200, AWAY}, f"{dict(seen)}\n{here.errors()}"
    assert people.slowest < WAITS_AT_MOST, f"an answer took {people.slowest:.1f} s"


def _all_is_well(here: site.Site, people: load.Load) -> None:
    """Each open connection broke, and none of them costs anybody an error now."""
    people.forget()
    time.sleep(3)
    seen = people.statuses()
    print(f"after it: {dict(seen)}", flush=True)
    assert set(seen) == {200}, f"{dict(seen)}\n{here.errors()}"
    people.forget()


def _a_new_sweep():
    before = Heartbeat.objects.get(name="sweep").beat_at
    return lambda: Heartbeat.objects.get(name="sweep").beat_at > before
