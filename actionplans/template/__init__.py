"""The plan template as data: one folder per version, one TOML file per part.

A new version is a new folder; plans keep the version they started with.
"""

from actionplans.template.source import (
    ColumnData,
    PartData,
    QuestionData,
    SectionData,
    TemplateError,
    read_template,
)

LATEST = "2026"

__all__ = [
    "LATEST",
    "ColumnData",
    "PartData",
    "QuestionData",
    "SectionData",
    "TemplateError",
    "read_template",
]
