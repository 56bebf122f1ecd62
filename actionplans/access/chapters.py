"""A section with its questions and answers, as pages, exports and coaches read it."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404

from actionplans.access.plans import has_dossier, internal_sections, readable_sections
from actionplans.models import (
    Action,
    ActionPlan,
    ActionRevision,
    Answer,
    AnswerRevision,
    PlanSection,
    Question,
    Section,
)
from network.models import Person


@dataclass
class Asked:
    """A question with its answer, which is None as long as nobody wrote."""

    question: Question
    answer: Answer | None = None

    @property
    def is_empty(self) -> bool:
        return self.answer is None or self.answer.is_empty


@dataclass
class Chapter:
    """A section of a plan with what was asked in it. `readable` is False where only its
    progress may be seen; then `asked` is empty."""

    plan_section: PlanSection
    asked: list[Asked] = field(default_factory=list)
    readable: bool = True

    @property
    def has_text(self) -> bool:
        return any(not asked.is_empty for asked in self.asked)


def readable_chapters(user: Any, plan: ActionPlan, *, leaves: bool = False) -> list[Chapter]:
    """What this person sees of a plan: all sections with a dossier, the shared ones without.

    Whoever only reads what is shared with the network gets no answers about people, and what is
    internal comes only with access.internal_sections. `leaves` is for what goes on paper or out
    of the site: nothing internal is in it, whoever asks.
    """
    internal = Exists(internal_sections(user).filter(pk=OuterRef("pk")))
    rows = readable_sections(user).filter(plan=plan).annotate(internal=internal)
    opened: dict[int, bool] = dict(rows.values_list("pk", "internal"))
    dossier = has_dossier(user, plan)
    sections = [s for s in _sections(plan) if dossier or s.pk in opened]
    found = _asked([s for s in sections if s.pk in opened], personal=dossier)
    return [
        Chapter(
            s,
            _shown(found.get(s.pk, []), with_internal=bool(opened.get(s.pk)) and not leaves),
            s.pk in opened,
        )
        for s in sections
    ]


def _shown(asked: list[Asked], *, with_internal: bool) -> list[Asked]:
    if with_internal:
        return asked
    return [_reduced(one) for one in asked if not one.question.is_internal]


def _reduced(asked: Asked) -> Asked:
    """Without the internal columns; the answer is a copy that holds no cell of them."""
    if not asked.question.has_internal_columns:
        return asked
    question = asked.question.without_internal()
    answer = copy.copy(asked.answer)
    if answer is not None:
        answer.rows = question.rows_to_show(answer.rows)
    return _pair(question, answer)


def _sections(plan: ActionPlan) -> QuerySet[PlanSection]:
    return plan.sections.select_related("section", "ready_by").order_by("section__number")


def _asked(sections: Iterable[PlanSection], *, personal: bool) -> dict[int, list[Asked]]:
    sections = list(sections)
    questions = Question.objects.filter(section__in=[s.section_id for s in sections])
    if not personal:
        questions = questions.filter(is_personal=False)
    answers = {
        (answer.plan_section_id, answer.question_id): answer
        for answer in Answer.objects.filter(plan_section__in=sections).select_related("saved_by")
    }
    by_section: dict[int, list[Question]] = {}
    for question in questions.order_by("position"):
        by_section.setdefault(question.section_id, []).append(question)
    return {
        section.pk: [
            _pair(question, answers.get((section.pk, question.pk)))
            for question in by_section.get(section.section_id, [])
        ]
        for section in sections
    }


def _pair(question: Question, answer: Answer | None) -> Asked:
    if answer is not None:
        answer.question = question  # spares a query wherever the answer asks its question
    return Asked(question, answer)


def answer_of(plan_section: PlanSection, question: Question) -> Answer | None:
    answers = plan_section.answers.filter(question=question).select_related("saved_by")
    return _pair(question, answers.first()).answer


def history(answer: Answer) -> QuerySet[AnswerRevision]:
    """Every version with its author, newest first; conflicts between them."""
    return answer.revisions.select_related("by").order_by("-at", "-pk")


def action_history(action: Action) -> list[ActionRevision]:
    """Every version of an action, oldest first, its owner and section as their names."""
    revisions = list(action.revisions.select_related("by").order_by("at", "pk"))
    people = Person.objects.in_bulk({r.fields.get("owner") for r in revisions} - {None})
    sections = Section.objects.in_bulk({r.fields.get("section") for r in revisions} - {None})
    for revision in revisions:
        owner, section = (revision.fields.get(name) for name in ("owner", "section"))
        named = {"owner": people.get(owner), "section": sections.get(section)}
        revision.fields = {**revision.fields, **named}
    return revisions


def revision_or_404(answer: Answer | None, revision: int) -> AnswerRevision:
    revisions = AnswerRevision.objects.select_related("by")
    return get_object_or_404(revisions, answer=answer, pk=revision)
