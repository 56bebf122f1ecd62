"""The coach's desk: one quiet row per village, those that wait for her first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from actionplans import access, saving
from actionplans.access import NextSession, Progress, Waiting
from actionplans.models import ActionPlan
from network import clock, formats
from network.models import Village


@dataclass(frozen=True)
class DeskRow:
    """What a coach wants to know about one village. `plan` is None where nobody began yet."""

    village: Village
    plan: ActionPlan | None
    waiting: Waiting
    changed: int
    has_visited: bool
    last_written_on: date | None
    session: NextSession | None
    progress: Progress | None

    @property
    def waits_for_me(self) -> bool:
        return bool(self.waiting.answered or self.waiting.ready or self.waiting.drafts)

    @property
    def tasks(self) -> list[str]:
        """What waits for the coach, in words."""
        counted = (
            (self.waiting.answered, "antwoord om te lezen", "antwoorden om te lezen"),
            (self.waiting.ready, "onderdeel klaar om te lezen", "onderdelen klaar om te lezen"),
            (self.waiting.drafts, "opmerking nog te versturen", "opmerkingen nog te versturen"),
        )
        return [formats.plural(count, one, many) for count, one, many in counted if count]

    @property
    def change(self) -> str:
        if self.plan is None:
            return "Nog niet begonnen"
        if not self.has_visited:
            return "Nog niet gelezen"
        if not self.changed:
            return "Niets veranderd"
        return formats.plural(self.changed, "woord", "woorden") + " veranderd"

    @property
    def days_quiet(self) -> int | None:
        if self.last_written_on is None:
            return None
        return max((clock.today() - self.last_written_on).days, 0)

    @property
    def is_quiet(self) -> bool:
        return self.days_quiet is not None and self.days_quiet >= access.QUIET_AFTER.days

    @property
    def rhythm(self) -> str:
        """When somebody of the village last wrote, as a coach would say it."""
        days = self.days_quiet
        if days is None:
            return ""
        if days == 0:
            return "vandaag nog geschreven"
        if days == 1:
            return "gisteren geschreven"
        if days < access.QUIET_AFTER.days:
            return f"{days} dagen stil"
        return f"{days // 7} weken stil"


def rows(user: Any, villages: Iterable[Village]) -> list[DeskRow]:
    """The rows of these villages in their order; a fixed number of queries."""
    villages = list(villages)
    plans = {plan.village_id: plan for plan in access.plans_of(villages)}
    waiting, visited = access.waiting(user, plans.values()), access.visits(user, plans.values())
    changed = changed_words(user, plans.values())
    written, progress = access.last_activity(plans.values()), access.progress(plans.values())
    sessions = access.next_sessions({village.edition_id for village in villages})
    made = []
    for village in villages:
        plan = plans.get(village.pk)
        pk = plan.pk if plan else 0
        row = DeskRow(
            village,
            plan,
            waiting.get(pk, Waiting()),
            changed.get(pk, 0),
            pk in visited,
            clock.local(written[pk]).date() if pk in written else None,
            sessions.get(village.edition_id),
            progress.get(pk),
        )
        made.append(row)
    return made


def changed_words(user: Any, plans: Iterable[ActionPlan]) -> dict[int, int]:
    """Words written, removed or replaced since this person last read each plan, by plan id."""
    counts: dict[int, int] = {}
    for plan, found in access.rewritten(user, plans).items():
        counts[plan] = sum(saving.changed_words((row.before, row.answer) for row in found))
    return counts
