"""Plans with comments, made through the actions."""

from actionplans import access, actions
from actionplans.anchors import Anchor
from actionplans.models import ActionPlan, Comment, CommentThread
from network.models import Person
from tests.actionplans import making

TEXT = "We beginnen met brood van drie boeren.\n\nDe bus stopt voor de deur."


def written(world, *, text: str = TEXT, by: str = "lead", **where) -> ActionPlan:
    """The plan of Molendonk with one answer."""
    plan = making.plan(village=world.village, by=world.person("lead"))
    making.answer(plan=plan, by=world.person(by), text=text, **where)
    return plan


def draft(
    plan: ActionPlan,
    by: Person,
    *,
    words: str = "drie boeren",
    body: str = "Wie levert er in de vakantie?",
    kind: str = "vraag",
    slug: str = "ons-dorp",
    key: str = "schets",
) -> Comment:
    """A comment on these words, or on the whole answer where words is empty."""
    section, question = making.section(plan, slug), making.question(plan, slug, key)
    revision, anchor = None, None
    if words:
        answer = section.answers.get(question=question)
        revision = access.revision_of(by, answer, answer.revision)
        start = answer.text.index(words)
        anchor = Anchor(start, start + len(words))
    return actions.draft_comment(
        plan_section=section,
        question=question,
        by=by,
        kind=kind,
        body=body,
        revision=revision,
        anchor=anchor,
    )


def sent(plan: ActionPlan, by: Person, **options) -> CommentThread:
    comment = draft(plan, by, **options)
    actions.send_drafts(plan=plan, drafts=[comment.pk], by=by)
    comment.thread.refresh_from_db()
    return comment.thread
