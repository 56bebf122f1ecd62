"""Coach and village talk: drafts that leave together, answers, what became of a remark."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from actionplans import access, anchors, emails, saving
from actionplans.anchors import Anchor
from actionplans.models import (
    ActionPlan,
    AnswerRevision,
    Comment,
    CommentThread,
    PlanSection,
    Question,
)
from network import audit, clock
from network.models import Person
from network.refusal import Refused

State, Kind = CommentThread.State, Comment.Kind


class BadAnchor(ValueError):
    """The offsets are not of this version of the answer."""


def draft_comment(
    *,
    plan_section: PlanSection,
    question: Question,
    by: Person,
    kind: str,
    body: str,
    revision: AnswerRevision | None = None,
    anchor: Anchor | None = None,
) -> Comment:
    """Begin a thread that only its writer sees until `send_drafts`.

    anchor: code points in the projection of `revision`; without one it is about the whole answer.
    Raises BadAnchor.
    """
    words = _words(revision, anchor) if anchor else {}
    with transaction.atomic():
        thread = CommentThread.objects.create(
            plan_section=plan_section,
            question=question,
            by=by,
            created_at=clock.now(),
            state=State.PRAISE if kind == Kind.PRAISE else State.OPEN,
            **words,
        )
        return _write(thread, by, kind, body)


def _words(revision: AnswerRevision | None, anchor: Anchor) -> dict[str, object]:
    text = saving.text_of(revision)
    if revision is None or revision.number is None or not anchors.fits(anchor, text):
        raise BadAnchor
    return {
        "revision": revision,
        "start": anchor.start,
        "end": anchor.end,
        "quote": anchors.quote(anchor, text),
    }


def draft_reply(*, thread: CommentThread, by: Person, body: str, kind: str = "") -> Comment:
    """A coach's next word in a thread; it leaves with her other drafts."""
    return _write(thread, by, kind, body)


def _write(
    thread: CommentThread, by: Person, kind: str, body: str, *, is_sent: bool = False
) -> Comment:
    now = clock.now()
    return Comment.objects.create(
        thread=thread,
        by=by,
        role=access.role_in_words(by, thread.plan_section.plan.village),
        kind=kind,
        body=saving.normal(body),
        written_at=now,
        sent_at=now if is_sent else None,
    )


def edit_draft(*, comment: Comment, kind: str, body: str) -> None:
    """Change what was not sent yet. Raises Refused when it left in between."""
    with transaction.atomic():
        _lock_draft(comment)
        comment.kind, comment.body = kind, saving.normal(body)
        comment.save(update_fields=["kind", "body"])
        thread = comment.thread
        if thread.opened_at is None:
            thread.state = State.PRAISE if kind == Kind.PRAISE else State.OPEN
            thread.save(update_fields=["state"])


def delete_draft(*, comment: Comment) -> None:
    """Throw away what was not sent; a thread without any word goes with it. Raises Refused when
    it left in between."""
    with transaction.atomic():
        _lock_draft(comment)
        thread = comment.thread
        comment.delete()
        if not thread.comments.exists():
            thread.delete()


def _lock_draft(comment: Comment) -> None:
    drafts = Comment.objects.select_for_update().filter(pk=comment.pk, sent_at__isnull=True)
    if drafts.first() is None:
        raise Refused("Deze opmerking is intussen verstuurd.")


def send_drafts(*, plan: ActionPlan, drafts: Iterable[int], by: Person) -> int:
    """Send these drafts together, as one notice to each reader in the village.

    `drafts` are ids that access gave; the answer is how many left. A second press sends nothing.
    """
    now = clock.now()
    with transaction.atomic():
        waiting = Comment.objects.select_for_update(of=("self", "thread")).filter(
            pk__in=list(drafts), sent_at__isnull=True, by=by, thread__plan_section__plan=plan
        )
        comments = list(waiting.select_related("thread"))
        Comment.objects.filter(pk__in=[c.pk for c in comments]).update(sent_at=now)
        for comment in comments:
            _open(comment.thread, kind=comment.kind)
        if comments:
            emails.tell_village(plan, comments)
            audit.record(by=by, verb="comments.sent", obj=plan, count=len(comments))
    return len(comments)


def _open(thread: CommentThread, *, kind: str) -> None:
    """The village's turn: also where she comes back to a thread that was closed."""
    if thread.opened_at is None:
        thread.opened_at = clock.now()
        thread.save(update_fields=["opened_at"])
    elif kind != Kind.PRAISE and thread.state != State.PRAISE:
        _set_state(thread, State.OPEN)


def answer_thread(*, thread: CommentThread, by: Person, body: str) -> Comment:
    """The village answers, at once; the coach finds it on her desk. Words that come when the
    thread was closed in between stand in it all the same."""
    with transaction.atomic():
        _lock(thread)
        comment = _write(thread, by, "", body, is_sent=True)
        if thread.state == State.OPEN:
            _set_state(thread, State.ANSWERED)
        emails.tell_coach(thread)
        audit.record(by=by, verb="comment.answered", obj=thread)
    return comment


def handle_thread(*, thread: CommentThread, by: Person) -> None:
    """ "Verwerkt": the remark is in the text now, or needs nothing more. Raises Refused."""
    _close(thread, State.HANDLED, by)


def decline_thread(*, thread: CommentThread, by: Person, reason: str) -> None:
    """ "Niet verwerkt", and why. Raises Refused."""
    _close(thread, State.DECLINED, by, reason=saving.normal(reason))


def _close(thread: CommentThread, state: str, by: Person, *, reason: str = "") -> None:
    with transaction.atomic():
        if _lock(thread) not in (State.OPEN, State.ANSWERED):
            raise Refused("Dit gesprek is al behandeld, of vraagt niets meer.")
        _set_state(thread, state, by=by, reason=reason)
        emails.tell_coach(thread)
        audit.record(by=by, verb=f"comment.{state}", obj=thread)


def reopen_thread(*, thread: CommentThread, by: Person) -> None:
    """Back to the village's list, and the other side hears it. The reason of before is gone,
    the words stay. Raises Refused."""
    with transaction.atomic():
        if _lock(thread) not in (State.HANDLED, State.DECLINED):
            raise Refused("Dit gesprek staat al open.")
        _set_state(thread, State.OPEN)
        comment = _write(thread, by, "", "Opnieuw geopend.", is_sent=True)
        plan = thread.plan_section.plan
        if access.is_writer(by, plan.village):
            emails.tell_coach(thread)
        else:
            emails.tell_village(plan, [comment])
        audit.record(by=by, verb="comment.reopened", obj=thread)


def _lock(thread: CommentThread) -> str:
    """Hold the row, and bring the thread up to how it stands now; its state is the answer."""
    fields = ["state", "reason", "closed_by", "closed_at"]
    thread.refresh_from_db(
        fields=fields, from_queryset=CommentThread.objects.select_for_update(of=("self",))
    )
    return thread.state


def _set_state(
    thread: CommentThread, state: str, *, by: Person | None = None, reason: str = ""
) -> None:
    thread.state, thread.reason = state, reason
    thread.closed_by, thread.closed_at = by, clock.now() if by else None
    thread.save(update_fields=["state", "reason", "closed_by", "closed_at"])
