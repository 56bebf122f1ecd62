import uuid

from network import jobs, tokens
from network.models import StoredFile
from tests import factories
from tests.access_table import NO_POST, NO_POST_SIGNED_IN, Row, everyone, only, signed_in
from tests.network import joining_rows

ROWS = [
    Row("network:healthz", get=everyone(503), post=NO_POST),
    Row(
        "network:job",
        args=lambda world: {"job_id": world.things["job"].pk},
        get=only("lead"),
        post=NO_POST_SIGNED_IN,
    ),
    Row(
        "network:job-result",
        args=lambda world: {"job_id": world.things["job"].pk},
        state="still waiting",
        get=only(),
        post=NO_POST_SIGNED_IN,
    ),
    Row(
        "network:file-state",
        args=lambda world: {"file_id": world.things["file"].pk},
        get=only("coordinator"),
        post=NO_POST_SIGNED_IN,
    ),
    Row(
        "network:file-retry",
        args=lambda world: {"file_id": world.things["file"].pk},
        get=NO_POST_SIGNED_IN,
        post=only("coordinator", status=303),
    ),
    Row(
        "network:picture",
        args=lambda world: {
            "public_name": world.things["file"].public_name,
            "page": 0,
            "width": 320,
            "format": "jpg",
        },
        state="private",
        get=everyone(404),
        post=NO_POST,
    ),
    Row(
        "network:picture",
        args=lambda world: {
            "public_name": world.things["file"].public_name,
            "page": 0,
            "width": 320,
            "format": "jpg",
        },
        state="withdrawn",
        before=lambda world: StoredFile.objects.update(exposure="withdrawn"),
        get=everyone(410),
        post=NO_POST,
    ),
    Row("network:sign-out-everywhere", get=NO_POST_SIGNED_IN, post=signed_in(303)),
    Row(
        "network:mail-preferences",
        args=lambda world: {"token": tokens.make("mail-preferences", world.person("lead").pk)},
        get=everyone(200),
        post=everyone(303),
        data=lambda world: {"session": "on"},
    ),
    Row(
        "network:mail-preferences",
        args=lambda world: {"token": "vervalst"},
        state="forged",
        get=everyone(404),
        post=everyone(404),
    ),
]

ROWS += joining_rows.ROWS


def build(world):
    joining_rows.build(world)
    if "wait" not in jobs._kinds:
        jobs.register(jobs.JobKind("wait", "Even wachten", lambda job: None))
    world.things["job"] = jobs.start(kind="wait", by=world.person("lead"), params={})
    world.things["file"] = factories.stored_file(by=world.person("coordinator"))
    assert isinstance(world.things["file"].pk, uuid.UUID)
