from inspiration import actions
from network.models import StoredFile
from tests.access_table import NO_POST, NO_POST_SIGNED_IN, Row, everyone, only, signed_in
from tests.inspiration import archives


def event(world):
    return {"event": world.things["day"].slug}


def draft(world):
    return {"event": world.things["draft_day"].slug}


def photo(world):
    return event(world) | {"photo": world.things["photo"].public_id}


def draft_photo(world):
    return event(world) | {"photo": world.things["draft_photo"].public_id}


def talk(world):
    return event(world) | {"presentation": world.things["talk"].slug}


def draft_talk(world):
    return event(world) | {"presentation": world.things["draft_talk"].slug}


def keeper(status=200):
    """A published event is visible to all, kept by its coordinator only."""
    return signed_in(403) | {"coordinator": status}


def draft_keeper(status=200):
    return only("coordinator", status=status)


def take_down(world):
    actions.request_takedown(photo=world.things["photo"])


def withdraw_talk(world):
    actions.withdraw_presentation(presentation=world.things["talk"], by=world.person("coordinator"))


COORDINATORS = only("coordinator", "other_coordinator")
GONE = everyone(410)

PUBLIC = [
    Row("inspiration:archive", get=everyone(200), post=NO_POST),
    Row("inspiration:event", args=event, get=everyone(200), post=NO_POST),
    Row(
        "inspiration:event",
        state="draft",
        args=draft,
        get=everyone(404, coordinator=200),
        post=NO_POST,
    ),
    Row(
        "inspiration:album",
        args=lambda world: event(world) | {"album": "fotos"},
        get=everyone(200),
        post=NO_POST,
    ),
    Row(
        "inspiration:album",
        state="of a draft",
        args=lambda world: draft(world) | {"album": "fotos"},
        get=everyone(404),
        post=NO_POST,
    ),
    Row("inspiration:photo", args=photo, get=everyone(200), post=NO_POST),
    Row("inspiration:photo", state="draft", args=draft_photo, get=everyone(404), post=NO_POST),
    Row(
        "inspiration:photo",
        state="taken down",
        args=photo,
        before=take_down,
        get=GONE,
        post=NO_POST,
    ),
    Row("inspiration:photo-takedown", args=photo, get=everyone(200), post=everyone(303)),
    Row(
        "inspiration:photo-takedown",
        state="draft",
        args=draft_photo,
        get=everyone(404),
        post=everyone(404),
    ),
    Row(
        "inspiration:photo-takedown",
        state="taken down",
        args=photo,
        before=take_down,
        get=GONE,
        post=GONE,
    ),
    Row("inspiration:takedown-thanks", get=everyone(200), post=NO_POST),
    Row("inspiration:takedown-noted", get=everyone(200), post=NO_POST),
    Row("inspiration:presentation", args=talk, get=everyone(200), post=NO_POST),
    Row(
        "inspiration:presentation", state="draft", args=draft_talk, get=everyone(404), post=NO_POST
    ),
    Row(
        "inspiration:presentation",
        state="withdrawn",
        args=talk,
        before=withdraw_talk,
        get=GONE,
        post=NO_POST,
    ),
    Row(
        "inspiration:presentation-file",
        state="draft",
        args=draft_talk,
        get=everyone(404),
        post=NO_POST,
    ),
    Row(
        "inspiration:presentation-file",
        state="withdrawn",
        args=talk,
        before=withdraw_talk,
        get=GONE,
        post=NO_POST,
    ),
    Row(
        "inspiration:speaker",
        args=lambda world: {"speaker": "nele-peeters"},
        get=everyone(200),
        post=NO_POST,
    ),
    Row(
        "inspiration:speaker",
        state="of a draft",
        args=lambda world: {"speaker": "stille-spreker"},
        get=everyone(404),
        post=NO_POST,
    ),
]

KEPT = [
    Row("inspiration:coordination", get=COORDINATORS, post=NO_POST_SIGNED_IN),
    Row(
        "inspiration:event-add",
        get=COORDINATORS,
        post=COORDINATORS | {"coordinator": 303, "other_coordinator": 422},
        data=lambda world: {
            "edition": world.edition.pk,
            "kind": "study",
            "title": "Studiedag",
            "day": "2026-03-21",
            "begin": "9.30",
        },
    ),
    Row("inspiration:event-keep", args=event, get=keeper(), post=NO_POST_SIGNED_IN),
    Row(
        "inspiration:event-keep",
        state="draft",
        args=draft,
        get=draft_keeper(),
        post=NO_POST_SIGNED_IN,
    ),
    Row("inspiration:event-edit", args=event, get=keeper(), post=keeper(422)),
    Row("inspiration:event-publish", args=draft, get=NO_POST_SIGNED_IN, post=draft_keeper(303)),
    Row("inspiration:programme", args=event, get=keeper(), post=keeper(422)),
    Row(
        "inspiration:item-remove",
        args=lambda world: event(world) | {"item": world.things["item"].pk},
        get=NO_POST_SIGNED_IN,
        post=keeper(303),
    ),
    Row(
        "inspiration:item-remove",
        state="of another event",
        args=lambda world: draft(world) | {"item": world.things["item"].pk},
        get=NO_POST_SIGNED_IN,
        post=only(),
    ),
    Row("inspiration:upload", args=event, get=NO_POST_SIGNED_IN, post=keeper(303)),
    Row(
        "inspiration:file-discard",
        args=lambda world: event(world) | {"file": world.things["refused"].file.pk},
        get=NO_POST_SIGNED_IN,
        post=keeper(303),
    ),
    Row(
        "inspiration:file-discard",
        state="not refused",
        args=lambda world: event(world) | {"file": world.things["photo"].file.pk},
        get=NO_POST_SIGNED_IN,
        post=keeper(404),
    ),
    Row(
        "inspiration:file-retry",
        args=lambda world: event(world) | {"file": world.things["refused"].file.pk},
        before=lambda world: StoredFile.objects.filter(state="refused").update(state="failed"),
        get=NO_POST_SIGNED_IN,
        post=keeper(303),
    ),
    Row(
        "inspiration:file-retry",
        state="refused",
        args=lambda world: event(world) | {"file": world.things["refused"].file.pk},
        get=NO_POST_SIGNED_IN,
        post=keeper(404),
    ),
    Row(
        "inspiration:draft-picture",
        args=lambda world: {
            "public_name": world.things["draft_photo"].file.public_name,
            "page": 0,
            "width": 320,
            "form": "jpg",
        },
        state="without its picture",
        get=only(),
        post=NO_POST_SIGNED_IN,
    ),
    Row("inspiration:photos", args=event, get=keeper(), post=keeper(422)),
    Row("inspiration:photos-credit", args=event, get=NO_POST_SIGNED_IN, post=keeper(303)),
    Row("inspiration:photos-publish", args=event, get=NO_POST_SIGNED_IN, post=keeper(303)),
    Row("inspiration:photos-order", args=event, get=NO_POST_SIGNED_IN, post=keeper(303)),
    Row("inspiration:photo-withdraw", args=photo, get=NO_POST_SIGNED_IN, post=keeper(303)),
    Row("inspiration:photo-restore", args=photo, get=NO_POST_SIGNED_IN, post=keeper(303)),
    Row(
        "inspiration:takedown",
        args=photo,
        before=take_down,
        get=keeper(),
        post=keeper(303),
        data=lambda world: {"decision": "restored"},
    ),
    Row(
        "inspiration:takedown",
        state="not asked",
        args=photo,
        get=keeper(404),
        post=keeper(404),
    ),
    Row("inspiration:presentation-edit", args=draft_talk, get=keeper(), post=keeper(422)),
    Row(
        "inspiration:presentation-publish", args=draft_talk, get=NO_POST_SIGNED_IN, post=keeper(303)
    ),
    Row("inspiration:presentation-drawn", args=draft_talk, get=keeper(), post=NO_POST_SIGNED_IN),
    Row("inspiration:presentation-withdraw", args=talk, get=NO_POST_SIGNED_IN, post=keeper(303)),
]

ROWS = PUBLIC + KEPT


def build(world):
    by = world.person("coordinator")
    day = archives.event(edition=world.edition, slug="inspiratiedag")
    draft_day = archives.event(edition=world.edition, slug="nog-niet", is_published=False)
    world.things |= {
        "day": day,
        "draft_day": draft_day,
        "photo": archives.photo(event=day, by=by),
        "draft_photo": archives.photo(event=day, by=by, state="draft", alt=""),
        "refused": archives.photo(event=day, by=by, state="draft", file_state="refused"),
        "talk": archives.talk(event=day, by=by),
        "draft_talk": archives.talk(event=day, by=by, state="draft"),
        "item": actions.add_item(
            event=day, by=by, title="De toog", voices=[actions.Voice(name="Nele Peeters")]
        ),
    }
    actions.add_item(
        event=draft_day, by=by, title="Later", voices=[actions.Voice(name="Stille Spreker")]
    )
