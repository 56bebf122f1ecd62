"""Reads a version of the template from its TOML files and refuses what cannot work."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

SECTION_KINDS = {"core", "deepening", "story"}
QUESTION_KINDS = {"prose", "short", "number", "choice", "table", "actions"}
COLUMN_KINDS = {"text", "long", "number", "year", "money", "date", "time", "choice"}

# [[code, label], …], or groups [[group label, [[code, label], …]], …] as Django's choices.
Options = list[list[Any]]


class TemplateError(Exception):
    """The template's files contradict themselves; the text names the place."""


@dataclass(frozen=True, kw_only=True)
class ColumnData:
    key: str
    label: str
    kind: str
    options: Options = field(default_factory=list)
    internal: bool = False


@dataclass(frozen=True, kw_only=True)
class QuestionData:
    key: str
    kind: str
    label: str
    help: str = ""
    minutes: int = 5
    required: bool = False
    personal: bool = False
    internal: bool = False
    max_length: int | None = None
    words: int | None = None
    unit: str = ""
    lowest: int = 0
    highest: int | None = None
    row: str = "rij"
    options: Options = field(default_factory=list)
    accepts: list[str] = field(default_factory=list)
    columns: list[ColumnData] = field(default_factory=list)
    rules: list[dict[str, Any]] = field(default_factory=list)
    starter: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class SectionData:
    number: int
    key: str
    slug: str
    title: str
    kind: str
    session: int
    intro: str
    done_when: str
    guide: list[str]
    lenses: list[str]
    questions: list[QuestionData]
    next_step: str = ""


@dataclass(frozen=True, kw_only=True)
class PartData:
    letter: str
    title: str
    sections: list[SectionData]


def read_template(version: str) -> list[PartData]:
    """The parts of one version, in order; TemplateError where the files contradict themselves."""
    folder = HERE / version
    catalogues = {"functions": _functions(folder / "functies.toml")}
    parts = [_part(_loaded(path), catalogues) for path in sorted(folder.glob("?-*.toml"))]
    _check(parts)
    return parts


def _loaded(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _functions(path: Path) -> Options:
    return [[group["label"], group["options"]] for group in _loaded(path)["group"]]


def _part(data: Mapping[str, Any], catalogues: Mapping[str, Options]) -> PartData:
    sections = [_section(section, catalogues) for section in data["section"]]
    return PartData(letter=data["letter"], title=data["title"], sections=sections)


def _section(data: Mapping[str, Any], catalogues: Mapping[str, Options]) -> SectionData:
    rest = {key: value for key, value in data.items() if key != "question"}
    questions = [_question(question, catalogues) for question in data["question"]]
    return SectionData(**rest, questions=questions)


def _question(data: Mapping[str, Any], catalogues: Mapping[str, Options]) -> QuestionData:
    rest = {key: value for key, value in data.items() if key != "columns"}
    columns = [_column(column, catalogues) for column in data.get("columns", [])]
    return QuestionData(**rest, columns=columns)


def _column(data: Mapping[str, Any], catalogues: Mapping[str, Options]) -> ColumnData:
    rest = {key: value for key, value in data.items() if key != "catalogue"}
    if "catalogue" in data:
        rest["options"] = catalogues[data["catalogue"]]
    return ColumnData(**rest)


def _check(parts: list[PartData]) -> None:
    sections = [section for part in parts for section in part.sections]
    _unique("section number", (str(section.number) for section in sections))
    _unique("section slug", (section.slug for section in sections))
    for section in sections:
        _require(section.kind in SECTION_KINDS, f"{section.key}: kind {section.kind}")
        _require(1 <= section.session <= 4, f"{section.key}: session {section.session}")
        _unique(f"{section.key}: question", (question.key for question in section.questions))
        for question in section.questions:
            _check_question(f"{section.key}.{question.key}", question)


def _check_question(place: str, question: QuestionData) -> None:
    _require(question.kind in QUESTION_KINDS, f"{place}: kind {question.kind}")
    _require(bool(question.options) == (question.kind == "choice"), f"{place}: options")
    _require(bool(question.columns) == (question.kind == "table"), f"{place}: columns")
    internal = [column.internal for column in question.columns]
    # The form says once where the internal ones begin; the first one names the row.
    _require(internal == sorted(internal) and not any(internal[:1]), f"{place}: internal columns")
    keys = {column.key for column in question.columns}
    _unique(f"{place}: column", (column.key for column in question.columns))
    for column in question.columns:
        _require(column.kind in COLUMN_KINDS, f"{place}.{column.key}: kind {column.kind}")
        _require(bool(column.options) == (column.kind == "choice"), f"{place}.{column.key}")
    for row in question.starter:
        _require(set(row) <= keys, f"{place}: starter {row}")
    for rule in question.rules:
        named = {rule[name] for name in ("column", "also") if name in rule}
        _require(named <= keys, f"{place}: rule {rule}")
    _require(set(question.accepts) <= {code for code, _ in question.options}, f"{place}: accepts")


def _unique(what: str, values: Iterable[str]) -> None:
    seen: set[str] = set()
    for value in values:
        _require(value not in seen, f"{what} {value} twice")
        seen.add(value)


def _require(holds: object, message: str) -> None:
    if not holds:
        raise TemplateError(message)
