"""One village on the coordinator's overview: how it is doing, and what to do about it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from urllib.parse import quote

from django.urls import reverse

from actionplans import access as plans_access
from actionplans.access import OpenComments, Progress
from actionplans.models import ActionPlan
from network import clock, formats
from network.models import Person, Village
from sessions.access import VillageAnswers
from sessions.models import WorkSession

# A village without a yes becomes urgent this long before the session.
SESSION_IS_NEAR = timedelta(days=14)


class Why(Enum):
    """Why a village comes first, in words, the most urgent first."""

    NO_LEAD = "Nog geen trekker"
    LEAD_INVITED = "De trekker antwoordde nog niet op de uitnodiging"
    NOBODY_COMES = "Nog niemand komt naar de werksessie"
    QUIET = "Stil sinds"  # and since when
    NO_COACH = "Nog geen coach"


@dataclass(frozen=True)
class Step:
    """What the coordinator can do for a village: a short button, and a longer one above."""

    label: str
    href: str
    whole: str = ""


@dataclass(frozen=True)
class Row:
    """One village. `why` is None for one that is on schedule or rests."""

    village: Village
    lead: Person | None
    coaches: str
    why: Why | None
    state: str  # the reason in words, that it rests, or what it did last
    activity: str  # what it did last, where `state` does not say it
    step: Step
    progress: Progress | None
    open_comments: OpenComments
    answer: str
    url: str

    @property
    def reason(self) -> str:
        return self.state if self.why else ""

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


def row_of(facts: Facts, session: WorkSession | None, now: datetime) -> Row:
    """How one village is doing, and what to do about it."""
    resting = _resting(facts)
    why = None if resting else _why(facts, session, now)
    activity = _activity(facts, now)
    state = resting or (_reason(why, facts, now) if why else activity)
    return Row(
        village=facts.village,
        lead=facts.lead,
        coaches=_coaches(facts, why),
        why=why,
        state=state,
        activity="" if state == activity or _says_when(why, facts) else activity,
        step=_step(facts, why),
        progress=facts.progress,
        open_comments=facts.open_comments,
        answer=_answer(facts.answers),
        url=_plan_url(facts.village) if facts.plan else _people_url(facts.village),
    )


def _says_when(why: Why | None, facts: Facts) -> bool:
    """Quiet since the last word: that is the last activity."""
    return why is Why.QUIET and facts.last_at is not None


def _coaches(facts: Facts, why: Why | None) -> str:
    """Coach: Els Verhaeghe; "" where the reason says already that there is none."""
    if not facts.coaches:
        return "" if why is Why.NO_COACH else "Geen coach"
    return f"Coach: {formats.join_names(dict.fromkeys(facts.coaches))}"


def _resting(facts: Facts) -> str:
    """A village on pause is left alone."""
    plan = facts.plan
    if facts.village.stopped_on or (plan and plan.course == ActionPlan.Course.STOPPED):
        return "Gestopt"
    return "Even op pauze" if plan and plan.course == ActionPlan.Course.PAUSED else ""


def _why(facts: Facts, session: WorkSession | None, now: datetime) -> Why | None:
    if facts.lead is None:
        return Why.LEAD_INVITED if facts.is_lead_invited else Why.NO_LEAD
    near = session is not None and session.starts_at - now <= SESSION_IS_NEAR
    if near and facts.answers is not None and facts.answers.is_absent:
        return Why.NOBODY_COMES
    if now - _quiet_since(facts) >= plans_access.QUIET_AFTER:
        return Why.QUIET
    return None if facts.coaches else Why.NO_COACH


def _quiet_since(facts: Facts) -> datetime:
    return max(facts.last_at or facts.village.created_at, facts.village.created_at)


def _reason(why: Why, facts: Facts, now: datetime) -> str:
    if why is not Why.QUIET:
        return why.value
    ago = formats.relative_day(_quiet_since(facts), clock.local(now).date())
    return f"{why.value} {ago.removesuffix(' geleden')}"


def _activity(facts: Facts, now: datetime) -> str:
    if facts.last_at is None:
        return "Nog niet begonnen met schrijven"
    return f"Schreef {formats.relative_day(facts.last_at, clock.local(now).date())}"


def _step(facts: Facts, why: Why | None) -> Step:
    """The action in the row: call or mail the lead, or mend what is missing."""
    people = _people_url(facts.village)
    if why is Why.NO_LEAD:
        return Step(
            "Nodig uit", _people_url(facts.village, "village-invite"), "Nodig de trekker uit"
        )
    if why is Why.LEAD_INVITED:
        return Step("Bekijk", people, "Bekijk de uitnodiging")
    if why is Why.NO_COACH:
        page = reverse("network:coaches", args=[facts.village.edition.slug])
        return Step("Kies een coach", f"{page}?dorp={facts.village.pk}#wijs-toe")
    if why and facts.lead:
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


def _people_url(village: Village, name: str = "people") -> str:
    return reverse(f"network:{name}", args=[village.edition.slug, village.slug])


def _plan_url(village: Village) -> str:
    return reverse("actionplans:plan", args=[village.edition.slug, village.slug])
