"""Demo data with a past: steps in order of time, each done at its own moment, while the sweep
and the mails of every day in between run as they would have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count

from django.core.mail import get_connection

from network import clock, delivery, folding, sweeping
from network.models import Notice, OutgoingMail

Step = Callable[[], object]
SWEEP_HOUR, SWEEP_MINUTE = 9, 5
LOOK_AHEAD_EVERY = 4  # days; sessions write their reminders a week ahead
BEFORE_THE_START = "van vóór de start van de demo"


@dataclass
class Story:
    """`today` is the day of the first start, in Brussels."""

    today: date
    steps: list[tuple[datetime, int, Step]] = field(default_factory=list)
    _numbers: count = field(default_factory=count)

    def moment(self, days: int, hour: int, minute: int = 0) -> datetime:
        """A moment this many days from today (negative: ago), on the clock of Brussels."""
        return clock.at(self.today + timedelta(days=days), hour, minute)

    def step(self, days: int, hour: int, minute: int, do: Step) -> None:
        """Do this at that moment; steps of one moment keep their order."""
        self.steps.append((self.moment(days, hour, minute), next(self._numbers), do))

    def sweep_daily(self, *, first_day: int) -> None:
        """Reminders and news leave each morning, from that day until yesterday. What comes is
        written ahead, so looking for it twice a week is enough."""
        for days in range(first_day, 0):
            if days % LOOK_AHEAD_EVERY == 0:
                self.step(days, SWEEP_HOUR, SWEEP_MINUTE, sweeping.sweep)
            self.step(days, SWEEP_HOUR, SWEEP_MINUTE, self._send)

    def tell(self) -> None:
        """Do every step in order of time, as far as it lies in the past."""
        now = clock.now()
        self._can_mail = _mail_server_answers()
        for moment, _, do in sorted(self.steps, key=lambda step: step[:2]):
            with clock.standing_at(min(moment, now)):
                do()
        self._leave_nothing_queued()

    def _send(self) -> None:
        folding.fold(clock.now())
        if self._can_mail:
            delivery.drain()

    def _leave_nothing_queued(self) -> None:
        """Mail of the past must not leave today."""
        queued = OutgoingMail.objects.filter(
            state__in=[OutgoingMail.State.QUEUED, OutgoingMail.State.RETRY],
            not_before__lt=clock.now(),
        )
        queued.update(state=OutgoingMail.State.SKIPPED, reason=BEFORE_THE_START, secret={})
        late = Notice.objects.filter(state=Notice.State.WAITING, not_before__lt=clock.now())
        late.update(state=Notice.State.SKIPPED, reason=BEFORE_THE_START)


def _mail_server_answers() -> bool:
    connection = get_connection(timeout=2)
    try:
        connection.open()
    except OSError:
        return False
    connection.close()
    return True
