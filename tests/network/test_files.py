"""One way in, one way out (network/files.py and its views)."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from network import clock, files
from network.files import Purpose
from network.models import StoredFile
from network.refusal import Refused
from tests import factories

pytestmark = pytest.mark.django_db


def judge(upload, name):
    if not upload.read(4) == b"GOOD":
        raise Refused(f"“{name}” is geen goed bestand.")
    return "text/plain"


def process(row):
    if b"bad inside" in files.private().open(row.path).read():
        raise Refused("Dit bestand is stuk.")


@pytest.fixture(autouse=True)
def purpose(monkeypatch):
    monkeypatch.setattr(files, "_purposes", {})
    files.register(Purpose("proef", 1000, judge, process))


@pytest.fixture
def by():
    return factories.person()


def store(by, content=b"GOOD file", name="proef.txt"):
    return files.store(upload=SimpleUploadedFile(name, content), purpose="proef", by=by)


def test_a_good_file_is_kept_privately_and_processed(by):
    row = store(by)
    assert files.private().open(row.path).read() == b"GOOD file"
    files.process(str(row.pk))
    row.refresh_from_db()
    assert (row.state, row.exposure, row.content_type) == ("ready", "private", "text/plain")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is leeg"),
        (b"BAD", "is geen goed bestand"),
        (b"GOOD" + b"x" * 1000, "is groter dan 1"),
    ],
)
def test_a_refused_upload_leaves_nothing(by, content, sentence):
    with pytest.raises(Refused, match=sentence):
        store(by, content)
    assert StoredFile.objects.count() == 0


def test_a_file_refused_by_the_worker_says_why_and_is_gone(by, django_capture_on_commit_callbacks):
    row = store(by, b"GOOD bad inside")
    with django_capture_on_commit_callbacks(execute=True):
        files.process(str(row.pk))
    path = row.path
    row.refresh_from_db()
    assert (row.state, row.path, row.reason) == ("refused", "", "Dit bestand is stuk.")
    assert not files.private().exists(path)


def test_a_file_is_processed_once(by, monkeypatch):
    row = store(by)
    files.process(str(row.pk))
    StoredFile.objects.update(reason="untouched")
    files.process(str(row.pk))
    row.refresh_from_db()
    assert (row.attempt, row.reason) == (1, "untouched")


def test_who_waits_sees_how_far_the_worker_is(by, monkeypatch):
    row, seen = store(by), []

    def draw(file):
        files.progress(file, done=12, total=300)
        file.refresh_from_db()
        seen.append((file.done, file.total))
        StoredFile.objects.update(attempt=9)  # somebody else has it now
        files.progress(file, done=13, total=300)

    monkeypatch.setattr(files, "_purposes", {"proef": Purpose("proef", 1, judge, draw)})
    files.process(str(row.pk))
    row.refresh_from_db()
    assert (seen, row.done) == ([(12, 300)], 12)


@pytest.mark.parametrize("content", [b"GOOD file", b"GOOD bad inside"])
def test_a_worker_that_was_given_up_for_dead_decides_nothing_more(by, monkeypatch, content):
    """The second worker comes while the first is at it, and is done before it."""
    row = store(by, content)
    busy = []

    def slow(file):
        if not busy:
            busy.append(file)
            StoredFile.objects.update(claimed_until=clock.real_now() - timedelta(seconds=1))
            monkeypatch.setattr(files, "_purposes", {"proef": Purpose("proef", 1, judge, fine)})
            files.process(str(row.pk))
        process(file)

    def fine(file):
        assert file.attempt == 2

    monkeypatch.setattr(files, "_purposes", {"proef": Purpose("proef", 1, judge, slow)})
    files.process(str(row.pk))
    row.refresh_from_db()
    assert (row.state, row.attempt) == ("ready", 2)
    assert files.private().exists(row.path)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\An\\foto.jpg", "foto.jpg"),
        ("../../etc/passwd", "passwd"),
        ("een\nnaam.txt", "eennaam.txt"),
        ("x" * 300 + ".txt", "x" * 196 + ".txt"),
        ("Begin " + "x" * 300 + " einde", "Begin " + "x" * 194),
        ("Begin." + "x" * 300, "Begin." + "x" * 184 + "." + "x" * 9),
        ("..pdf", "..pdf"),
    ],
)
def test_a_name_is_only_a_name(given, kept):
    assert files._clean_name(given) == kept


def rendition(row, tmp_path):
    source = tmp_path / "made.jpg"
    source.write_bytes(b"picture")
    return files.add_rendition(row, source=source, width=320, height=240, format="jpg")


def picture_url(row):
    return f"/beeld/{row.public_name}/0-320.jpg"


def test_a_picture_is_public_only_while_its_file_is(by, tmp_path: Path, client):
    row = store(by)
    rendition(row, tmp_path)
    assert client.get(picture_url(row)).status_code == 404
    files.expose(row, "public")
    response = client.get(picture_url(row))
    assert b"".join(response.streaming_content) == b"picture"
    assert response["Cache-Control"] == "public, max-age=300"
    files.expose(row, "withdrawn")
    assert client.get(picture_url(row)).status_code == 410


def test_a_picture_that_is_gone_from_the_disk_is_not_found(by, tmp_path, client):
    row = store(by)
    made = rendition(row, tmp_path)
    files.expose(row, "public")
    files.public().delete(made.path)
    assert client.get(picture_url(row)).status_code == 404


def test_making_a_picture_again_replaces_it(by, tmp_path):
    row = store(by)
    rendition(row, tmp_path)
    rendition(row, tmp_path)
    assert row.renditions.count() == 1


def test_what_is_removed_leaves_no_file(by, tmp_path, django_capture_on_commit_callbacks):
    row = store(by)
    made = rendition(row, tmp_path)
    path = row.path
    with django_capture_on_commit_callbacks(execute=True):
        files.remove(row)
    row.refresh_from_db()
    assert (row.path, row.exposure) == ("", "withdrawn")
    assert not files.private().exists(path)
    assert not files.public().exists(made.path)


def test_the_web_server_hands_over_in_production(settings):
    settings.FILES_ACCEL_LOCATION = "/intern"
    response = files.response(files.private(), "ab/cd e", content_type="text/plain", name="é.txt")
    assert response["X-Accel-Redirect"] == "/intern/private/ab/cd%20e"
    assert response["Content-Disposition"] == "attachment; filename*=UTF-8''%C3%A9.txt"


def test_nginx_of_the_manual_says_what_the_site_says_of_a_file(settings):
    settings.FILES_ACCEL_LOCATION = "/handed-over"
    response = files.response(files.public(), "ab/cd.jpg", content_type="image/jpeg")
    manual = (settings.BASE_DIR / "docs" / "operations.md").read_text()
    handed_over = manual.partition("location /handed-over/ {")[2].partition("}")[0]
    assert f"X-Content-Type-Options {response['X-Content-Type-Options']} always;" in handed_over
    policy = response["Content-Security-Policy"]
    assert f'Content-Security-Policy "{policy}" always;' in handed_over
