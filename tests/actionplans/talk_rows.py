"""Rows of the access table for the coach's pages and the talk."""

from collections.abc import Callable

from actionplans import actions
from actionplans.models import Question
from tests.access_table import NO_POST_SIGNED_IN, Row, only
from tests.actionplans import making, talking
from tests.cast import World

TEAM = ("lead", "editor", "reader")
WRITERS = ("lead", "editor")
PLACE = {"slug": "droom", "key": "voor-wie"}
WORDS = {"kind": "tip", "body": "Vraag het aan Jan.", "reason": "Geen tijd."}


def build(world) -> None:
    plan = world.things["plan"]
    coach = world.person("coach")
    making.answer(plan=plan, by=world.person("lead"), text=talking.TEXT, **PLACE)
    world.things["thread"] = talking.sent(plan, coach, **PLACE)
    world.things["draft"] = talking.draft(plan, coach, words="De bus", **PLACE)


def plan_args(world) -> dict:
    return {"edition": world.edition.slug, "village": world.village.slug}


def add_args(world) -> dict:
    return {**plan_args(world), "section": "droom", "question": "voor-wie"}


def thread_args(world) -> dict:
    return {"thread_id": world.things["thread"].pk}


def draft_args(world) -> dict:
    return {"comment_id": world.things["draft"].pk}


def close(world) -> None:
    actions.handle_thread(thread=world.things["thread"], by=world.person("lead"))


def keep_to_the_team(world) -> None:
    section = making.section(world.things["plan"], "droom")
    actions.set_visibility(plan_section=section, visibility="team", by=world.person("lead"))


def share_with_all(world) -> None:
    section = making.section(world.things["plan"], "droom")
    actions.set_visibility(plan_section=section, visibility="everyone", by=world.person("lead"))


def internal(share: Callable[[World], None]) -> Callable[[World], None]:
    """What is talked about holds something internal."""

    def before(world) -> None:
        Question.objects.filter(key=PLACE["key"]).update(has_internal_columns=True)
        share(world)

    return before


def words(world) -> dict:
    return WORDS


NOT_COACH = (*TEAM, "coordinator")
FROM_ALL = (*NOT_COACH, "other_lead", "other_coach", "other_coordinator")
OUTSIDERS = ("candidate", "former_coach", "partner", "superuser")
ADD = "actionplans:comment-add"

ROWS = [
    Row("actionplans:coach", get=only("coach", "other_coach"), post=NO_POST_SIGNED_IN),
    Row(
        "actionplans:coach-plan",
        get=only("coach", forbidden=NOT_COACH),
        post=NO_POST_SIGNED_IN,
        args=plan_args,
    ),
    Row(
        "actionplans:coach-plan",
        state="one section is shared with all",
        before=share_with_all,
        get=only("coach", forbidden=(*FROM_ALL, *OUTSIDERS)),
        post=NO_POST_SIGNED_IN,
        args=plan_args,
    ),
    Row(
        "actionplans:comments-send",
        get=NO_POST_SIGNED_IN,
        post=only("coach", status=303, forbidden=NOT_COACH),
        args=plan_args,
    ),
    Row(
        ADD,
        get=only("coach", forbidden=NOT_COACH),
        post=only("coach", status=303, forbidden=NOT_COACH),
        args=add_args,
        data=words,
    ),
    Row(
        ADD,
        state="kept to the team",
        before=keep_to_the_team,
        get=only(forbidden=("coach", *NOT_COACH)),
        post=only(forbidden=("coach", *NOT_COACH)),
        args=add_args,
        data=words,
    ),
    Row(
        ADD,
        state="about something internal, shared with all",
        before=internal(share_with_all),
        get=only("coach", forbidden=(*FROM_ALL, *OUTSIDERS)),
        post=only("coach", status=303, forbidden=(*FROM_ALL, *OUTSIDERS)),
        args=add_args,
        data=words,
    ),
    Row(
        "actionplans:comment-edit",
        get=only("coach"),
        post=only("coach", status=303),
        args=draft_args,
        data=words,
    ),
    Row(
        "actionplans:comment-delete",
        get=NO_POST_SIGNED_IN,
        post=only("coach", status=303),
        args=draft_args,
    ),
    Row(
        "actionplans:thread",
        get=only(*TEAM, "coach", "coordinator"),
        post=NO_POST_SIGNED_IN,
        args=thread_args,
    ),
    Row(
        "actionplans:thread",
        state="draft",
        get=only("coach"),
        post=NO_POST_SIGNED_IN,
        args=lambda world: {"thread_id": world.things["draft"].thread_id},
    ),
    Row(
        "actionplans:thread",
        state="kept to the team",
        before=keep_to_the_team,
        get=only(*TEAM),
        post=NO_POST_SIGNED_IN,
        args=thread_args,
    ),
    Row(
        "actionplans:thread",
        state="shared with all",
        before=share_with_all,
        get=only(*TEAM, "coach", "coordinator"),
        post=NO_POST_SIGNED_IN,
        args=thread_args,
    ),
    Row(
        "actionplans:thread",
        state="about something internal, shared with all",
        before=internal(share_with_all),
        get=only(*WRITERS, "coach", "coordinator"),
        post=NO_POST_SIGNED_IN,
        args=thread_args,
    ),
    Row(
        "actionplans:thread",
        state="about something internal, kept to the team",
        before=internal(keep_to_the_team),
        get=only(*WRITERS),
        post=NO_POST_SIGNED_IN,
        args=thread_args,
    ),
    Row(
        "actionplans:thread-answer",
        state="about something internal",
        before=internal(share_with_all),
        get=NO_POST_SIGNED_IN,
        post=only(*WRITERS, "coach", status=303, forbidden=("coordinator",)),
        args=thread_args,
        data=words,
    ),
    Row(
        "actionplans:thread-answer",
        get=NO_POST_SIGNED_IN,
        post=only(*WRITERS, "coach", status=303, forbidden=("reader", "coordinator")),
        args=thread_args,
        data=words,
    ),
    Row(
        "actionplans:thread-reopen",
        state="closed",
        before=close,
        get=NO_POST_SIGNED_IN,
        post=only(*WRITERS, "coach", status=303, forbidden=("reader", "coordinator")),
        args=thread_args,
    ),
    *(
        Row(
            f"actionplans:{name}",
            get=NO_POST_SIGNED_IN,
            post=only(*WRITERS, status=303, forbidden=("reader", "coordinator", "coach")),
            args=thread_args,
            data=words,
        )
        for name in ("thread-handle", "thread-decline")
    ),
]
