from datetime import timedelta

from network import clock
from sessions import access
from sessions.models import WorkSession
from tests.access_table import NO_POST, Row, everyone, only, signed_in
from tests.cast import MEMBERS
from tests.worksessions import made

DESK_FORBIDDEN = tuple(who for who in MEMBERS if who not in {"anonymous", "coordinator"})
DESK = only("coordinator", forbidden=DESK_FORBIDDEN)
GUESTS = ("lead", "editor", "reader", "other_lead", "coach", "other_coach")


def desk(status: int) -> dict[str, int]:
    """A page of the coordinator of a public edition: others see the edition, hence 403."""
    return only("coordinator", status=status, forbidden=DESK_FORBIDDEN)


NO_POST_AT_DESK = signed_in(405)


def build(world):
    made.rules(world.edition)
    world.things["work_session"] = made.work_session(edition=world.edition)
    world.things["held_draft"] = made.work_session(
        edition=world.edition,
        number=3,
        starts_at=clock.now() + timedelta(days=40),
        status=WorkSession.Status.DRAFT,
        published_at=None,
    )


def of(number):
    return lambda world: {"edition": world.edition.slug, "number": number}


def in_edition(world):
    return {"edition": world.edition.slug}


def token(world):
    session = world.things["work_session"]
    return {"token": access.answer_token(session, world.person("lead").pk)}


def moment(world):
    return {
        "day": str((clock.now() + timedelta(days=12)).date()),
        "begin": "13.30",
        "end": "17.00",
        "place_name": "Gildezaal",
        "municipality": "Hoekskapelle",
    }


def planned(world):
    return {**moment(world), "number": "4", "theme": "kansen"}


DRAFT_HIDDEN = only("coordinator")

ROWS = [
    Row("worksessions:detail", args=of(2), state="published", get=everyone(200), post=NO_POST),
    Row(
        "worksessions:detail",
        args=of(3),
        state="draft",
        get=everyone(404, coordinator=200),
        post=NO_POST,
    ),
    Row("worksessions:calendar", args=of(2), get=everyone(200), post=NO_POST),
    Row(
        "worksessions:attend",
        args=of(2),
        data=lambda world: {"answer": "yes"},
        get=NO_POST_AT_DESK,
        post=everyone(403, anonymous=302, **dict.fromkeys(GUESTS, 303)),
    ),
    Row(
        "worksessions:answer",
        args=token,
        data=lambda world: {"answer": "yes"},
        get=everyone(200),
        post=everyone(303),
    ),
    Row(
        "worksessions:answer",
        args=lambda world: {"token": "vervalst"},
        state="forged",
        get=everyone(404),
        post=everyone(404),
    ),
    Row("worksessions:list", args=in_edition, get=DESK, post=NO_POST_AT_DESK),
    Row("worksessions:plan", args=in_edition, get=DESK, post=desk(303), data=planned),
    Row("worksessions:rules", args=in_edition, get=DESK, post=NO_POST_AT_DESK),
    Row(
        "worksessions:rule-edit",
        args=lambda world: {"edition": world.edition.slug, "key": "prepare"},
        get=NO_POST_AT_DESK,
        post=desk(303),
        data=lambda world: {
            "prepare-days": "5",
            "prepare-at": "9.00",
            "prepare-audience": "everyone",
        },
    ),
    Row("worksessions:manage", args=of(2), get=DESK, post=NO_POST_AT_DESK),
    Row("worksessions:manage", args=of(3), state="draft", get=DRAFT_HIDDEN, post=NO_POST_AT_DESK),
    Row(
        "worksessions:edit",
        args=of(2),
        get=DESK,
        post=desk(303),
        data=lambda world: {"theme": "anders"},
    ),
    Row(
        "worksessions:discard",
        args=of(3),
        get=NO_POST_AT_DESK,
        post=only("coordinator", status=303),
    ),
    Row(
        "worksessions:answer-for",
        args=of(2),
        get=NO_POST_AT_DESK,
        post=desk(303),
        data=lambda world: {"note": f"{world.person('lead').pk}:yes"},
    ),
    Row("worksessions:publish", args=of(3), get=DRAFT_HIDDEN, post=only("coordinator", status=303)),
    Row(
        "worksessions:move",
        args=of(2),
        get=DESK,
        post=desk(303),
        data=lambda world: {**moment(world), "confirmed": "1"},
    ),
    Row("worksessions:cancel", args=of(2), get=DESK, post=desk(303)),
    Row(
        "worksessions:mail",
        args=lambda world: {**of(2)(world), "key": "prepare"},
        get=DESK,
        post=NO_POST_AT_DESK,
    ),
    Row(
        "worksessions:mail-again",
        args=lambda world: {**of(2)(world), "key": "prepare", "mail_id": 1},
        get=NO_POST_AT_DESK,
        post=desk(303),
    ),
    Row(
        "worksessions:mails-again",
        args=lambda world: {**of(2)(world), "key": "prepare"},
        get=NO_POST_AT_DESK,
        post=desk(303),
    ),
    Row(
        "worksessions:preview",
        args=lambda world: {**of(2)(world), "key": "prepare"},
        get=DESK,
        post=NO_POST_AT_DESK,
    ),
]
