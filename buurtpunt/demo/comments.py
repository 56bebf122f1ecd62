"""What the coaches of the demo remarked and what the villages did with it, through the actions.

It stands on the texts of plan_texts.py: a remark quotes words that are there on its day.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import groupby

from actionplans import access, actions, saving
from actionplans.anchors import Anchor
from actionplans.models import ActionPlan, CommentThread
from buurtpunt.demo import comment_texts as texts
from buurtpunt.demo.cast import Cast
from buurtpunt.demo.comment_texts import Remark, Reply, Rewrite, Visit
from buurtpunt.demo.story import Story
from network.models import Person, Village

READING_HOUR, REPLYING_HOUR, REWRITING_HOUR = 20, 21, 19


def build(story: Story, cast: Cast) -> None:
    """Add remarks, replies, rewritten sentences and visits to the story."""
    threads: dict[Remark, int] = {}
    for visit in texts.VISITS:
        story.step(visit.days, READING_HOUR, 0, partial(_visit, cast, visit))
    for (days, coach, village), batch in groupby(texts.REMARKS, lambda r: r[:3]):
        evening = partial(_remark, cast, village, coach, list(batch), threads)
        story.step(days, READING_HOUR, 30, evening)
    for remark in texts.REMARKS:
        for minute, reply in enumerate(remark.replies):
            answer = partial(_reply, cast, reply, threads, remark)
            story.step(reply.days, REPLYING_HOUR, minute, answer)
    for rewrite in texts.REWRITES:
        story.step(rewrite.days, REWRITING_HOUR, 0, partial(_rewrite, cast, rewrite))


def _plan(village: Village) -> ActionPlan:
    plan = access.plan_of(village)
    assert plan is not None, f"{village} has no plan yet"
    return plan


def _visit(cast: Cast, visit: Visit) -> None:
    actions.visit_plan(plan=_plan(cast.villages[visit.village]), by=cast.people[visit.coach])


def _remark(
    cast: Cast, key: str, coach: str, batch: Iterable[Remark], threads: dict[Remark, int]
) -> None:
    """One evening of a coach with one plan: read, remark, and send unless it stays a draft."""
    village, by = cast.villages[key], cast.people[coach]
    plan = _plan(village)
    actions.visit_plan(plan=plan, by=by)
    kept = []
    for remark in batch:
        threads[remark] = _draft(village, by, remark)
        kept.append(remark.is_draft)
    if not all(kept):
        drafts = access.drafts(by.user, plan).values_list("pk", flat=True)
        actions.send_drafts(plan=plan, drafts=drafts, by=by)


def _draft(village: Village, by: Person, remark: Remark) -> int:
    asking = access.asking_or_404(
        by.user, village.edition.slug, village.slug, remark.section, remark.key
    )
    answer, anchor, revision = asking.answer, None, None
    if remark.words:
        assert answer is not None, f"nothing to quote: {remark}"
        start = saving.projected(answer).index(remark.words)
        anchor = Anchor(start, start + len(remark.words))
        revision = access.revision_of(by, answer, answer.revision)
    comment = actions.draft_comment(
        plan_section=asking.plan_section,
        question=asking.question,
        by=by,
        kind=remark.kind,
        body=remark.body,
        revision=revision,
        anchor=anchor,
    )
    return comment.thread_id


def _reply(cast: Cast, reply: Reply, threads: dict[Remark, int], remark: Remark) -> None:
    by = cast.people[reply.who]
    thread = access.thread_to_answer_or_404(by.user, threads[remark])
    if reply.body:
        actions.answer_thread(thread=thread, by=by, body=reply.body)
    if reply.outcome == CommentThread.State.HANDLED:
        actions.handle_thread(thread=thread, by=by)
    elif reply.outcome == CommentThread.State.DECLINED:
        actions.decline_thread(thread=thread, by=by, reason=reply.reason)


def _rewrite(cast: Cast, rewrite: Rewrite) -> None:
    """The village changes a sentence, and what the coach said about it follows."""
    village, by = cast.villages[rewrite.village], cast.people[rewrite.who]
    sections = _plan(village).sections.select_related("section", "plan__village")
    section = sections.get(section__slug=rewrite.section)
    question = access.question_or_404(section, rewrite.key)
    answer = access.answer_of(section, question)
    assert answer is not None and rewrite.old in answer.text, f"not there: {rewrite}"
    actions.save_answer(
        plan_section=section,
        question=question,
        by=by,
        base=answer.revision,
        text=answer.text.replace(rewrite.old, rewrite.new),
    )
