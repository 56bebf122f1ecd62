"""The day of a photo: the camera's if it can be believed, the coordinator's if she says so."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from inspiration import actions, photo_dates
from inspiration.models import Photo
from network import clock
from network.models import StoredFile
from tests import manifest, pictures
from tests.inspiration import archives

UPLOADED = datetime(2019, 5, 4, 10, 0, tzinfo=UTC)


@pytest.fixture
def by(world):
    return world.person("coordinator")


@pytest.fixture
def day(world):
    return archives.event(edition=world.edition, slug="dag")


def taken(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("camera", "shown"),
    [
        ("2019-03-21T03:00:00+09:00", date(2019, 3, 21)),  # in Belgium it was the 20th
        ("2019-03-20T23:00:00-05:00", date(2019, 3, 20)),  # and here the 21st
        ("2019-05-04T11:59:00+02:00", date(2019, 5, 4)),
        ("2019-05-04T12:01:00+02:00", None),  # a minute after the upload
        ("2031-07-01T12:00:00+02:00", None),
        ("2000-01-01T00:00:00+01:00", None),
        ("2000-01-01T10:20:00+01:00", None),
        ("2000-01-03T10:20:00+01:00", None),
        ("1970-01-01T00:00:00+01:00", None),
        ("1980-01-01T12:00:00+01:00", None),
        ("2016-01-01T00:00:09+01:00", None),
        ("2016-01-01T01:00:00+01:00", date(2016, 1, 1)),
        ("2002-01-01T14:00:00+01:00", date(2002, 1, 1)),
    ],
)
def test_day_is_the_cameras_where_it_can_be_believed(camera, shown):
    assert photo_dates.day_of(taken(camera), uploaded_at=UPLOADED) == shown


def test_day_is_never_later_than_that_of_the_upload():
    """Uploaded at once from where it is tomorrow already."""
    uploaded = datetime(2019, 5, 4, 18, 0, tzinfo=UTC)
    camera = taken("2019-05-05T02:59:00+09:00")
    assert photo_dates.day_of(camera, uploaded_at=uploaded) == date(2019, 5, 4)
    assert photo_dates.day_of(None, uploaded_at=uploaded) is None


def uploaded(day, by, name="foto.jpg", **facts):
    image = pictures.scene(40 + len(facts["taken"] + name), 30)
    data = pictures.photo(image, **facts)
    return archives.upload(event=day, by=by, data=data, name=name)


def public_page(client, photo):
    Photo.objects.filter(pk=photo.pk).update(
        alt="Een toog", credit="Rika Claus", consent="not_needed", state="published"
    )
    return client.get(reverse("inspiration:photo", args=["dag", photo.public_id])).text


def test_public_page_shows_the_day_of_the_camera(client, day, by):
    photo = uploaded(day, by, taken="2019:03:21 03:00:00", offset="+09:00")
    assert photo.taken_on == date(2019, 3, 21)
    assert "21 maart 2019" in public_page(client, photo)


def test_public_page_shows_no_day_of_the_future(client, day, by):
    later = f"{clock.today() + timedelta(days=900):%Y:%m:%d} 12:00:00"
    photo = uploaded(day, by, taken=later)
    assert photo.taken_on is None and photo.file.taken_at is not None
    assert "Foto: Rika Claus</p>" in public_page(client, photo)


def test_coordinator_corrects_and_clears_a_day(sign_in, client, day, by):
    photo = uploaded(day, by, taken="2000:01:01 00:04:00")
    assert photo.taken_on is None
    archives.describe(photo, by)
    keeper = sign_in("coordinator")
    address = reverse("inspiration:photos", args=["dag"])
    field, was = f"{photo.public_id}-taken_on", f"initial-{photo.public_id}-taken_on"
    sent = {f"{photo.public_id}-consent": "not_needed", f"{photo.public_id}-alt": "Een toog"}
    sent |= {f"{photo.public_id}-credit": "Rika Claus"}
    assert f'name="{field}"' in keeper.get(address).text
    assert keeper.post(address, sent | {field: "2019-03-21", was: ""}).status_code == 303
    photo.refresh_from_db()
    assert photo.taken_on == date(2019, 3, 21)
    assert "21 maart 2019" in public_page(client, photo)
    assert f'name="{was}" value="2019-03-21"' in keeper.get(address).text
    assert keeper.post(address, sent | {field: "", was: "2019-03-21"}).status_code == 303
    photo.refresh_from_db()
    assert photo.taken_on is None
    assert "Foto: Rika Claus</p>" in public_page(client, photo)


def test_day_after_the_upload_is_refused_with_a_sentence(sign_in, day, by):
    photo = archives.photo(event=day, by=by)
    StoredFile.objects.update(created_at=UPLOADED)
    sent = {f"{photo.public_id}-{name}": getattr(photo, name) for name in ("alt", "consent")}
    sent |= {f"{photo.public_id}-taken_on": "2019-05-05", f"{photo.public_id}-caption": "Nieuw"}
    answer = sign_in("coordinator").post(reverse("inspiration:photos", args=["dag"]), sent)
    assert answer.status_code == 422
    assert "De foto kwam binnen op 4 mei 2019: een latere dag kan niet." in answer.text
    assert "Nieuw" in answer.text
    photo.refresh_from_db()
    assert photo.taken_on is None


def test_page_that_was_opened_before_clears_no_day(sign_in, day, by):
    """Of release 1.0.0, without the field; or of now, while the photo was still waiting."""
    photo = archives.photo(event=day, by=by, taken_on=date(2019, 3, 21))
    client, address = sign_in("coordinator"), reverse("inspiration:photos", args=["dag"])
    sent = {f"{photo.public_id}-{name}": getattr(photo, name) for name in ("alt", "consent")}
    client.post(address, sent | {f"{photo.public_id}-caption": "Nieuw"})
    empty = {f"{photo.public_id}-taken_on": "", f"initial-{photo.public_id}-taken_on": ""}
    client.post(address, sent | empty)
    photo.refresh_from_db()
    assert (photo.caption, photo.taken_on) == ("Nieuw", date(2019, 3, 21))


def test_two_coordinators_who_correct_the_same_day_are_told(sign_in, day, by):
    photo = archives.photo(event=day, by=by, taken_on=date(2019, 3, 22))
    sent = {f"{photo.public_id}-{name}": getattr(photo, name) for name in ("alt", "consent")}
    sent |= {
        f"{photo.public_id}-taken_on": "2019-03-23",
        f"initial-{photo.public_id}-taken_on": "2019-03-21",
    }
    answer = sign_in("coordinator").post(reverse("inspiration:photos", args=["dag"]), sent)
    assert answer.status_code == 409
    assert "“Genomen op” is intussen “22 maart 2019”." in answer.text
    assert 'value="2019-03-23"' in answer.text
    photo.refresh_from_db()
    assert photo.taken_on == date(2019, 3, 22)


def test_worker_leaves_a_day_that_was_given_meanwhile(day, by):
    photo = uploaded(day, by, taken="2019:03:21 14:00:00")
    actions.describe_photo(photo=photo, by=by, taken_on=date(2019, 3, 24))
    StoredFile.objects.update(state="waiting")
    archives.files.process(str(photo.file.pk))
    photo.refresh_from_db()
    assert photo.taken_on == date(2019, 3, 24)


def test_photos_without_a_day_come_last_and_corrected_ones_in_their_day(day, by):
    def shot(taken_at, taken_on):
        photo = archives.photo(event=day, by=by, taken_on=taken_on)
        StoredFile.objects.filter(pk=photo.file_id).update(taken_at=taken_at)
        return photo

    unset = shot(taken("2000-01-01T10:00:00+01:00"), None)
    noon = shot(taken("2019-03-21T12:00:00+01:00"), date(2019, 3, 21))
    corrected = shot(taken("2000-01-01T11:00:00+01:00"), date(2019, 3, 21))
    morning = shot(taken("2019-03-21T09:00:00+01:00"), date(2019, 3, 21))
    said = shot(None, date(2019, 3, 21))
    before = shot(taken("2019-03-20T23:00:00+01:00"), date(2019, 3, 20))
    actions.order_by_time(event=day, by=by)
    in_order = list(Photo.objects.order_by("position"))
    assert in_order == [before, morning, corrected, noon, said, unset]


@pytest.mark.at("2019-06-01 11:00")
def test_upgrade_gives_photos_of_before_their_day(day, by):
    """The rows of release 1.0.0: a moment in UTC, no day."""
    moments = {
        "2019-03-21T13:05:09+00:00": date(2019, 3, 21),
        "2019-03-21T23:30:00+00:00": date(2019, 3, 22),
        "2031-07-01T10:00:00+00:00": None,
        "2000-01-01T09:20:00+00:00": None,
        "2012-12-31T23:10:00+00:00": None,  # ten past midnight in Belgium: a clock never set
    }
    photos = [archives.photo(event=day, by=by) for _ in moments]
    StoredFile.objects.update(created_at=clock.now())
    for photo, moment in zip(photos, moments, strict=True):
        StoredFile.objects.filter(pk=photo.file_id).update(taken_at=taken(moment))
    said = archives.photo(event=day, by=by, taken_on=date(2019, 5, 5))
    StoredFile.objects.filter(pk=said.file_id).update(taken_at=taken("2019-03-21T13:05:09+00:00"))
    step = import_module("inspiration.migrations.0004_days_of_photos")
    step.believe_cameras(apps, None)
    days = [Photo.objects.get(pk=photo.pk).taken_on for photo in photos]
    assert days == list(moments.values())
    said.refresh_from_db()
    assert said.taken_on == date(2019, 5, 5)


@pytest.mark.shared
@pytest.mark.at("2026-11-26 13:00")
def test_real_cameras_of_first_use(client, day, by):
    tokyo = manifest.path("found/p06g-tokyo.jpg").read_bytes()
    later = manifest.path("found/p06a-toekomst-2031.jpg").read_bytes()
    shown = archives.upload(event=day, by=by, data=tokyo, name="tokyo.jpg")
    silent = archives.upload(event=day, by=by, data=later, name="later.jpg")
    assert (shown.taken_on, silent.taken_on) == (date(2019, 3, 21), None)
    assert "21 maart 2019" in public_page(client, shown)
