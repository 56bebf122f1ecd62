"""The diff between two versions of an answer, kept in the cache: revisions never change."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.cache import cache

from actionplans.models import Answer, AnswerRevision, Question
from actionplans.saving.diff import Op, diff_ops
from actionplans.saving.matching import MAX_STEPS, Work
from actionplans.saving.projection import projected

KEEP_SECONDS = 7 * 24 * 3600
PAGE_STEPS = 10 * MAX_STEPS  # for all comparisons that one page asks for

Pair = tuple[AnswerRevision | None, Answer]
Steps = list[tuple[str, int, int, int, int]]


def steps_of(pairs: Iterable[Pair]) -> list[list[Op]]:
    """The steps from each version (None: from nothing) to the text as it stands; one question
    to the cache."""
    pairs = list(pairs)
    keys = [_key(old, answer) for old, answer in pairs]
    known = cache.get_many(set(keys))
    wanted = {key: pair for key, pair in zip(keys, pairs, strict=True) if key not in known}
    found = {**known, **_fresh(wanted)}
    return [[Op(*step) for step in found[key]] for key in keys]


def _fresh(wanted: dict[str, Pair]) -> dict[str, Steps]:
    """What the cache does not know, and what it must. A comparison that came too late on this
    page to be done in full is not kept: the next page has less to do."""
    found, whole, left = {}, {}, PAGE_STEPS
    for key, (old, answer) in wanted.items():
        work = Work(min(MAX_STEPS, left))
        found[key] = _computed(old, answer, work)
        left -= work.done
        if not work.is_short or work.limit == MAX_STEPS:
            whole[key] = found[key]
    if whole:
        cache.set_many(whole, KEEP_SECONDS)
    return found


def _key(old: AnswerRevision | None, answer: Answer) -> str:
    # An answer and its number name the current revision without asking for its row.
    # Whoever may not see all columns has a text of its own, and steps of its own.
    reduced = ":r" if answer.question.is_reduced else ""
    return f"anchors:1:{old.pk if old else 0}:{answer.pk}.{answer.revision}{reduced}"


def _computed(old: AnswerRevision | None, answer: Answer, work: Work) -> Steps:
    """Plain tuples, so that what lies in the cache does not know our classes."""
    ops = diff_ops(text_of(old, answer.question), projected(answer), work)
    return [(op.tag, op.i1, op.i2, op.j1, op.j2) for op in ops]


def text_of(revision: AnswerRevision | None, question: Question | None = None) -> str:
    return projected(revision, question) if revision else ""


def changed_words(pairs: Iterable[Pair]) -> list[int]:
    """How many words somebody wrote, removed or replaced; one replaced word counts once."""
    pairs = list(pairs)
    return [
        sum(_words(op, text_of(old, answer.question), projected(answer)) for op in ops)
        for (old, answer), ops in zip(pairs, steps_of(pairs), strict=True)
    ]


def _words(op: Op, before: str, after: str) -> int:
    if op.tag == "equal":
        return 0
    return max(len(before[op.i1 : op.i2].split()), len(after[op.j1 : op.j2].split()))
