"""Words of a section for the one search; the switch of the section says who finds them."""

from __future__ import annotations

from actionplans import saving
from actionplans.access import SEARCH_SOURCE
from actionplans.models import Answer, PlanSection, Question
from network import search


def index_section(plan_section: PlanSection) -> PlanSection:
    """Call in the transaction of the change; gives the section as it is now, locked.

    Answers about people and what is internal are never found, not even by who may read them: one
    index serves all readers of a section. The lock makes those who save other answers of this
    section take turns, so that the last one reads what all of them wrote. It is weak (no_key): a
    first answer, which points at the section, need not wait for it.
    """
    sections = PlanSection.objects.select_for_update(of=("self",), no_key=True)
    plan_section = sections.select_related("section").get(pk=plan_section.pk)
    answers = Answer.objects.filter(
        plan_section=plan_section, question__is_personal=False, question__is_internal=False
    ).select_related("question")
    texts = [_words(answer) for answer in answers.order_by("question__position")]
    text = "\n".join(filter(None, texts))
    if text:
        part = search.Part(0, plan_section.section.title, text)
        search.index(SEARCH_SOURCE, plan_section.pk, [part])
    else:
        search.remove(SEARCH_SOURCE, plan_section.pk)
    return plan_section


def _words(answer: Answer) -> str:
    question = answer.question.without_internal()
    if question.kind in (Question.Kind.CHOICE, Question.Kind.NUMBER):
        return ""
    if question.is_table:
        return saving.rows_as_text(
            question.own_rows(question.rows_to_show(answer.rows)), question.columns
        )
    return answer.text
