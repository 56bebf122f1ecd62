"""What happens to a photo while somebody else is busy with it, and files that come together."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from buurtpunt import actions as news
from inspiration import actions
from inspiration.models import Event, Photo, Presentation, ProgrammeItem, Speaker
from inspiration.voices import Voice
from network import clock
from network.actions import add_village
from network.models import NewsItem, SearchText, StoredFile, Village
from tests import pictures
from tests.cast import build_world
from tests.inspiration import archives, decks

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]

COUNT = 4


@pytest.fixture
def by():
    return build_world().person("coordinator")


@pytest.fixture
def day(by):
    return archives.event(edition=by.coordinator_assignments.get().edition, slug="dag")


def apart(work, *args):
    """The work on a connection of its own; what it gave, or the error."""
    try:
        return work(*args)
    except Exception as error:
        return error
    finally:
        connection.close()


def together(work) -> list:
    start = Barrier(COUNT)

    def run(number):
        start.wait(30)
        return work(number)

    with ThreadPoolExecutor(COUNT) as pool:
        return list(pool.map(lambda number: apart(run, number), range(COUNT)))


def test_words_saved_after_a_takedown_leave_the_photo_away(day, by):
    on_the_page = archives.photo(event=day, by=by)
    actions.request_takedown(photo=Photo.objects.get())
    actions.describe_photo(photo=on_the_page, by=by, caption="Nieuw")
    photo = Photo.objects.get()
    assert (photo.state, photo.caption) == ("withdrawn", "Nieuw")
    assert StoredFile.objects.get().exposure == "withdrawn"


def test_words_saved_after_a_withdrawal_leave_the_presentation_away(day, by):
    on_the_page = archives.talk(event=day, by=by)
    actions.withdraw_presentation(presentation=Presentation.objects.get(), by=by)
    actions.describe_presentation(
        presentation=on_the_page, by=by, has_permission=True, title="Nieuw"
    )
    talk = Presentation.objects.get()
    assert (talk.state, talk.title) == ("withdrawn", "Nieuw")


def test_publishing_all_waits_for_a_withdrawal(day, by):
    photo = archives.photo(event=day, by=by, state="draft")
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            actions.withdraw_photo(photo=photo, by=by)
            publishing = pool.submit(apart, lambda: actions.publish_photos(event=day, by=by))
            time.sleep(0.5)  # so that it reads before the withdrawal is there
        assert publishing.result(30) == 0
    assert Photo.objects.get().state == "withdrawn"


@pytest.mark.parametrize("publish", [actions.publish_photos, actions.publish_event])
def test_publishing_does_not_open_what_is_being_taken_away(day, by, publish):
    photo, talk = archives.photo(event=day, by=by), archives.talk(event=day, by=by)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            actions.request_takedown(photo=photo)
            actions.withdraw_presentation(presentation=talk, by=by)
            publishing = pool.submit(apart, lambda: publish(event=day, by=by))
            time.sleep(0.5)  # so that it reads before the two are away
        assert not isinstance(publishing.result(30), Exception)
    assert {file.exposure for file in StoredFile.objects.all()} == {"withdrawn"}


def test_same_photo_sent_at_once_is_kept_once(day, by):
    data = pictures.photo()
    found = together(lambda number: add(day, by, f"{number}.jpg", data))
    assert sorted(type(one).__name__ for one in found) == ["Photo", *["Refused"] * (COUNT - 1)]
    assert Photo.objects.count() == StoredFile.objects.count() == 1


def test_decks_of_one_name_sent_at_once_get_an_address_each(day, by):
    found = together(
        lambda number: add(day, by, "toog.pptx", decks.pptx(**{f"ppt/{number}.xml": "<p/>"}))
    )
    assert [type(one).__name__ for one in found] == ["Presentation"] * COUNT
    talks = Presentation.objects.all()
    assert {talk.slug for talk in talks} == {"toog", "toog-2", "toog-3", "toog-4"}
    assert sorted(talk.position for talk in talks) == [1, 2, 3, 4]


def add(day, by, name, data):
    return actions.add_file(event=day, upload=SimpleUploadedFile(name, data), by=by)


def test_programme_items_added_at_once_are_all_found(day, by):
    actions.publish_event(event=day, by=by)
    for turn in range(3):
        made = together(
            lambda number, turn=turn: actions.add_item(
                event=day, by=by, title=f"punt {turn}-{number}"
            )
        )
        assert [one for one in made if not isinstance(one, ProgrammeItem)] == []
        words = SearchText.objects.get(source="event").text
        assert all(f"punt {turn}-{number}" in words for number in range(COUNT))
    positions = ProgrammeItem.objects.values_list("position", flat=True)
    assert sorted(positions) == list(range(1, 3 * COUNT + 1))


def test_what_gets_the_same_name_at_once_gets_an_address_each(day, by):
    edition = day.edition
    makers = {
        "nieuws": lambda: news.publish_news(title="Feest", intro="Kom", body="", by=by),
        "feest": lambda: actions.add_event(
            edition=edition, by=by, title="Feest", starts_at=clock.now()
        ),
        "dorp": lambda: add_village(edition=edition, name="Feest", municipality="Gavere", by=by),
        "spreker": lambda: actions.add_item(
            event=day, by=by, title="Praatje", voices=[Voice(name="An Feest")]
        ),
    }
    for make in makers.values():
        made = together(lambda number, make=make: make())
        assert [one for one in made if isinstance(one, Exception)] == []
    for model in (NewsItem, Event, Village, Speaker):
        assert model.objects.filter(slug__contains="feest").count() == COUNT
