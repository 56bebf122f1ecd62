"""Puts the template's files in the database."""

from __future__ import annotations

import dataclasses

from django.db import transaction

from actionplans import template
from actionplans.models import PlanTemplate, Question, Section
from network import clock


def install_template(*, version: str = template.LATEST) -> PlanTemplate:
    """The template of this version, written when it is not there yet; safe to repeat.

    What stands is never changed: villages answer those very questions. A change of the
    questions is a new version.
    """
    with transaction.atomic():
        found, is_new = PlanTemplate.objects.get_or_create(
            version=version, defaults={"installed_at": clock.now()}
        )
        if is_new:
            for part in template.read_template(version):
                for data in part.sections:
                    _install_section(found, part, data)
    return found


def _install_section(
    into: PlanTemplate, part: template.PartData, data: template.SectionData
) -> None:
    section = Section.objects.create(
        template=into,
        part=part.letter,
        part_title=part.title,
        **{field: getattr(data, field) for field in _SECTION_FIELDS},
    )
    Question.objects.bulk_create(
        _question(section, position, question)
        for position, question in enumerate(data.questions, 1)
    )


_SECTION_FIELDS = (
    *("number", "key", "slug", "title", "kind", "session"),
    *("intro", "guide", "done_when", "next_step", "lenses"),
)


def _question(section: Section, position: int, data: template.QuestionData) -> Question:
    same = {
        field.name: getattr(data, field.name)
        for field in dataclasses.fields(data)
        if field.name not in {"required", "personal", "internal", "row", "columns"}
    }
    return Question(
        section=section,
        position=position,
        is_required=data.required,
        is_personal=data.personal,
        is_internal=data.internal,
        has_internal_columns=any(column.internal for column in data.columns),
        row_name=data.row,
        columns=[dataclasses.asdict(column) for column in data.columns],
        **same,
    )
