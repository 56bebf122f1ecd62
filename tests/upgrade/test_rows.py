"""The rows of the release before, carried through this release's migrations and back."""

import base64
import gzip
import json
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from actionplans.models import Answer, AnswerRevision, CommentThread
from inspiration.models import Photo
from network import delivery, files, search
from network.models import OutgoingMail, Person, SearchText, StoredFile
from tests.cast import BACKEND

HERE = Path(__file__).parent
DUMP = json.loads(gzip.decompress((HERE / "v1.0.0.json.gz").read_bytes()))
OURS = ("network", "actionplans", "inspiration", "worksessions")
BEFORE = [tuple(leaf) for leaf in DUMP["migrations"]]
pytestmark = [pytest.mark.both, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def rows_of_before(transactional_db):
    """The database as release 1.0.0 left it; at the end it is the present one again."""
    migrate(BEFORE)
    old = MigrationLoader(connection).project_state(BEFORE).apps
    with transaction.atomic(), connection.constraint_checks_disabled():
        found = {label: old.get_model(label) for label in DUMP["rows"]}
        for model in found.values():
            model._base_manager.all().delete()
        for label, model in found.items():
            model._base_manager.bulk_create(revived(model, row) for row in DUMP["rows"][label])
    after_the_last_number(list(found.values()))
    lay_files()
    yield old
    migrate(MigrationLoader(connection).graph.leaf_nodes())


def migrate(targets) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(targets)


def revived(model: type[models.Model], row: dict) -> models.Model:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return model(**{name: fields[name].to_python(value) for name, value in row.items()})


def after_the_last_number(made: list) -> None:
    with connection.cursor() as cursor:
        for line in connection.ops.sequence_reset_sql(no_style(), made):
            cursor.execute(line)


def lay_files() -> None:
    for root, kept in DUMP["files"].items():
        folder = Path(settings.PRIVATE_ROOT if root == "private" else settings.PUBLIC_ROOT)
        for name, content in kept.items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(base64.b64decode(content))


def upgrade() -> None:
    migrate(MigrationLoader(connection).graph.leaf_nodes())


def count(label: str) -> int:
    return len(DUMP["rows"][label])


def test_all_rows_are_carried_over(rows_of_before):
    rows_of_before.get_model("network.SearchText").objects.update(stems="onzin")
    upgrade()
    kept = {label: apps.get_model(label)._base_manager.count() for label in DUMP["rows"]}
    assert kept == {label: count(label) for label in DUMP["rows"]}
    versions_and_anchors_stand_where_they_stood()
    the_index_is_made_anew()
    what_is_about_people_is_internal()


def versions_and_anchors_stand_where_they_stood() -> None:
    told = {(row["id"], row["text"]) for row in DUMP["rows"]["actionplans.AnswerRevision"]}
    assert set(AnswerRevision.objects.values_list("pk", "text")) == told
    places = {
        (row["id"], row["start"], row["end"], row["quote"])
        for row in DUMP["rows"]["actionplans.CommentThread"]
    }
    assert set(CommentThread.objects.values_list("pk", "start", "end", "quote")) == places


def the_index_is_made_anew() -> None:
    assert count("network.SearchText") > 0
    for row in SearchText.objects.all():
        assert row.stems.split() == search.stems(f"{row.title} {row.text}")


def what_is_about_people_is_internal() -> None:
    table = Answer.objects.get(question__key="betrokkenen").question
    internal = {column["key"] for column in table.columns if column.get("internal")}
    assert "houding" in internal
    assert not SearchText.objects.filter(text__icontains="kritisch").exists()


def test_the_site_goes_on_with_them(rows_of_before, client, mailoutbox):
    upgrade()
    for name, path, words in (
        ("Marie Devos", "/plan/voorjaar/molendonk/ons-dorp/", "De bus stopt voor de deur"),
        ("Els Verhaeghe", "/coach/voorjaar/molendonk/", "Wie levert er in de vakantie?"),
        ("Greet Aerts", "/coordinatie/voorjaar/werksessies/2/", "Zaal De Klok"),
        ("Greet Aerts", "/coordinatie/archief/dag/", "foto"),
    ):
        client.force_login(Person.objects.get(name=name).user, backend=BACKEND)
        page = client.get(path)
        assert (page.status_code, words in page.text) == (200, True), path
    mails_go_on_where_they_were()
    a_file_that_waited_is_worked_on()


def mails_go_on_where_they_were() -> None:
    assert OutgoingMail.objects.filter(state="queued").exists()
    delivery.drain()
    assert not OutgoingMail.objects.filter(state="queued", category="must").exists()
    assert OutgoingMail.objects.get(key="move:unknown").state == "unknown"


def a_file_that_waited_is_worked_on() -> None:
    ready = StoredFile.objects.filter(state="ready").count()
    for file_id in files.waiting_ids():
        files.process(file_id)
    assert StoredFile.objects.filter(state="ready").count() == ready + 1
    published = [row for row in DUMP["rows"]["inspiration.Photo"] if row["state"] == "published"]
    assert Photo.objects.filter(state="published").count() == len(published)


def test_there_is_a_way_back_with_every_row(rows_of_before):
    upgrade()
    migrate(BEFORE)
    old = MigrationLoader(connection).project_state(BEFORE).apps
    for label in DUMP["rows"]:
        assert old.get_model(label)._base_manager.count() == count(label), label
