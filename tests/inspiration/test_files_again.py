"""When a file could not be kept or made ready, and that was not the file's fault."""

import errno

import pytest
from django.db import connection
from django.urls import reverse

from inspiration.models import Photo
from network import clock, files, images
from network.models import AuditEntry, StoredFile
from tests import pictures
from tests.inspiration import archives
from tests.inspiration.test_uploads import BY_SCRIPT, kept, send
from tests.network import full_disk

pytestmark = pytest.mark.django_db
KEEP = "/coordinatie/archief/dag/"


@pytest.fixture
def by(world):
    return world.person("coordinator")


@pytest.fixture
def day(world):
    return archives.event(edition=world.edition, slug="dag")


def photo(name="IMG_1.jpg"):
    return (name, pictures.photo())


def shown(response):
    return response.content.decode()


def test_a_full_disk_is_a_sentence_for_who_sends_by_script(sign_in, day, settings):
    full_disk.fill(settings, "private")
    answer = send(sign_in("coordinator"), photo(), **BY_SCRIPT)
    assert answer.status_code == 507
    assert "“IMG_1.jpg” kon er niet bij: de schijf van de site is vol." in shown(answer)
    assert (StoredFile.objects.count(), Photo.objects.count()) == (0, 0)


def test_a_full_disk_is_a_sentence_for_who_sends_a_form(sign_in, day, settings):
    full_disk.fill(settings, "private")
    client = sign_in("coordinator")
    answer = send(client, photo(), photo("IMG_2.jpg"))
    assert answer.status_code == 303
    assert shown(client.get(answer["Location"])).count("de schijf van de site is vol") == 2
    assert StoredFile.objects.count() == 0


def test_a_full_temporary_folder_is_a_page_with_a_sentence(sign_in, day, settings):
    settings.FILE_UPLOAD_HANDLERS = ["tests.network.full_disk.FullTemporaryFolder"]
    client = sign_in("coordinator")
    client.raise_request_exception = False
    answer = send(client, photo())
    assert answer.status_code == 507
    assert "De schijf van de site is vol" in shown(answer)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="its own way to have a full database")
@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_a_full_database_is_a_sentence_and_nothing_is_kept(sign_in, day):
    client = sign_in("coordinator")
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count={pages}")
    try:
        # Each another file, because a double is refused; until the last free page is used.
        data, answer = pictures.photo(), None
        for number in range(400):
            answer = send(client, (f"{number}.jpg", data + b"%d" % number), **BY_SCRIPT)
            if answer.status_code != 201:
                break
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count=1073741823")
    assert answer.status_code == 507
    assert len(kept()) == StoredFile.objects.count()


def test_a_photo_whose_pictures_find_no_room_waits_and_is_ready_later(sign_in, day, by, settings):
    send(sign_in("coordinator"), photo())
    row = StoredFile.objects.get()
    stores = settings.STORAGES
    full_disk.fill(settings, "public")
    files.process(str(row.pk))
    row.refresh_from_db()
    assert (row.state, row.failures) == ("waiting", 1)
    settings.STORAGES = stores
    StoredFile.objects.update(retry_at=clock.real_now())
    files.process(str(row.pk))
    row.refresh_from_db()
    assert row.state == "ready" and row.renditions.exists()


def test_a_work_folder_without_room_refuses_no_photo(sign_in, day, monkeypatch):
    send(sign_in("coordinator"), photo())
    row = StoredFile.objects.get()

    def no_room(**options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryDirectory", no_room)
    files.process(str(row.pk))
    row.refresh_from_db()
    assert row.state == "waiting" and len(kept()) == 1


@pytest.fixture
def failed(day, by, sign_in):
    send(sign_in("coordinator"), photo())
    StoredFile.objects.update(state="failed", reason="Dat lag aan ons.", failures=7)
    return StoredFile.objects.get()


def test_the_coordinator_tries_a_failed_file_again(sign_in, failed):
    client = sign_in("coordinator")
    page = shown(client.get(KEEP))
    assert "Mislukt. Dat lag aan ons." in page and "Probeer opnieuw" in page
    answer = client.post(f"{KEEP}bestanden/{failed.pk}/opnieuw/", follow=True)
    assert "We proberen “IMG_1.jpg” opnieuw." in shown(answer)
    files.process(str(failed.pk))
    failed.refresh_from_db()
    assert failed.state == "ready"
    assert AuditEntry.objects.filter(verb="archive.file_retried").count() == 1


def test_who_sent_it_tries_again_where_she_sees_it(sign_in, failed):
    client = sign_in("coordinator")
    line = shown(client.get(reverse("network:file-state", args=[failed.pk])))
    again = reverse("network:file-retry", args=[failed.pk])
    assert "Mislukt. Dat lag aan ons." in line and f'action="{again}"' in line
    answer = client.post(again, headers={"referer": f"http://testserver{KEEP}"})
    assert answer["Location"] == f"http://testserver{KEEP}"
    failed.refresh_from_db()
    assert failed.state == "waiting"
    elsewhere = client.post(again, headers={"referer": "https://elders.example/"})
    assert elsewhere["Location"] == reverse("start")


def test_a_failed_file_can_leave_the_list_and_is_gone(
    sign_in, failed, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        sign_in("coordinator").post(f"{KEEP}bestanden/{failed.pk}/weg/")
    assert (StoredFile.objects.count(), Photo.objects.count()) == (0, 0)
    assert not files.private().exists(failed.path)


def test_a_file_that_waits_for_its_next_try_says_so(sign_in, failed):
    StoredFile.objects.update(state="waiting", retry_at=clock.real_now())
    line = shown(sign_in("coordinator").get(reverse("network:file-state", args=[failed.pk])))
    assert "Dat lukte nog niet. We proberen het vanzelf opnieuw." in line
    assert "every 30s" in line


def test_a_decoder_that_is_killed_loses_no_photo(sign_in, day, monkeypatch):
    """The real child, killed as the kernel does when memory runs out."""
    send(sign_in("coordinator"), photo())
    row = StoredFile.objects.get()
    killed = "tests.network.confined_cases:be_killed"
    run_limited = images.run_limited
    with monkeypatch.context() as patch:
        patch.setattr(images, "run_limited", lambda name, *a, **k: run_limited(killed, **k))
        files.process(str(row.pk))
    row.refresh_from_db()
    assert row.state == "waiting" and len(kept()) == 1
    StoredFile.objects.update(retry_at=clock.real_now())
    files.process(str(row.pk))
    row.refresh_from_db()
    assert row.state == "ready"


@pytest.mark.parametrize(
    ("state", "words"), [("failed", "Probeer het opnieuw"), ("checking", "wordt nog verwerkt")]
)
def test_page_of_photos_tells_a_failed_one_from_one_that_waits(sign_in, day, by, state, words):
    photo = archives.photo(event=day, by=by, state="draft", widths=[], file_state="ready")
    StoredFile.objects.filter(pk=photo.file_id).update(state=state)
    page = shown(sign_in("coordinator").get(reverse("inspiration:photos", args=["dag"])))
    assert words in page
    assert (f"{KEEP}#toevoegen" in page) is (state == "failed")
