import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actionplans import anchors, saving
from actionplans.anchors import Anchor, Place, Stretch, Where

# On a busy machine making texts is slow; that is no fault of the code.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
words = st.lists(
    st.sampled_from(["brood", "melk", "bus", "de", "\n\n", ".", "’s", "😀", "👨‍👩‍👧", "e\u0301n"]),
    max_size=14,
)
texts = words.map(" ".join) | st.text(max_size=60)


def where(old, quote, new, *, nth=0):
    """Where the nth `quote` of the old text stands in the new one."""
    start = -1
    for _ in range(nth + 1):
        start = old.index(quote, start + 1)
    anchor = Anchor(start, start + len(quote))
    found = anchors.place(anchor, saving.diff_ops(old, new), old)
    return found.where, new[found.start : found.end]


@st.composite
def anchored(draw):
    text = draw(texts.filter(lambda text: text.strip()))
    start = draw(st.integers(0, len(text) - 1))
    anchor = Anchor(start, draw(st.integers(start + 1, len(text))))
    return text, anchor


def test_untouched_words_are_exact():
    text = "We beginnen met brood van drie boeren."
    assert where(text, "drie boeren", text) == (Where.EXACT, "drie boeren")


def test_words_behind_an_insertion_moved():
    old = "We beginnen met brood van drie boeren."
    assert where(old, "drie boeren", f"Vooraf dit. {old}") == (Where.MOVED, "drie boeren")


def test_edited_words_keep_the_mark_on_what_survived():
    old = "Brood van drie jonge boeren, elke dag."
    new = "Brood van drie ervaren boeren, elke dag."
    assert where(old, "drie jonge boeren", new) == (Where.CHANGED, "drie ervaren boeren")


def test_what_replaced_the_first_words_belongs_to_the_mark():
    old = "Brood van drie boeren, elke dag."
    new = "Brood van vier jonge boeren, elke dag."
    assert where(old, "drie boeren", new) == (Where.CHANGED, "vier jonge boeren")


def test_deleted_words_are_an_orphan_with_their_neighbours_in_place():
    old = "Brood elke dag. Een krant en een tafel. De bus stopt."
    new = "Brood elke dag. De bus stopt."
    assert where(old, "Een krant en een tafel.", new) == (Where.ORPHAN, "")
    assert where(old, "De bus stopt.", new) == (Where.MOVED, "De bus stopt.")


def test_the_second_of_two_identical_sentences_stays_the_second():
    old = "De bus stopt.\n\nEr is koffie.\n\nDe bus stopt."
    new = "De bus stopt.\n\nEr is koffie en taart.\n\nDe bus stopt."
    start = old.rindex("De bus")
    found = anchors.place(Anchor(start, len(old)), saving.diff_ops(old, new), old)
    assert found == Place(Where.MOVED, new.rindex("De bus"), len(new))
    assert where(old, "De bus stopt.", new) == (Where.EXACT, "De bus stopt.")


def test_a_deleted_sentence_does_not_jump_to_its_double():
    old = "De bus stopt.\n\nEr is koffie.\n\nDe bus stopt."
    new = "De bus stopt.\n\nEr is koffie."
    assert where(old, "De bus stopt.", new, nth=1)[0] == Where.ORPHAN


def test_a_stopword_that_survives_by_chance_does_not_hold_a_comment():
    old = "Misschien vragen we de nieuwe burgemeester om subsidie."
    new = "Iedereen kent de bakker."
    assert where(old, "vragen we de nieuwe burgemeester", new)[0] == Where.ORPHAN


def test_a_selection_over_two_paragraphs_follows_both():
    old = "Eerst brood.\n\nDan melk en kaas."
    new = "Eerst vers brood.\n\nDan melk en kaas."
    assert where(old, "brood.\n\nDan melk", new) == (Where.MOVED, "brood.\n\nDan melk")


def test_overlapping_comments_each_keep_their_own_words():
    old = "Drie boeren brengen brood en melk."
    new = "Drie boeren brengen elke dag brood en melk."
    assert where(old, "boeren brengen", new) == (Where.EXACT, "boeren brengen")
    assert where(old, "brengen brood", new) == (Where.CHANGED, "brengen elke dag brood")


@pytest.mark.parametrize("sign", ["😀", "👨‍👩‍👧", "e\u0301", "🇧🇪"])
def test_signs_of_several_code_points_shift_by_code_points(sign):
    old = f"Zo {sign} fijn"
    found = anchors.place(Anchor(3, 3 + len(sign)), saving.diff_ops(old, f"Héél {old}"), old)
    assert found == Place(Where.MOVED, 8, 8 + len(sign))


def test_a_comment_on_an_emoji_alone_can_stay_and_go():
    assert where("Leuk 😀 hier", "😀", "Leuk 😀 daar") == (Where.EXACT, "😀")
    assert where("Leuk 😀 hier", "😀", "Leuk hier")[0] == Where.ORPHAN


@patient
@given(anchored(), texts)
def test_a_place_lies_in_the_new_text_and_says_what_it_claims(given_anchor, new):
    old, anchor = given_anchor
    found = anchors.place(anchor, saving.diff_ops(old, new), old)
    assert 0 <= found.start <= found.end <= len(new)
    same = old[anchor.start : anchor.end] == new[found.start : found.end]
    if found.where in (Where.EXACT, Where.MOVED):
        assert same
    if found.where == Where.EXACT:
        assert found.start == anchor.start
    if found.where == Where.ORPHAN:
        assert (found.start, found.end) == (0, 0)


@patient
@given(anchored().filter(lambda pair: pair[0][pair[1].start : pair[1].end].strip()))
def test_an_unchanged_text_keeps_every_anchor(given_anchor):
    old, anchor = given_anchor
    found = anchors.place(anchor, saving.diff_ops(old, old), old)
    assert found == Place(Where.EXACT, anchor.start, anchor.end)


@patient
@given(anchored().filter(lambda pair: pair[0][pair[1].start : pair[1].end].strip()), texts)
def test_text_put_in_front_moves_every_anchor_along(given_anchor, extra):
    old, anchor = given_anchor
    new = f"{extra.strip()} qqq\n\n{old}"
    ops = [
        saving.Op("insert", 0, 0, 0, len(new) - len(old)),
        saving.Op("equal", 0, len(old), len(new) - len(old), len(new)),
    ]
    found = anchors.place(anchor, ops, old)
    assert new[found.start : found.end] == old[anchor.start : anchor.end]
    assert found.where == Where.MOVED


@patient
@given(anchored(), texts)
def test_places_stay_in_the_order_of_their_anchors(given_anchor, new):
    old, anchor = given_anchor
    ops = saving.diff_ops(old, new)
    first = anchors.place(Anchor(0, anchor.start or 1), ops, old)
    second = anchors.place(anchor, ops, old)
    if anchor.start and Where.ORPHAN not in (first.where, second.where):
        assert first.start <= second.start
        assert first.end <= second.end


@pytest.mark.parametrize("anchor", [(-1, 3), (0, 0), (3, 2), (0, 99), (4, 5)], ids=str)
def test_offsets_of_another_text_do_not_fit(anchor):
    assert not anchors.fits(Anchor(*anchor), "Hoi, wereld")


def test_offsets_of_this_text_fit():
    assert anchors.fits(Anchor(0, 11), "Hoi, wereld")


def test_a_long_quote_is_cut_at_a_word():
    text = "woord " * 60
    cut = anchors.quote(Anchor(0, len(text)), text)
    assert cut.endswith("woord …")
    assert len(cut) <= anchors.MAX_QUOTE + 2


def test_paragraphs_are_the_pieces_between_blank_lines():
    text = "Eerst dit\nen dit.\n\n\nDan dat.\n \nSlot"
    found = [text[part.start : part.end] for part in anchors.paragraphs(text)]
    assert found == ["Eerst dit\nen dit.", "Dan dat.", "Slot"]


@patient
@given(texts)
def test_paragraphs_hold_every_sign_that_can_be_seen(text):
    parts = anchors.paragraphs(text)
    inside = "".join(text[part.start : part.end] for part in parts)
    assert "".join(inside.split()) == "".join(text.split())
    assert all(a.end <= b.start for a, b in zip(parts, parts[1:], strict=False))


def test_a_part_is_cut_at_marks_and_changes():
    old, text = "Brood en melk.", "Vers brood en kaas."
    pieces = anchors.cut(
        text, anchors.paragraphs(text), saving.diff_ops(old, text), old, {7: Anchor(5, 13)}
    )
    assert pieces == [
        [
            Stretch("Brood ", 0, 0, "del"),
            Stretch("Vers ", 0, 5, "ins"),
            Stretch("brood ", 5, 11, "ins", (7,)),
            Stretch("en", 11, 13, "", (7,)),
            Stretch(" ", 13, 14),
            Stretch("melk", 14, 14, "del"),
            Stretch("kaas", 14, 18, "ins"),
            Stretch(".", 18, 19),
        ]
    ]


def test_overlapping_marks_give_the_shared_words_both():
    text = "Drie boeren brengen brood"
    ops = saving.diff_ops(text, text)
    marks = {1: Anchor(0, 11), 2: Anchor(5, 19)}
    [pieces] = anchors.cut(text, anchors.paragraphs(text), ops, text, marks)
    assert [(piece.text, piece.marks) for piece in pieces] == [
        ("Drie ", (1,)),
        ("boeren", (1, 2)),
        (" brengen", (2,)),
        (" brood", ()),
    ]


def test_an_emptied_answer_shows_what_was_removed():
    assert anchors.cut("", [], saving.diff_ops("Weg.", ""), "Weg.", {}) == [
        [Stretch("Weg.", 0, 0, "del")]
    ]


@patient
@given(texts, texts)
def test_the_stretches_of_a_text_give_the_text_again(old, text):
    parts = anchors.paragraphs(text)
    pieces = anchors.cut(text, parts, saving.diff_ops(old, text), old, {})
    for part, shown in zip(parts, pieces, strict=bool(parts)):
        kept = "".join(piece.text for piece in shown if piece.change != "del")
        assert kept == text[part.start : part.end]


class Counted(list):
    """A list that counts how often somebody looked at one of its items."""

    looked = 0

    def __iter__(self):
        self.looked += len(self)
        return super().__iter__()

    def __getitem__(self, key):
        found = super().__getitem__(key)
        self.looked += len(found) if isinstance(key, slice) else 1
        return found


@pytest.mark.parametrize("between", [" ", "\n\n"])
def test_cutting_looks_at_each_step_a_few_times(between):
    old = between.join(f"u{n} x{n}" for n in range(450))
    new = between.join(f"u{n} y{n}" for n in range(450))
    ops = Counted(saving.diff_ops(old, new))
    assert len(ops) > 800
    shown = anchors.cut(new, anchors.paragraphs(new), ops, old, {7: Anchor(0, 2)})
    assert sum(piece.change == "ins" for part in shown for piece in part) == 450
    assert sum(piece.change == "del" for part in shown for piece in part) == 450
    assert ops.looked < 40 * len(ops)


def test_a_mark_outside_what_was_rewritten_as_a_whole_stays():
    old = "Vooraf.\n\n" + " ".join(f"u{n} x{n}" for n in range(4000)) + "\n\nDe bus stopt hier."
    new = "Vooraf.\n\n" + " ".join(f"u{n} y{n} z" for n in range(4000)) + "\n\nDe bus stopt hier."
    assert where(old, "Vooraf", new) == (Where.EXACT, "Vooraf")
    assert where(old, "bus stopt", new) == (Where.MOVED, "bus stopt")
    assert where(old, "u3990 x3990 u3991", new) == (Where.ORPHAN, "")
