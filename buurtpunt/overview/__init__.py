"""The coordinator's overview of an edition: who needs her first, and why.

`overview` fetches in a number of queries that does not grow with the villages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from actionplans import access as plans_access
from actionplans.access import OpenComments, Progress
from actionplans.models import ActionPlan
from buurtpunt.overview.rows import Facts, Row, Why, row_of
from network import access, clock, formats
from network.models import Edition, Membership, Person, Village
from sessions import access as sessions_access
from sessions.access import Invitee, VillageAnswers
from sessions.models import WorkSession
from sessions.moments import Moment, moments
from sessions.reminders.timeline import timeline


@dataclass(frozen=True)
class Overview:
    first: list[Row]
    on_track: list[Row]
    session: WorkSession | None
    mails: list[Moment]

    @property
    def count(self) -> int:
        return len(self.first) + len(self.on_track)

    @property
    def title(self) -> str:
        if not self.count:
            return "Nog geen dorpen"
        if not self.first:
            return "Alle dorpen zitten op schema"
        count = len(self.first)
        if count == 1:
            return "Eén dorp wacht op jou"
        return f"{formats.count_words(count).capitalize()} dorpen wachten op jou"

    @property
    def first_title(self) -> str:
        count = len(self.first)
        return "Eerst dit dorp" if count == 1 else f"Eerst deze {formats.count_words(count)}"

    def lead_sentence(self, now: datetime) -> str:
        """Nog acht dagen tot werksessie 2. Vier van de zes dorpen zitten op schema."""
        parts = []
        if self.session:
            day = formats.relative_day(self.session.starts_at, clock.local(now).date())
            parts.append(f"Werksessie {self.session.number} is {day}.")
        if self.first and self.on_track:
            on_track, all_of_them = map(formats.count_words, (len(self.on_track), self.count))
            verb = "zit" if len(self.on_track) == 1 else "zitten"
            on_track = on_track.replace("één", "eén").capitalize()
            parts.append(f"{on_track} van de {all_of_them} dorpen {verb} op schema.")
        return " ".join(parts)


def overview(edition: Edition, now: datetime) -> Overview:
    """Everything the page shows, fetched once for all villages together."""
    session = sessions_access.next_session(edition, now)
    invitees = sessions_access.invitees(session) if session else []
    rows = [row_of(facts, session, now) for facts in _facts(edition, session, invitees)]
    first = sorted((row for row in rows if row.why), key=_urgency)
    mails = moments(session, timeline(session, invitees, now), now) if session else []
    return Overview(first, [row for row in rows if not row.why], session, mails)


def _urgency(row: Row) -> tuple[int, str]:
    return [None, *Why].index(row.why), formats.text_key(row.village.name)


def _facts(edition: Edition, session: WorkSession | None, invitees: list[Invitee]) -> list[Facts]:
    villages = list(access.villages_of(edition))
    invited = access.villages_with_invited_lead(edition)
    answers = _answers(session, invitees)
    about_plans = _about_plans(villages)
    return [
        Facts(
            village=village,
            lead=_lead(village),
            coaches=[row.person.name for row in village.open_coaches],
            is_lead_invited=village.pk in invited,
            answers=answers.get(village.pk),
            **about_plans.get(village.pk, NO_PLAN),
        )
        for village in villages
    ]


class AboutPlan(TypedDict):
    plan: ActionPlan | None
    progress: Progress | None
    last_at: datetime | None
    open_comments: OpenComments


NO_PLAN = AboutPlan(plan=None, progress=None, last_at=None, open_comments=OpenComments())


def _about_plans(villages: list[Village]) -> dict[int, AboutPlan]:
    """By village id, of those that have a plan."""
    plans = list(plans_access.plans_of(villages))
    progress = plans_access.progress(plans)
    latest = plans_access.last_activity(plans)
    comments = plans_access.open_comments(plans)
    return {
        plan.village_id: AboutPlan(
            plan=plan,
            progress=progress.get(plan.pk),
            last_at=latest.get(plan.pk),
            open_comments=comments[plan.pk],
        )
        for plan in plans
    }


def _lead(village: Village) -> Person | None:
    leads = (row.person for row in village.open_memberships if row.role == Membership.Role.LEAD)
    return next(leads, None)


def _answers(session: WorkSession | None, invitees: list[Invitee]) -> dict[int, VillageAnswers]:
    found = sessions_access.answers_by_village(session, invitees) if session else []
    return {answers.village.pk: answers for answers in found}
