"""The talk about a plan as pages and mails show it: threads with where their words stand now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from actionplans import access, anchors, saving
from actionplans.anchors import Anchor, Place, Where
from actionplans.models import (
    ActionPlan,
    Answer,
    Comment,
    CommentThread,
    PlanSection,
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
    def asks_something(self) -> bool:
        """A compliment that was sent needs nothing more."""
        return self.has_draft or self.thread.state != CommentThread.State.PRAISE


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


@dataclass
class Conversation:
    """The talk beside one section; shown by templates/actionplans/_conversation.html."""

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


def conversation(user: Any, plan: ActionPlan, plan_section: PlanSection) -> Conversation:
    """What the page of one section shows beside it; the village's rights and the coach's."""
    found = talks(access.threads_in(user, [plan_section]))
    return Conversation(found, *_voice(user, plan))


def conversation_of(user: Any, thread: CommentThread) -> Conversation:
    """The same for one thread on a page of its own."""
    return Conversation(talks([thread]), *_voice(user, thread.plan_section.plan))


def _voice(user: Any, plan: ActionPlan) -> tuple[bool, bool, bool]:
    writes = access.can_write(user, plan)
    is_coach = not writes and access.is_coach_of(user, plan)
    return writes, writes or is_coach, is_coach
