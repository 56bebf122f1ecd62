"""Makes the small database of a release, with that release's own code and tests:

    git worktree add ../before v1.0.0 && cd ../before
    PYTHONPATH=. DJANGO_SETTINGS_MODULE=tests.settings \\
        python …/tests/upgrade/make_database.py …/tests/upgrade/v1.0.0.json.gz

People, plans with revisions and anchors, sessions with answers, mails in every state, files with
what lies behind them. All that is used from `tests` is that release's.
"""

import base64
import gzip
import json
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from django.apps import apps  # noqa: E402  Django must be set up first
from django.conf import settings  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.migrations.loader import MigrationLoader  # noqa: E402

from actionplans import actions as plans  # noqa: E402
from inspiration import actions as archive  # noqa: E402
from network import clock, delivery, files, folding, mail, sweeping  # noqa: E402
from network.models import OutgoingMail  # noqa: E402
from tests import factories, pictures  # noqa: E402
from tests.actionplans import making, talking  # noqa: E402
from tests.cast import build_world  # noqa: E402
from tests.inspiration import archives  # noqa: E402
from tests.worksessions.made import attendance, rules, work_session  # noqa: E402

OURS = ("network", "actionplans", "inspiration", "worksessions")
ALSO = ("account.EmailAddress",)


def main(place: str) -> None:
    call_command("migrate", verbosity=0)
    world = build_world()
    write_plans(world)
    hold_sessions(world)
    fill_archive(world)
    post_mails(world)
    dump = {"migrations": leaves(), "rows": rows(), "files": kept_files()}
    text = json.dumps(dump, ensure_ascii=False, indent=0, sort_keys=True)
    Path(place).write_bytes(gzip.compress(text.encode(), mtime=0))
    counted = {label: len(found) for label, found in dump["rows"].items()}
    print(json.dumps(counted, indent=1))


def write_plans(world) -> None:
    """Versions, a clash, a table, actions, and comments whose words moved since."""
    lead, editor, coach = (world.person(who) for who in ("lead", "editor", "coach"))
    plan = talking.written(world)
    talking.sent(plan, coach)
    talking.sent(plan, coach, words="De bus", body="Rijdt die ook op zondag?")
    talking.draft(plan, coach, words="brood", body="Nog niet verstuurd.")
    making.answer(plan=plan, by=editor, text="Vooraf. " + talking.TEXT)
    with suppress(plans.Stale):
        making.answer(plan=plan, by=lead, text=talking.TEXT + "\n\nEn een linde.", base=1)
    making.answer(
        plan=plan,
        by=lead,
        slug="mensen-en-partners",
        key="betrokkenen",
        rows=[{"naam": "De schepen", "rol": "toelating", "houding": "kritisch"}],
    )
    making.action(plan=plan, by=lead, owner=editor, due_on=clock.today() + timedelta(days=9))
    plans.set_visibility(
        plan_section=making.section(plan, "mensen-en-partners"), visibility="network", by=lead
    )
    making.plan(village=world.other_village, by=world.person("other_lead"))


def hold_sessions(world) -> None:
    rules(world.edition)
    held = clock.now() - timedelta(days=35)
    work_session(edition=world.edition, number=1, starts_at=held, status="held")
    session = work_session(edition=world.edition, number=2)
    attendance(session=session, person=world.person("lead"))
    attendance(session=session, person=world.person("editor"), answer="no")
    sweeping.sweep()
    folding.fold(clock.now())


def fill_archive(world) -> None:
    by = world.person("coordinator")
    event = archives.event(edition=world.edition, slug="dag")
    photo = archives.upload(event=event, by=by, data=pictures.photo(pictures.scene(400, 300)))
    archives.describe(photo, by)
    archives.deck(event=event, by=by)
    archives.photo(event=event, by=by, state="withdrawn")
    archives.upload(event=event, by=by, data=pictures.photo(pictures.scene(300, 200))[:900])
    waiting = pictures.photo(pictures.scene(320, 200))
    archive.add_file(event=event, upload=SimpleUploadedFile("wacht.jpg", waiting), by=by)
    assert len(files.waiting_ids()) == 1


def post_mails(world) -> None:
    """One in each state: what is under way when a release is replaced."""
    factories.invitation(village=world.village, role="editor", name="Kaat Peeters")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    delivery.drain()
    states = OutgoingMail.State
    for state in (states.QUEUED, states.RETRY, states.FAILED, states.UNKNOWN, states.CLAIMED):
        mail.post_many([mail.Wish("session.moved", f"move:{state}", world.person("lead"))])
        OutgoingMail.objects.filter(key=f"move:{state}").update(
            state=state,
            attempt=1,
            claimed_by="worker-of-before" if state == states.CLAIMED else "",
            lease_until=clock.real_now() if state == states.CLAIMED else None,
        )


def leaves() -> list[list[str]]:
    return sorted(map(list, MigrationLoader(connection).graph.leaf_nodes()))


def rows() -> dict[str, list[dict]]:
    """Every row of our tables as text and numbers, by model."""
    models = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    models += [apps.get_model(label) for label in ALSO]
    through = [field.remote_field.through for model in models for field in model._meta.many_to_many]
    models += [model for model in through if model._meta.auto_created]
    return {
        model._meta.label: [plain(model, row) for row in model._base_manager.order_by("pk")]
        for model in models
    }


def plain(model, row) -> dict:
    return {
        field.attname: value if isinstance(value, (int, list, dict, type(None))) else str(value)
        for field in model._meta.concrete_fields
        for value in [getattr(row, field.attname)]
    }


def kept_files() -> dict[str, dict[str, str]]:
    roots = {"private": settings.PRIVATE_ROOT, "public": settings.PUBLIC_ROOT}
    return {
        name: {
            str(path.relative_to(root)): base64.b64encode(path.read_bytes()).decode()
            for path in sorted(Path(root).rglob("*"))
            if path.is_file()
        }
        for name, root in roots.items()
    }


if __name__ == "__main__":
    main(sys.argv[1])
