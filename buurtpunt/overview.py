"""The coordinator's overview of an edition: who needs her first, and why.

`overview` fetches in a number of queries that does not grow with the villages; the rest is pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from django.urls import reverse

from actionplans import access as plans_access
from actionplans.access import OpenComments, Progress
from actionplans.models import ActionPlan
from network import access, clock, formats
from network.models import Edition, Person, Village
from sessions import access as sessions_access
from sessions.access import Invitee, VillageAnswers
from sessions.models import WorkSession
from sessions.moments import Moment, moments
from sessions.reminders.timeline import timeline

# A village without a yes becomes urgent this long before the session.
SESSION_IS_NEAR = timedelta(days=14)


@dataclass(frozen=True)
class Step:
    """What the coordinator can do for a village: a short button, and a longer one above."""

    label: str
    href: str
    whole: str = ""


@dataclass(frozen=True)
class Row:
    """One village. `reason` is why it comes first; "" for one that is on schedule."""

    village: Village
    lead: Person | None
    coaches: str
    state: str
    reason: str  # why this village comes first
    step: Step
    progress: Progress | None
    open_comments: OpenComments
    answer: str
    url: str

    @property
    def banner(self) -> str:
        """The step as a sentence: "Bel Rita in Hoekskapelle"."""
        if self.step.href.startswith(("tel:", "mailto:")) and self.lead:
            return f"{self.step.label.split()[0]} {self.lead.first_name} in {self.village}"
        return f"{self.village}: {self.reason[0].lower()}{self.reason[1:]}"

    @property
    def banner_text(self) -> str:
        """The reason as a sentence, where the banner's title does not say it."""
        return "" if self.banner.endswith(self.reason[1:]) else f"{self.reason}."

    @property
    def button(self) -> str:
        """The step on the banner's button, with the number to call."""
        if self.step.href.startswith("tel:") and self.lead:
            return f"Bel {formats.phone(self.lead.phone)}"
        return self.step.whole or self.step.label


@dataclass(frozen=True)
class Facts:
    """What the floors below know of one village."""

    village: Village
    lead: Person | None
    coaches: list[str]
    is_lead_invited: bool
    plan: ActionPlan | None
    progress: Progress | None
    last_at: datetime | None
    open_comments: OpenComments
    answers: VillageAnswers | None


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
    first = sorted((row for row in rows if row.reason), key=_urgency)
    mails = moments(session, timeline(session, invitees, now), now) if session else []
    return Overview(first, [row for row in rows if not row.reason], session, mails)


def _facts(edition: Edition, session: WorkSession | None, invitees: list[Invitee]) -> list[Facts]:
    villages = list(access.villages_of(edition))
    plans = {plan.village_id: plan for plan in plans_access.plans_of(villages)}
    progress = plans_access.progress(plans.values())
    latest = plans_access.last_activity(plans.values())
    comments = plans_access.open_comments(plans.values())
    invited = access.villages_with_invited_lead(edition)
    answers = _answers(session, invitees)
    found = []
    for village in villages:
        plan = plans.get(village.pk)
        leads = [row.person for row in village.open_memberships if row.role == "lead"]
        found.append(
            Facts(
                village=village,
                lead=leads[0] if leads else None,
                coaches=[row.person.name for row in village.open_coaches],
                is_lead_invited=village.pk in invited,
                plan=plan,
                progress=progress.get(plan.pk) if plan else None,
                last_at=latest.get(plan.pk) if plan else None,
                open_comments=comments[plan.pk] if plan else OpenComments(),
                answers=answers.get(village.pk),
            )
        )
    return found


def _answers(session: WorkSession | None, invitees: list[Invitee]) -> dict[int, VillageAnswers]:
    found = sessions_access.answers_by_village(session, invitees) if session else []
    return {answers.village.pk: answers for answers in found}


def row_of(facts: Facts, session: WorkSession | None, now: datetime) -> Row:
    """How one village is doing, and what to do about it."""
    resting = _resting(facts)
    reason = "" if resting else _reason(facts, session, now)
    return Row(
        village=facts.village,
        lead=facts.lead,
        coaches=_coaches(facts, reason),
        state=resting or reason or _doing(facts, now),
        reason=reason,
        step=_step(facts, reason),
        progress=facts.progress,
        open_comments=facts.open_comments,
        answer=_answer(facts.answers),
        url=_plan_url(facts.village) if facts.plan else _people_url(facts.village),
    )


def _coaches(facts: Facts, reason: str) -> str:
    """Coach: Els Verhaeghe; "" where the reason says already that there is none."""
    if not facts.coaches:
        return "" if reason == NO_COACH else "Geen coach"
    return f"Coach: {formats.join_names(dict.fromkeys(facts.coaches))}"


NO_LEAD = "Nog geen trekker"
LEAD_INVITED = "De trekker antwoordde nog niet op de uitnodiging"
NO_COACH = "Nog geen coach"
NOBODY_COMES = "Nog niemand komt naar de werksessie"
QUIET = "Stil sinds"
URGENCY = (NO_LEAD, LEAD_INVITED, NOBODY_COMES, QUIET, NO_COACH)


def _urgency(row: Row) -> tuple[int, str]:
    order = next(place for place, words in enumerate(URGENCY) if row.reason.startswith(words))
    return order, formats.text_key(row.village.name)


def _resting(facts: Facts) -> str:
    """A village on pause is left alone."""
    plan = facts.plan
    if facts.village.stopped_on or (plan and plan.course == ActionPlan.Course.STOPPED):
        return "Gestopt"
    return "Even op pauze" if plan and plan.course == ActionPlan.Course.PAUSED else ""


def _reason(facts: Facts, session: WorkSession | None, now: datetime) -> str:
    if facts.lead is None:
        return LEAD_INVITED if facts.is_lead_invited else NO_LEAD
    near = session is not None and session.starts_at - now <= SESSION_IS_NEAR
    if near and facts.answers is not None and facts.answers.is_absent:
        return NOBODY_COMES
    since = max(facts.last_at or facts.village.created_at, facts.village.created_at)
    if now - since >= plans_access.QUIET_AFTER:
        return f"{QUIET} {formats.relative_day(since, clock.local(now).date())}".replace(
            " geleden", ""
        )
    return "" if facts.coaches else NO_COACH


def _doing(facts: Facts, now: datetime) -> str:
    if facts.last_at is None:
        return "Nog niet begonnen met schrijven"
    return f"Schreef {formats.relative_day(facts.last_at, clock.local(now).date())}"


def _step(facts: Facts, reason: str) -> Step:
    """The action in the row: call or mail the lead, or mend what is missing."""
    people = _people_url(facts.village)
    if reason == NO_LEAD:
        return Step("Nodig uit", f"{people}uitnodigen/", "Nodig de trekker uit")
    if reason == LEAD_INVITED:
        return Step("Bekijk", people, "Bekijk de uitnodiging")
    if reason == NO_COACH:
        page = reverse("network:coaches", args=[facts.village.edition.slug])
        return Step("Kies een coach", f"{page}?dorp={facts.village.pk}#wijs-toe")
    if reason and facts.lead:
        return _reach(facts.lead, people)
    if facts.plan:
        return Step("Lees mee", _plan_url(facts.village))
    return Step("Mensen", people)


def _reach(lead: Person, otherwise: str) -> Step:
    if link := formats.tel_link(lead.phone):
        return Step(f"Bel {lead.first_name}", link)
    if lead.email:
        return Step(f"Mail {lead.first_name}", f"mailto:{quote(lead.email)}")
    return Step(f"Zoek {lead.first_name}", otherwise)


def _answer(answers: VillageAnswers | None) -> str:
    """Komt met 2 · Misschien · Komt niet · Nog geen antwoord"""
    if answers is None:
        return "Nog niet gepland"
    if answers.coming:
        return f"Komt met {len(answers.coming)}"
    if answers.unsure:
        return "Misschien"
    return "Komt niet" if answers.away and not answers.silent else "Nog geen antwoord"


def _people_url(village: Village) -> str:
    return reverse("network:people", args=[village.edition.slug, village.slug])


def _plan_url(village: Village) -> str:
    return reverse("actionplans:plan", args=[village.edition.slug, village.slug])
