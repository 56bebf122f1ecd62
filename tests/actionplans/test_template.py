import dataclasses

import pytest

from actionplans import template
from actionplans.template import source


@pytest.fixture(scope="module")
def sections() -> list:
    return [s for part in template.read_template(template.LATEST) for s in part.sections]


def test_template_has_five_parts_and_eighteen_sections(sections: list) -> None:
    parts = template.read_template(template.LATEST)
    assert [part.letter for part in parts] == list("ABCDE")
    assert [section.number for section in sections] == list(range(1, 19))
    assert [s.number for s in sections if s.kind == "core"] == [1, 2, 3, 4, 5, 7, 12, 13, 14, 16]
    assert [s.number for s in sections if s.kind == "deepening"] == [6, 8, 9, 10, 11, 15, 17]
    assert [s.key for s in sections if s.kind == "story"] == ["story"]


def test_every_section_says_when_it_is_done_and_asks_something(sections: list) -> None:
    for section in sections:
        assert section.done_when
        assert 3 <= len(section.guide) <= 5
        assert any(question.required for question in section.questions)


def test_what_a_session_asks_fits_in_one_evening(sections: list) -> None:
    for number in (1, 2, 3, 4):
        core = [s for s in sections if s.session == number and s.kind == "core"]
        minutes = sum(q.minutes for s in core for q in s.questions if q.required)
        assert 0 < minutes <= 120


def test_every_rule_can_be_met_within_the_table(sections: list) -> None:
    for question in (q for s in sections for q in s.questions):
        options = {c.key: {o[0] for o in c.options} for c in question.columns}
        for rule in question.rules:
            assert set(rule.get("values", [])) <= options.get(rule.get("column"), set())


def test_functions_offer_the_whole_catalogue_in_groups(sections: list) -> None:
    table = next(q for s in sections if s.key == "functions" for q in s.questions)
    groups = table.columns[0].options
    assert len(groups) == 9
    assert ["bikerepair", "fietsherstelplek"] in dict(map(tuple, groups))["Mobiliteit"]


def test_no_text_says_u(sections: list) -> None:
    for text in (t for s in sections for t in _texts(dataclasses.asdict(s))):
        assert not {"u", "uw"} & set(text.lower().split())


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [t for v in value.values() for t in _texts(v)]
    return [t for v in value for t in _texts(v)] if isinstance(value, list) else []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "essay"}, "kind essay"),
        ({"kind": "choice"}, "options"),
        ({"columns": []}, "columns"),
        ({"starter": [{"onbekend": "x"}]}, "starter"),
        ({"rules": [{"rows": 1, "column": "onbekend"}]}, "rule"),
    ],
)
def test_a_question_that_contradicts_itself_is_refused(change: dict, message: str) -> None:
    column = source.ColumnData(key="wat", label="Wat", kind="text")
    question = source.QuestionData(key="q", kind="table", label="Q", columns=[column])
    with pytest.raises(template.TemplateError, match=message):
        source._check_question("place", dataclasses.replace(question, **change))
