from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplans import saving
from actionplans.saving import Piece, diff_ops, merge_rows, merge_texts, normal, word_diff
from actionplans.saving.matching import MAX_STEPS, Work

words = st.lists(
    st.sampled_from(["brood", "melk", "bus", "de", "\n", ".", "’s", "😀"]), max_size=12
)
texts = words.map(" ".join) | st.text(max_size=60)


def test_word_diff_shows_the_added_and_removed_words() -> None:
    assert word_diff("De bus stopt hier.", "De bus stopt daar vaak.") == [
        Piece("same", "De bus stopt "),
        Piece("del", "hier"),
        Piece("ins", "daar vaak"),
        Piece("same", "."),
    ]


def test_word_diff_keeps_the_last_word_of_a_sentence_that_grows() -> None:
    pieces = word_diff("Er komt een bakker.", "Er komt een bakker en een slager.")
    assert [p.text for p in pieces if p.kind == "del"] == []
    assert "".join(p.text for p in pieces if p.kind == "ins").strip() == "en een slager"


@given(texts, texts)
def test_diff_ops_rebuild_both_texts(old: str, new: str) -> None:
    ops = diff_ops(old, new)
    assert "".join(old[op.i1 : op.i2] for op in ops) == old
    assert "".join(new[op.j1 : op.j2] for op in ops) == new
    for op in ops:
        assert (op.tag == "equal") == (old[op.i1 : op.i2] == new[op.j1 : op.j2])
        assert op.tag != "insert" or op.i1 == op.i2
        assert op.tag != "delete" or op.j1 == op.j2


@given(texts, texts)
def test_diff_ops_alternate_between_equal_and_changed(old: str, new: str) -> None:
    tags = [op.tag == "equal" for op in diff_ops(old, new)]
    assert all(a != b for a, b in zip(tags, tags[1:], strict=False))


def test_diff_of_a_long_changed_text_touches_only_the_changed_words() -> None:
    lines = [f"Regel {n} over de bakker, de bus en het plein." for n in range(1200)]
    changed = [
        line.replace("bakker", "slager") if n % 100 == 0 else line for n, line in enumerate(lines)
    ]
    ops = [op for op in diff_ops("\n".join(lines), "\n".join(changed)) if op.tag != "equal"]
    assert [op.i2 - op.i1 for op in ops] == [6] * 12


def test_diff_of_60_kilobytes_of_dots_is_one_replacement() -> None:
    ops = diff_ops("x" + "." * 60_000 + "y", "z" + "." * 59_000 + "q")
    assert [op.tag for op in ops] == ["replace"]


@pytest.fixture
def steps(monkeypatch):
    """How many pieces and pairs of equal pieces difflib has looked at, in a list."""
    looked: list[int] = []
    find = SequenceMatcher.find_longest_match

    def counted(self, alo, ahi, blo, bhi):
        looked.append(sum(1 + len(self.b2j.get(piece, ())) for piece in self.a[alo:ahi]))
        return find(self, alo, ahi, blo, bhi)

    monkeypatch.setattr(SequenceMatcher, "find_longest_match", counted)
    return looked


def alternating(sign: str, count: int, between: str = " ") -> str:
    return between.join(f"u{n} {sign}{n}" for n in range(count))


BETWEEN = {"words": " ", "lines": "\n", "paragraphs": "\n\n"}
DEAR = {
    **{how: (alternating("x", 2500, b), alternating("y", 2500, b)) for how, b in BETWEEN.items()},
    "one word often": (
        " ".join(f"u{n} x" for n in range(500)),
        " ".join(f"u{n} y x" for n in range(500)),
    ),
    "two words often": ("de bus " * 9000, "bus en de " * 7000),
    "lines that come twice": ("a\nb\n" * 1500, "b\nc\na\n" * 900),
}


@pytest.mark.parametrize("how", DEAR)
def test_comparing_takes_a_bounded_number_of_steps(steps, how) -> None:
    old, new = DEAR[how]
    work = Work()
    ops = diff_ops(old, new, work)
    assert sum(steps) == work.done <= MAX_STEPS
    assert "".join(old[op.i1 : op.i2] for op in ops) == old
    assert "".join(new[op.j1 : op.j2] for op in ops) == new
    assert all(old[op.i1 : op.i2] == new[op.j1 : op.j2] for op in ops if op.tag == "equal")


def test_what_is_beyond_the_limit_is_rewritten_and_the_rest_is_exact() -> None:
    first, last = "Het brood komt van Jef.", "De bus stopt aan de kerk."
    old = "\n\n".join([first, alternating("x", 4000), last])
    new = "\n\n".join(["Het brood komt van An.", alternating("y", 4000), last])
    work = Work()
    changed = [op for op in diff_ops(old, new, work) if op.tag != "equal"]
    assert work.is_short
    assert old[changed[0].i1 : changed[0].i2] == "Jef"
    assert (changed[-1].tag, old[changed[-1].i2 :]) == ("replace", last)
    assert changed[-1].i2 - changed[-1].i1 > 10_000


def test_lines_beyond_the_limit_are_compared_with_their_counterparts() -> None:
    old = "\n".join(alternating("x", 400) for _ in range(20)).split("\n")
    new = "\n".join(alternating("y", 40) + alternating("x", 360) for _ in range(20)).split("\n")
    ops = diff_ops("\n".join(old), "\n".join(new), Work(200_000))
    equal = sum(op.i2 - op.i1 for op in ops if op.tag == "equal")
    assert equal > len("\n".join(old)) / 20


@given(texts, texts, st.integers(0, 60))
def test_with_little_work_the_steps_still_rebuild_both_texts(old: str, new: str, limit: int):
    work = Work(limit)
    ops = diff_ops(old, new, work)
    assert work.done <= limit
    assert "".join(old[op.i1 : op.i2] for op in ops) == old
    assert "".join(new[op.j1 : op.j2] for op in ops) == new
    assert all(old[op.i1 : op.i2] == new[op.j1 : op.j2] for op in ops if op.tag == "equal")
    if not work.is_short:
        assert ops == diff_ops(old, new)


def test_normal_form_keeps_very_many_spaces_inside_a_line() -> None:
    """Release 1.0.0 took the square of their number for it."""
    assert normal(f"a{' ' * 300_000}b \t\n c ") == f"a{' ' * 300_000}b\n c"


@given(st.text())
def test_normal_form_is_stable(text: str) -> None:
    assert normal(normal(text)) == normal(text)
    assert "\r" not in normal(text)
    assert "\x00" not in normal(text)
    normal(text).encode()


@pytest.mark.parametrize("marks", ["\u0301" * 100_000, "\u0327\u0301" * 50_000, "\u0344" * 50_000])
def test_normal_form_has_a_few_marks_a_letter(marks: str) -> None:
    found = normal(f"caf e{marks}n")
    assert len(found) < 15
    assert (found[:4], found[-1], normal(found)) == ("caf ", "n", found)


def test_normal_form_drops_what_nobody_sees() -> None:
    assert normal("\n Een  \r\nregel\x00 e\u0301\ud800n \n\n") == " Een\nregel én"


def test_merge_takes_both_changes_to_other_paragraphs() -> None:
    base = "Het brood komt van Jef.\n\nDe bus stopt aan de kerk."
    mine = "Het brood komt van Jef en An.\n\nDe bus stopt aan de kerk."
    theirs = "Het brood komt van Jef.\n\nDe bus stopt aan het plein."
    assert merge_texts(base, mine, theirs) == (
        "Het brood komt van Jef en An.\n\nDe bus stopt aan het plein."
    )


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        ("De bakker komt.", "De slager komt.", "De kruidenier komt."),
        ("Een", "Een twee", "Een drie"),
        ("", "Mijn tekst", "Jouw tekst"),
        ("Alles weg hier", "", "Alles weg daar"),
        ("een twee drie vier", "een TWEE drie vier", "een twee DRIE vier"),
    ],
)
def test_merge_refuses_what_two_people_wrote_in_one_place(
    base: str, mine: str, theirs: str
) -> None:
    assert merge_texts(base, mine, theirs) is None
    assert merge_texts(base, theirs, mine) is None


@given(texts, texts)
def test_merge_with_one_unchanged_side_gives_the_other(base: str, text: str) -> None:
    assert merge_texts(base, base, text) == text
    assert merge_texts(base, text, base) == text
    assert merge_texts(base, text, text) == text


@given(texts, texts, texts)
def test_merge_is_the_same_from_both_sides(base: str, mine: str, theirs: str) -> None:
    assert merge_texts(base, mine, theirs) == merge_texts(base, theirs, mine)


@given(words, words, words)
def test_merge_keeps_every_word_that_somebody_added(base: list, mine: list, theirs: list) -> None:
    start = " ".join(base)
    ours, others = start + "\n\nik " + " ".join(mine), "jij " + " ".join(theirs) + "\n\n" + start
    merged = merge_texts(start, ours, others)
    assert merged is None or {*ours.split(), *others.split()} == set(merged.split())


cells = st.dictionaries(st.sampled_from(["wat", "wie"]), st.sampled_from(["", "a", "b"]))
tables = (
    st.lists(st.sampled_from("pqrst"), unique=True)
    .flatmap(
        lambda ids: st.tuples(
            *[cells.map(lambda c, i=i: {"id": i, "wat": "", "wie": "", **c}) for i in ids]
        )
    )
    .map(list)
)


@given(tables, tables)
def test_merge_rows_with_one_unchanged_side_gives_the_other(base: list, rows: list) -> None:
    assert merge_rows(base, base, rows).clashes == []
    by_id = {row["id"]: row for row in merge_rows(base, rows, base).rows}
    assert by_id == {row["id"]: row for row in rows}
    assert merge_rows(base, base, rows).rows == rows


@given(tables, tables, tables)
def test_merge_rows_loses_no_changed_row(base: list, mine: list, theirs: list) -> None:
    merged = {row["id"] for row in merge_rows(base, mine, theirs).rows}
    old = {row["id"]: row for row in base}
    for row in [*mine, *theirs]:
        assert row["id"] in merged or old.get(row["id"]) == row


def test_merge_rows_takes_cells_of_one_row_from_two_people() -> None:
    base = [{"id": "1", "wat": "brood", "wie": ""}]
    mine = [{"id": "1", "wat": "brood", "wie": "Jef"}, {"id": "2", "wat": "melk", "wie": ""}]
    theirs = [{"id": "1", "wat": "vers brood", "wie": ""}]
    merge = merge_rows(base, mine, theirs)
    assert merge.rows == [{"id": "1", "wat": "vers brood", "wie": "Jef"}, mine[1]]
    assert merge.clashes == []


def test_merge_rows_names_the_cell_that_clashes_and_lets_theirs_stand() -> None:
    base = [{"id": "1", "wat": "brood"}]
    merge = merge_rows(base, [{"id": "1", "wat": "melk"}], [{"id": "1", "wat": "kaas"}])
    assert merge.rows == [{"id": "1", "wat": "kaas"}]
    assert merge.clashes == [saving.CellClash("1", "wat", "melk", "kaas")]


def test_merge_rows_keeps_a_row_that_one_removed_and_the_other_changed() -> None:
    base = [{"id": "1", "wat": "brood"}, {"id": "2", "wat": "melk"}]
    merge = merge_rows(base, [], [{"id": "1", "wat": "vers brood"}, {"id": "2", "wat": "melk"}])
    assert merge.rows == [{"id": "1", "wat": "vers brood"}]


def test_clean_rows_keeps_known_columns_and_one_row_per_id() -> None:
    rows = [
        {"id": "a", "wat": "brood \r\n", "weg": "x"},
        {"id": "a", "wat": "dubbel"},
        {"id": "b", "wat": " "},
        {"id": "../c", "wat": "kaas"},
    ]
    assert saving.clean_rows(rows, ["wat"]) == [{"id": "a", "wat": "brood"}]


def test_rows_as_text_is_one_line_per_row() -> None:
    columns = [{"key": "wat", "kind": "long"}, {"key": "wie", "kind": "text"}]
    rows = [{"id": "1", "wat": "brood\nen melk", "wie": ""}, {"id": "2", "wat": "", "wie": "An"}]
    assert saving.rows_as_text(rows, columns) == "brood en melk\nAn"


@pytest.mark.parametrize(
    ("kind", "stored", "shown"),
    [
        ("number", "1234.5", "1.234,5"),
        ("money", "25000", "€ 25.000"),
        ("money", "12.5", "€ 12,50"),
        ("year", "2019", "2019"),
        ("date", "2026-09-24", "24/09/2026"),
        ("time", "08:30", "8.30 uur"),
        ("choice", "start", "Bij de start"),
        ("choice", "weg", "weg"),
        ("text", "", ""),
    ],
)
def test_cells_are_shown_as_belgians_read_them(kind: str, stored: str, shown: str) -> None:
    column = {"key": "iets", "kind": kind, "options": [["start", "Bij de start"]]}
    assert saving.shown_cell(column, stored) == shown
