"""Molendonk has a plan with a sketch in two versions and one action; Hoekskapelle has none."""

from actionplans.models import AnswerRevision, Question
from tests.access_table import NO_POST_SIGNED_IN, Row, only, signed_in
from tests.actionplans import making, talk_rows
from tests.cast import MEMBERS

TEAM = ("lead", "editor", "reader")
GUIDES = ("coach", "coordinator")
DOSSIER = (*TEAM, *GUIDES)
NETWORK = (*DOSSIER, "other_lead", "other_coach", "other_coordinator")
WRITERS = ("lead", "editor")
NO_MEMBERS = tuple(who for who in MEMBERS if who not in (*TEAM, "anonymous"))
READS = only(*DOSSIER)
WRITES = only(*WRITERS, forbidden=("reader", *GUIDES))
CHANGES = only(*WRITERS, forbidden=("reader", *GUIDES), status=303)
POST_ONLY = signed_in(405)


def build(world) -> None:
    lead = world.person("lead")
    plan = world.things["plan"] = making.plan(village=world.village, by=lead)
    making.answer(plan=plan, by=lead, text="Een dorp met een plein.")
    making.answer(plan=plan, by=lead, text="Een dorp met een groot plein.")
    making.action(plan=plan, by=lead, owner=lead)
    talk_rows.build(world)


def _plan(world) -> dict:
    return {"edition": world.edition.slug, "village": world.village.slug}


def _empty(world) -> dict:
    return {"edition": world.edition.slug, "village": world.other_village.slug}


def _section(world) -> dict:
    return {**_plan(world), "section": "ons-dorp"}


def _answer(world) -> dict:
    return {**_section(world), "key": "schets"}


def _action(world) -> dict:
    return {**_plan(world), "number": 1}


def _share(visibility: str):
    def before(world) -> None:
        world.things["plan"].sections.update(visibility=visibility)

    return before


def _internal(visibility: str):
    """The sketch is for writers and guides only, however far its section is shared."""

    def before(world) -> None:
        Question.objects.filter(key="schets").update(is_internal=True)
        _share(visibility)(world)

    return before


def _restore(world) -> dict:
    return {"revision": AnswerRevision.objects.get(number=1, text__contains="plein").pk, "base": 2}


def _whole_action(world) -> dict:
    owner = world.person("lead").pk
    return {"title": "Bel", "base": 1, "state": "busy", "priority": "now", "owner": owner}


ROWS = [
    Row("actionplans:plan", args=_plan, get=READS, post=NO_POST_SIGNED_IN),
    Row(
        "actionplans:plan",
        args=_plan,
        state="a section shared with the network",
        before=_share("network"),
        get=only(*NETWORK),
        post=NO_POST_SIGNED_IN,
    ),
    Row(
        "actionplans:plan",
        args=_empty,
        state="not begun",
        get=only("other_lead", "other_coach", "coordinator"),
        post=NO_POST_SIGNED_IN,
    ),
    Row(
        "actionplans:start",
        args=_empty,
        get=POST_ONLY,
        post=only("other_lead", forbidden=("other_coach", "coordinator"), status=303),
    ),
    Row("actionplans:read", args=_plan, get=READS, post=NO_POST_SIGNED_IN),
    Row("actionplans:pdf", args=_plan, get=POST_ONLY, post=only(*DOSSIER, status=303)),
    Row(
        "actionplans:course",
        args=_plan,
        data=lambda w: {"course": "paused", "reason": "Even stil"},
        get=POST_ONLY,
        post=CHANGES,
    ),
    Row("actionplans:section", args=_section, get=READS, post=NO_POST_SIGNED_IN),
    Row(
        "actionplans:section",
        args=_section,
        state="kept to the team",
        before=_share("team"),
        get=only(*TEAM, forbidden=GUIDES),
        post=NO_POST_SIGNED_IN,
    ),
    Row(
        "actionplans:section",
        args=_section,
        state="open to everyone",
        before=_share("everyone"),
        get=signed_in(200),
        post=NO_POST_SIGNED_IN,
    ),
    Row("actionplans:section-writing", args=_section, get=WRITES, post=NO_POST_SIGNED_IN),
    Row(
        "actionplans:section-visibility",
        args=_section,
        data=lambda w: {"visibility": "network"},
        get=POST_ONLY,
        post=CHANGES,
    ),
    Row(
        "actionplans:section-ready",
        args=_section,
        data=lambda w: {"klaar": "1"},
        get=POST_ONLY,
        post=CHANGES,
    ),
    Row(
        "actionplans:section-defer",
        args=_section,
        data=lambda w: {"later": "1"},
        get=POST_ONLY,
        post=CHANGES,
    ),
    Row(
        "actionplans:answer",
        args=_answer,
        data=lambda w: {"base": "2", "text": "Nieuw"},
        get=CHANGES,
        post=CHANGES,
    ),
    Row(
        "actionplans:answer",
        args=_answer,
        state="kept to the team",
        before=_share("team"),
        data=lambda w: {"base": "2", "text": "Nieuw"},
        get=CHANGES,
        post=CHANGES,
    ),
    Row(
        "actionplans:answer-history",
        args=_answer,
        get=only(*TEAM, forbidden=GUIDES),
        post=NO_POST_SIGNED_IN,
    ),
    *(
        Row(
            "actionplans:answer-history",
            args=_answer,
            state=f"an internal question of a section open to {visibility}",
            before=_internal(visibility),
            get=only(*WRITERS, forbidden=forbidden),
            post=NO_POST_SIGNED_IN,
        )
        for visibility, forbidden in (("coaches", GUIDES), ("everyone", NO_MEMBERS))
    ),
    Row("actionplans:answer-restore", args=_answer, data=_restore, get=POST_ONLY, post=CHANGES),
    Row(
        "actionplans:action-add",
        args=_plan,
        data=lambda w: {"title": "Vraag de sleutel"},
        get=WRITES,
        post=CHANGES,
    ),
    Row("actionplans:action-edit", args=_action, data=_whole_action, get=WRITES, post=CHANGES),
    Row(
        "actionplans:action-history",
        args=_action,
        get=only(*TEAM, forbidden=GUIDES),
        post=NO_POST_SIGNED_IN,
    ),
    Row(
        "actionplans:action-complete",
        args=_action,
        data=lambda w: {"klaar": "1"},
        get=POST_ONLY,
        post=CHANGES,
    ),
    *talk_rows.ROWS,
]
