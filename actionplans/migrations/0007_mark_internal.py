"""Marks the columns that hold what a village thinks of people, agrees with them or reaches them
by, in the templates that stand in a database already, and takes those words out of the search.

A process of the release before that saves an answer while this runs puts them back in the search
until that section is saved again.
"""

from django.db import migrations

from actionplans.saving.rows import rows_as_text
from network import search

INTERNAL = {
    ("people", "betrokkenen"): [
        *("rol", "houding", "invloed", "contact", "laatste", "afspraak", "volgende")
    ],
    ("shortchain", "leveranciers"): ["overschot", "marge", "contact"],
    ("identity", "trekkers"): ["bereik"],
    ("finance", "financiering"): ["contact"],
}


def mark(apps, schema_editor):
    touched = set()
    for question, columns in _marked(apps):
        question.columns = [
            {**column, "internal": True} if column["key"] in columns else column
            for column in question.columns
        ]
        question.has_internal_columns = True
        question.save(update_fields=["columns", "has_internal_columns"])
        touched.add(question.section_id)
    sections = apps.get_model("actionplans", "PlanSection").objects
    for plan_section in sections.filter(section__in=touched).select_related("section"):
        _index_again(apps, plan_section)


def unmark(apps, schema_editor):
    """The words come back in the search when a section is saved again."""
    for question, _ in _marked(apps):
        question.columns = [
            {key: value for key, value in column.items() if key != "internal"}
            for column in question.columns
        ]
        question.has_internal_columns = False
        question.save(update_fields=["columns", "has_internal_columns"])


def _marked(apps):
    questions = apps.get_model("actionplans", "Question").objects
    for (section, key), columns in INTERNAL.items():
        for question in questions.filter(section__key=section, key=key, kind="table"):
            yield question, columns


def _index_again(apps, plan_section):
    """As actions/searching.py does it."""
    rows = apps.get_model("network", "SearchText").objects.filter(
        source="plan", object_id=plan_section.pk
    )
    answers = apps.get_model("actionplans", "Answer").objects.filter(
        plan_section=plan_section, question__is_personal=False
    )
    found = answers.select_related("question").order_by("question__position")
    text = "\n".join(filter(None, map(_words, found)))
    if not text:
        rows.delete()
        return
    stems = " ".join(search.stems(f"{plan_section.section.title} {text}"))
    rows.update(text=text, stems=stems)


def _words(answer):
    question = answer.question
    if question.kind in ("choice", "number"):
        return ""
    if question.kind != "table":
        return answer.text
    columns = [column for column in question.columns if not column.get("internal")]
    names = [column["key"] for column in question.columns]
    empty = dict.fromkeys(names, "")
    starter = {f"s{n}": {**empty, **row} for n, row in enumerate(question.starter, 1)}
    own = [
        row
        for row in answer.rows
        if any(
            row.get(c["key"], "") != starter.get(row["id"], empty).get(c["key"], "")
            for c in columns
        )
    ]
    return rows_as_text(own, columns)


class Migration(migrations.Migration):
    dependencies = [
        ("actionplans", "0006_internal"),
        ("network", "0002_search"),
    ]
    operations = [migrations.RunPython(mark, unmark)]
