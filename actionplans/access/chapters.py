"""A section with its questions and answers, as pages, exports and coaches read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from actionplans.access.plans import has_dossier, readable_sections
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


def readable_chapters(user: Any, plan: ActionPlan) -> list[Chapter]:
    """What this person sees of a plan: all sections with a dossier, the shared ones without.

    Whoever only reads what is shared with the network gets no answers about people.
    """
    open_ids = set(readable_sections(user).filter(plan=plan).values_list("pk", flat=True))
    dossier = has_dossier(user, plan)
    sections = [s for s in _sections(plan) if dossier or s.pk in open_ids]
    found = _asked([s for s in sections if s.pk in open_ids], personal=dossier)
    return [Chapter(s, found.get(s.pk, []), s.pk in open_ids) for s in sections]


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
