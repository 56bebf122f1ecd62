"""The program behind tests/bench/sweep.py: makes villages, then does ticks for each line it reads
and prints their mean processor time in milliseconds."""

import sys
import time
from datetime import timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402  Django must be set up first

from network import clock, tasks  # noqa: E402
from tests import factories  # noqa: E402
from tests.worksessions.made import rules, work_session  # noqa: E402

PEOPLE_A_VILLAGE = 6


def main(villages: int, ticks: int) -> None:
    call_command("migrate", verbosity=0)
    edition = factories.edition()
    for _ in range(villages):
        village = factories.village(edition=edition)
        for _ in range(PEOPLE_A_VILLAGE):
            factories.membership(village=village, person=factories.person())
    rules(edition)
    work_session(edition=edition, starts_at=clock.now() + timedelta(days=6, hours=3))
    # What is within reach is written, but lies ahead: nothing may leave while we look.
    edition.reminder_rules.exclude(key__in=["practical", "after"]).update(is_on=False)
    tasks.sweep()
    print("ready", flush=True)
    for _ in sys.stdin:
        started = time.process_time()
        for _ in range(ticks):
            tasks.sweep()
        print((time.process_time() - started) / ticks * 1000, flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
