"""A plan as its coach reads it: in paragraphs, with marks and what changed since her visit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from actionplans import anchors, saving
from actionplans.access import Asked, Chapter
from actionplans.anchors import Anchor
from actionplans.models import (
    Answer,
    AnswerRevision,
    CommentThread,
    PlanSection,
    Question,
    Section,
)
from actionplans.talk import Talk
from network import formats


@dataclass(frozen=True)
class MarkedWords:
    """Words to show; `opens` are the threads whose mark begins here."""

    text: str
    change: str
    marks: tuple[int, ...]
    opens: tuple[int, ...]

    @property
    def described_by(self) -> str:
        return " ".join(f"gesprek-{thread}" for thread in self.marks)


@dataclass(frozen=True)
class Part:
    """A paragraph, or a row of a table, with the code points it takes; both 0 when it is gone."""

    start: int
    end: int
    pieces: list[MarkedWords]

    @property
    def is_gone(self) -> bool:
        return self.start == self.end


@dataclass
class Reading:
    """A question as a coach reads it: its text in parts, marked, with the talk beside it."""

    asked: Asked
    parts: list[Part] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    changed: int = 0

    @property
    def question(self) -> Question:
        return self.asked.question

    @property
    def revision(self) -> int:
        return self.asked.answer.revision if self.asked.answer else 0

    @property
    def value(self) -> str:
        """A choice or a number, which has no words to mark."""
        answer = self.asked.answer
        return saving.shown_answer(self.question, answer.text) if answer else ""

    @property
    def open_talks(self) -> list[Talk]:
        return [talk for talk in self.talks if not talk.thread.is_closed]

    @property
    def closed_talks(self) -> list[Talk]:
        return [talk for talk in self.talks if talk.thread.is_closed]

    @property
    def has_content(self) -> bool:
        return bool(self.parts or self.value or self.talks or self.is_actions)

    @property
    def is_short(self) -> bool:
        """A fact on one line rather than a text to read."""
        return self.question.kind in (
            Question.Kind.SHORT,
            Question.Kind.NUMBER,
            Question.Kind.CHOICE,
        )

    @property
    def is_actions(self) -> bool:
        return self.question.kind == Question.Kind.ACTIONS

    @property
    def columns(self) -> str:
        """What stands in each row of a table, in order."""
        return " · ".join(column["label"] for column in self.question.columns)


@dataclass
class ReadingChapter:
    chapter: Chapter
    readings: list[Reading]
    is_first: bool = False

    @property
    def plan_section(self) -> PlanSection:
        return self.chapter.plan_section

    @property
    def section(self) -> Section:
        return self.plan_section.section

    @property
    def changed(self) -> int:
        return sum(reading.changed for reading in self.readings)

    @property
    def waiting(self) -> int:
        """Threads in which the village said the last word."""
        state = CommentThread.State.ANSWERED
        return sum(talk.thread.state == state for r in self.readings for talk in r.talks)

    @property
    def shown(self) -> list[Reading]:
        return [reading for reading in self.readings if reading.has_content]

    @property
    def unanswered(self) -> list[Reading]:
        return [reading for reading in self.readings if not reading.has_content]

    @property
    def is_fresh(self) -> bool:
        """Something to read: on a first visit all of it, then what changed or is talked about."""
        talked = any(talk.asks_something for r in self.readings for talk in r.open_talks)
        return self.is_first or talked or bool(self.changed)

    @property
    def is_quiet(self) -> bool:
        """Nothing written and nothing said: one line for all of these is enough."""
        return self.chapter.readable and not self.shown

    @property
    def tag(self) -> str:
        """What a coach wants to know of this section, in a few words."""
        if not self.chapter.readable:
            return "Alleen voor het dorp"
        if self.waiting:
            return formats.plural(self.waiting, "nieuw antwoord", "nieuwe antwoorden")
        if self.changed:
            return formats.plural(self.changed, "woord", "woorden") + " veranderd"
        return "Klaar om te lezen" if self.plan_section.is_ready else ""


@dataclass(frozen=True)
class Since:
    """How a plan stood when its reader last left: each answer's version, by answer id.
    `is_first` on a first visit, when nothing is marked as changed."""

    before: dict[int, AnswerRevision] = field(default_factory=dict)
    is_first: bool = False


def read(chapters: Iterable[Chapter], found: Iterable[Talk], since: Since) -> list[ReadingChapter]:
    """The plan with the marks of its talk and what changed since the reader's last visit."""
    chapters = list(chapters)
    talk_of: dict[tuple[int, int], list[Talk]] = {}
    for talk in found:
        key = (talk.thread.plan_section_id, talk.thread.question_id)
        talk_of.setdefault(key, []).append(talk)
    changes = _changes([a.answer for c in chapters for a in c.asked if a.answer], since)

    def reading(chapter: Chapter, asked: Asked) -> Reading:
        key = (chapter.plan_section.pk, asked.question.pk)
        return _reading(asked, talk_of.get(key, []), changes)

    return [
        ReadingChapter(c, [reading(c, asked) for asked in c.asked], since.is_first)
        for c in chapters
    ]


@dataclass(frozen=True)
class _Change:
    """What happened to one answer since the last visit."""

    before: str = ""
    ops: Sequence[saving.Op] = ()
    words: int = 0


def _changes(answers: list[Answer], since: Since) -> dict[int, _Change]:
    if since.is_first:
        return {}
    pairs = [(since.before.get(answer.pk), answer) for answer in answers]
    found = zip(pairs, saving.steps_of(pairs), saving.changed_words(pairs), strict=True)
    return {
        answer.pk: _Change(saving.text_of(old, answer.question), ops, words)
        for (old, answer), ops, words in found
    }


def _reading(asked: Asked, found: list[Talk], changes: dict[int, _Change]) -> Reading:
    if asked.answer is None:
        return Reading(asked, talks=found)
    change = changes.get(asked.answer.pk, _Change())
    return Reading(asked, _parts(asked.answer, found, change), found, change.words)


def _parts(answer: Answer, found: list[Talk], change: _Change) -> list[Part]:
    """The text of an answer in paragraphs; a choice or a number is shown as a whole instead."""
    if answer.question.kind in (Question.Kind.CHOICE, Question.Kind.NUMBER):
        return []
    text = saving.projected(answer)
    parts = anchors.lines(text) if answer.question.is_table else anchors.paragraphs(text)
    # What was handled is read no more: its words need no mark.
    open_talks = [talk for talk in found if not talk.thread.is_closed]
    marks = {talk.thread.pk: talk.mark for talk in open_talks if talk.mark}
    cut = anchors.cut(text, parts, change.ops, change.before, marks)
    seen: set[int] = set()
    made = [
        Part(part.start, part.end, [_piece(stretch, seen) for stretch in stretches])
        for part, stretches in zip(parts or [Anchor(0, 0)], cut, strict=True)
    ]
    return [part for part in made if part.pieces]


def _piece(stretch: anchors.Stretch, seen: set[int]) -> MarkedWords:
    opens = tuple(key for key in stretch.marks if key not in seen)
    seen.update(opens)
    # Removed words have no place in the text: a paragraph that went need not leave a gap.
    text = " ".join(stretch.text.split()) + " " if stretch.change == "del" else stretch.text
    return MarkedWords(text, stretch.change, stretch.marks, opens)
