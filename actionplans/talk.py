"""The talk about a plan as pages and mails show it: threads with where their words stand now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from actionplans import access, anchors, saving
from actionplans.access import Asked, Chapter
from actionplans.anchors import Anchor, Place, Where
from actionplans.models import (
    ActionPlan,
    Answer,
    AnswerRevision,
    Comment,
    CommentThread,
    PlanSection,
    Question,
)

NOTES = {
    Where.CHANGED: "De tekst is intussen veranderd",
    Where.ORPHAN: "Deze tekst is verwijderd",
}


@dataclass
class Talk:
    """One thread. `place` is None when it is about the whole answer."""

    thread: CommentThread
    place: Place | None = None
    now: str = ""

    @property
    def comments(self) -> list[Comment]:
        """What this reader may see of it: sent, and drafts of her own."""
        return self.thread.shown  # type: ignore[attr-defined]

    @property
    def has_draft(self) -> bool:
        return any(comment.is_draft for comment in self.comments)

    @property
    def note(self) -> str:
        """What became of the words commented on, where that needs saying."""
        return NOTES.get(self.place.where, "") if self.place else ""

    @property
    def is_changed(self) -> bool:
        return self.place is not None and self.place.where == Where.CHANGED

    @property
    def is_orphan(self) -> bool:
        return self.place is not None and self.place.where == Where.ORPHAN

    @property
    def mark(self) -> Anchor | None:
        """The stretch of the text as it stands that carries the mark."""
        if self.place is None or self.is_orphan:
            return None
        return Anchor(self.place.start, self.place.end)

    @property
    def needs_village(self) -> bool:
        return self.thread.state == CommentThread.State.OPEN and self.thread.opened_at is not None


@dataclass(frozen=True)
class Piece:
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
    pieces: list[Piece]

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


@dataclass
class ReadingChapter:
    chapter: Chapter
    readings: list[Reading]

    @property
    def changed(self) -> int:
        return sum(reading.changed for reading in self.readings)

    @property
    def waiting(self) -> int:
        """Threads in which the village said the last word."""
        state = CommentThread.State.ANSWERED
        return sum(talk.thread.state == state for r in self.readings for talk in r.talks)

    @property
    def is_quiet(self) -> bool:
        """Nothing written and nothing said: one line is enough."""
        return not self.chapter.has_text and not any(r.talks or r.parts for r in self.readings)


def talks(threads: Iterable[CommentThread]) -> list[Talk]:
    """Where the words of each thread stand now; one query and one look in the cache."""
    threads = list(threads)
    answers = access.answers_for(threads)
    anchored = [(t, answers[t.plan_section_id, t.question_id]) for t in threads if t.revision_id]
    steps = saving.steps_of((thread.revision, answer) for thread, answer in anchored)
    placed = {
        thread.pk: _placed(thread, answer, ops)
        for (thread, answer), ops in zip(anchored, steps, strict=True)
    }
    return [placed.get(thread.pk) or Talk(thread) for thread in threads]


def _placed(thread: CommentThread, answer: Answer, ops: Sequence[saving.Op]) -> Talk:
    anchor = Anchor(thread.start, thread.end)
    place = anchors.place(anchor, ops, saving.text_of(thread.revision))
    now = "" if place.where == Where.ORPHAN else saving.projected(answer)[place.start : place.end]
    return Talk(thread, place, anchors.quote(Anchor(0, len(now)), now))


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

    return [ReadingChapter(c, [reading(c, asked) for asked in c.asked]) for c in chapters]


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
        answer.pk: _Change(saving.text_of(old), ops, words) for (old, answer), ops, words in found
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
    marks = {talk.thread.pk: talk.mark for talk in found if talk.mark}
    cut = anchors.cut(text, parts, change.ops, change.before, marks)
    seen: set[int] = set()
    made = [
        Part(part.start, part.end, [_piece(stretch, seen) for stretch in stretches])
        for part, stretches in zip(parts or [Anchor(0, 0)], cut, strict=True)
    ]
    return [part for part in made if part.pieces]


def _piece(stretch: anchors.Stretch, seen: set[int]) -> Piece:
    opens = tuple(key for key in stretch.marks if key not in seen)
    seen.update(opens)
    return Piece(stretch.text, stretch.change, stretch.marks, opens)


@dataclass
class Conversation:
    """The talk of one section beside its questions; see templates/actionplans/_conversation.html."""

    talks: list[Talk]
    may_close: bool
    may_answer: bool
    is_coach: bool

    @property
    def open(self) -> list[Talk]:
        return [talk for talk in self.talks if not talk.thread.is_closed]

    @property
    def closed(self) -> list[Talk]:
        return [talk for talk in self.talks if talk.thread.is_closed]


def conversation(user: Any, plan_section: PlanSection) -> Conversation:
    """What the page of one section shows beside it; the village's rights and the coach's."""
    plan = plan_section.plan
    found = talks(access.threads_in(user, [plan_section]))
    return Conversation(found, *_voice(user, plan))


def conversation_of(user: Any, thread: CommentThread) -> Conversation:
    """The same for one thread on a page of its own."""
    return Conversation(talks([thread]), *_voice(user, thread.plan_section.plan))


def _voice(user: Any, plan: ActionPlan) -> tuple[bool, bool, bool]:
    writes = access.can_write(user, plan)
    is_coach = not writes and access.is_coach_of(user, plan)
    return writes, writes or is_coach, is_coach
