"""The commands that keep a site: a safe backup of SQLite, and `public` made again."""

import re
import sqlite3
import tarfile
import threading
from contextlib import closing
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command, get_commands
from django.db import connection

from network import files
from network.models import Person, Rendition, StoredFile
from tests import factories, pictures
from tests.inspiration import archives

only_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="a backup of SQLite")


def call(name, *arguments):
    out = StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue()


@only_sqlite
@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_a_backup_is_whole_while_others_write(tmp_path, settings):
    settings.PRIVATE_ROOT = tmp_path / "private"
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "origineel").write_bytes(b"inhoud")
    (tmp_path / "private" / "half.0a1b.part").write_bytes(b"half")
    factories.person(name="Voor de kopie")
    over = threading.Event()
    writing = threading.Thread(target=write_until, args=(over,))
    writing.start()
    try:
        told = call("backup", tmp_path / "kopie")
    finally:
        over.set()
        writing.join()
    assert "1 originals" in told
    with closing(sqlite3.connect(tmp_path / "kopie" / "buurtpunt.sqlite3")) as copy:
        names = [name for (name,) in copy.execute("SELECT name FROM network_person")]
    assert "Voor de kopie" in names and len(names) <= Person.objects.count()
    with tarfile.open(tmp_path / "kopie" / "private.tar") as tar:
        assert tar.getnames() == ["private/origineel"]


def write_until(over):
    try:
        while not over.is_set():
            factories.person()
    finally:
        connection.close()


@only_sqlite
@pytest.mark.both
@pytest.mark.django_db
def test_a_backup_overwrites_nothing(tmp_path):
    with pytest.raises(CommandError, match="cannot be made"):
        call("backup", tmp_path)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="what another database says")
@pytest.mark.django_db
def test_another_database_has_its_own_tool(tmp_path):
    with pytest.raises(CommandError, match="pg_dump"):
        call("backup", tmp_path / "kopie")


@pytest.mark.django_db
def test_public_is_made_again(world):
    by = world.person("coordinator")
    day = archives.event(edition=world.edition, slug="dag")
    photo = archives.upload(event=day, by=by)
    talk = archives.deck(event=day, by=by, slides=[("Een", "a"), ("Twee", "b"), ("Drie", "c")])
    whole = archives.upload(event=day, by=by, data=pictures.photo() + b"another", name="heel.jpg")
    lost = [made.path for made in photo.file.renditions.all()]
    lost += [made.path for made in talk.file.renditions.filter(page=2)]
    for path in lost:
        files.public().delete(path)
    slides = list(talk.slides.values_list("pk", "title"))
    assert "2 files" in call("remake_public")
    assert set(files.waiting_ids()) == {str(photo.file.pk), str(talk.file.pk)}
    for file_id in files.waiting_ids():
        files.process(file_id)
    assert all(files.public().exists(path) for path in lost)
    assert list(talk.slides.values_list("pk", "title")) == slides
    assert {row.state for row in StoredFile.objects.all()} == {"ready"}
    assert whole.file.renditions.exists()
    assert "0 files" in call("remake_public")


@pytest.mark.django_db
def test_nothing_is_made_again_of_what_was_removed_for_good(world):
    row = factories.stored_file(by=world.person("coordinator"), path="", state="ready")
    Rendition.objects.create(file=row, width=320, height=1, format="jpg", path="weg/x.jpg", size=1)
    files.private().save("x", ContentFile(b"x"))
    assert "0 files" in call("remake_public")
    row.refresh_from_db()
    assert row.state == "ready"


def test_the_manual_names_only_commands_that_exist(settings):
    manual = (settings.BASE_DIR / "docs" / "operations.md").read_text()
    named = set(re.findall(r"manage\.py (\w+)", manual))
    assert {"backup", "remake_public", "migrate"} <= named <= set(get_commands())
