"""What the pages of a plan show: stamps, the next step, the open section, the folded rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from actionplans import access, forms, saving
from actionplans.access import Asked, Chapter, NextSession, OpenWork, Progress
from actionplans.forms import AnswerForm, TableForm
from actionplans.models import ActionPlan, PlanSection, Question, Section
from network import access as ground
from network import clock, formats


@dataclass
class QuestionPiece(saving.ShownQuestion):
    """A question as the page shows it: with a form for who writes, else to read."""

    url: str
    form: AnswerForm | TableForm | None = None
    readers: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def has_content(self) -> bool:
        return bool(self.extra.get("total")) or not self.asked.is_empty

    @property
    def status(self) -> str:
        """What the status line says before anybody types."""
        answer = self.asked.answer
        if answer is None or answer.saved_at is None:
            return "Nog leeg."
        return f"{saved_sentence(answer.saved_at)} {self.readers}"

    @property
    def status_state(self) -> str:
        answer = self.asked.answer
        return "" if answer and answer.revision else "empty"


@dataclass
class Fold:
    """One line of the list of sections."""

    chapter: Chapter
    url: str
    tag: str
    tone: str = ""

    @property
    def section(self) -> Section:
        return self.chapter.plan_section.section


def plan_args(plan: ActionPlan) -> list[str]:
    return [plan.village.edition.slug, plan.village.slug]


def section_url(plan: ActionPlan, section: Section) -> str:
    return reverse("actionplans:section", args=[*plan_args(plan), section.slug])


def pieces(
    request: HttpRequest,
    plan: ActionPlan,
    chapter: Chapter,
    *,
    can_write: bool,
    sent: AnswerForm | TableForm | None = None,
) -> list[QuestionPiece]:
    """The questions of one section; `sent` is a form with mistakes that takes its own place."""
    return [
        _piece(request, plan, chapter, asked, can_write=can_write, sent=sent)
        for asked in chapter.asked
    ]


def _piece(
    request: HttpRequest,
    plan: ActionPlan,
    chapter: Chapter,
    asked: Asked,
    *,
    can_write: bool,
    sent: AnswerForm | TableForm | None,
) -> QuestionPiece:
    question, row = asked.question, chapter.plan_section
    url = reverse("actionplans:answer", args=[*plan_args(plan), row.section.slug, question.key])
    piece = QuestionPiece(asked, url, readers=readers_sentence(row))
    if question.kind == Question.Kind.ACTIONS:
        piece.extra = action_table(request, plan, can_write=can_write)
    elif can_write and sent is not None and sent.question == question:
        piece.form = sent
    elif can_write:
        piece.form = forms.answer_form(question, asked.answer)
    return piece


def action_table(
    request: HttpRequest,
    plan: ActionPlan,
    *,
    can_write: bool,
    form: forms.QuickActionForm | None = None,
) -> dict[str, Any]:
    """Rows of the action table; `?wie=ik` keeps those of the reader. Names are for the dossier,
    like answers about people."""
    today, person = clock.today(), ground.person_of(request)
    only_mine = request.GET.get("wie") == "ik"
    rows = list(access.actions_of(plan))
    mine = sum(row.owner_id == person.pk and row.is_open for row in rows)
    shown = [row for row in rows if not only_mine or row.owner_id == person.pk]
    if can_write and form is None:
        form = forms.QuickActionForm(None, team=team(plan))
    return {
        "actions": [
            {"action": row, "late": row.is_overdue(today), "mine": row.owner_id == person.pk}
            for row in sorted(shown, key=lambda row: not row.is_open)
        ],
        "with_names": can_write or access.has_dossier(request.user, plan),
        "only_mine": only_mine,
        "mine": mine,
        "total": len(rows),
        "form": form,
    }


def team(plan: ActionPlan) -> list[Any]:
    people = {row.person for row in ground.memberships_of(plan.village)}
    return sorted(people, key=lambda person: person.sort_name)


def stamps(plan: ActionPlan, chapters: list[Chapter], now: Section | None) -> list[dict[str, Any]]:
    """The ten core sections as a stamp card, each with the number that the list gives it; no way
    to what the village keeps to itself."""
    core = [(c.plan_section, c.readable) for c in chapters if c.plan_section.section.is_core]
    return [
        {
            "number": row.section.number,
            "state": "done" if row.is_ready else "now" if row.section == now else "",
            "title": row.section.title,
            "href": section_url(plan, row.section) if readable else "",
        }
        for row, readable in core
    ]


def progress_sentence(progress: Progress) -> str:
    if progress.is_complete:
        return f"Alle {progress.total} kernonderdelen zijn klaar. Wat een werk, proficiat!"
    verb = "is" if progress.ready == 1 else "zijn"
    counted = f"{progress.ready} van de {progress.total} kernonderdelen"
    return f"{counted} {verb} klaar. Rustig aan: elk stukje telt."


def next_step(
    plan: ActionPlan, work: OpenWork, upcoming: NextSession | None, section: Section | None
) -> dict[str, Any]:
    """The one thing to do now."""
    before = f", vóór {formats.date_weekday(upcoming.starts_at)}" if upcoming else ""
    if not work.count:
        return {
            "kicker": f"Voor werksessie {work.number}{before}",
            "title": "Jullie zijn klaar",
            "text": "Lees je plan nog eens na, of werk verder aan een onderdeel dat je graag doet.",
            "href": reverse("actionplans:read", args=plan_args(plan)),
            "button": "Lees jullie plan",
            "drawing": work.number,
        }
    return {
        "kicker": f"Nu te doen{before}",
        "title": section.next_step if section and section.next_step else work.label,
        "text": f"{work.sentence}.",
        "href": work.url,
        "button": "Schrijf verder",
        "drawing": work.number,
    }


def session_number(chapters: list[Chapter], upcoming: NextSession | None) -> int:
    """Of the next session; without an agenda, of the first core section that is not ready."""
    if upcoming:
        return upcoming.number
    waiting = [
        c.plan_section.section.session
        for c in chapters
        if c.plan_section.section.is_core and not c.plan_section.is_ready
    ]
    return min(waiting, default=4)


def open_chapter(chapters: list[Chapter], slug: str, number: int) -> Chapter | None:
    """Where the plan opens: at the first question the session needs, else at what is not ready."""
    readable = [c for c in chapters if c.readable]
    by_slug = [c for c in readable if c.plan_section.section.slug == slug]
    waiting = [
        c
        for c in readable
        if c.plan_section.section.session == number and not c.plan_section.is_ready
    ]
    return next(iter([*by_slug, *waiting, *readable]), None)


def folds(
    plan: ActionPlan, chapters: list[Chapter], number: int, waiting: dict[int, int]
) -> list[Fold]:
    """`waiting` counts the comments that the village did not handle yet, by PlanSection id."""
    return [
        Fold(
            chapter,
            section_url(plan, chapter.plan_section.section),
            *_tag(chapter, number, waiting.get(chapter.plan_section.pk, 0)),
        )
        for chapter in chapters
    ]


def _tag(chapter: Chapter, number: int, waiting: int) -> tuple[str, str]:
    """The state of a section in two words, and the tone it is said in."""
    row = chapter.plan_section
    if waiting:
        return formats.plural(waiting, "opmerking", "opmerkingen"), "hot"
    if row.is_ready:
        return "Klaar", "ok"
    if row.is_deferred:
        return "Nog niet aan de orde", ""
    if not chapter.readable:
        return "Alleen voor het dorp", ""
    if chapter.has_text:
        return "Begonnen", ""
    later = row.section.session > number or row.section.kind == Section.Kind.STORY
    return (f"Na werksessie {number}", "") if later else ("Nog te beginnen", "")


def saved_sentence(moment: datetime) -> str:
    """Bewaard om 20.14 uur, or with its day when that is not today."""
    time = formats.time_of_day(moment)
    if clock.local(moment).date() == clock.today():
        return f"Bewaard om {time}."
    return f"Bewaard op {formats.date_day_month(moment)} om {time}."


def readers_sentence(row: PlanSection) -> str:
    """Who reads along, as the status line says it."""
    return {
        "team": "Alleen jullie dorp leest mee.",
        "coaches": "Jullie coaches en de coördinator lezen mee.",
        "network": "Het hele netwerk leest mee.",
        "everyone": "Iedereen leest mee, ook op de site.",
    }[row.visibility]
