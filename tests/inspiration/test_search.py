"""A word on a slide is found, and leads to that slide."""

import pytest
from django.contrib.auth.models import AnonymousUser

from inspiration import actions, indexing
from network import search
from tests.inspiration import archives

pytestmark = pytest.mark.both


@pytest.fixture
def by(world):
    return world.person("coordinator")


@pytest.fixture
def day(world):
    return archives.event(edition=world.edition, slug="dag", title="Inspiratiedag")


def find(words):
    return dict(search.find(AnonymousUser(), words))


def published_talk(day, by):
    slides = [("De toog", "Wie bakt er brood?"), ("De fietsen", "Zes overdekte fietsen")]
    talk = archives.deck(event=day, by=by, slides=slides)
    actions.describe_presentation(
        presentation=talk, by=by, has_permission=True, credit="Nele Peeters", title="Een winkel"
    )
    actions.publish_presentation(presentation=talk, by=by)
    return talk


def test_word_on_a_slide_opens_that_slide(day, by):
    talk = published_talk(day, by)
    (hit,) = find("overdekt")["Presentaties"]
    assert hit.url == f"/archief/dag/presentaties/{talk.slug}/#dia-2"
    assert hit.title == "Een winkel: De fietsen"
    assert hit.detail == "dia 2 van 2 · Inspiratiedag"
    assert "<mark>overdekte</mark>" in hit.snippet
    assert hit.picture == f"/beeld/{talk.file.public_name}/2-480.jpg"


def test_title_of_a_presentation_opens_its_top(day, by):
    talk = published_talk(day, by)
    (hit,) = find("winkel Nele")["Presentaties"]
    assert hit.url == f"/archief/dag/presentaties/{talk.slug}/"


def test_photo_is_found_by_what_you_see(day, by):
    photo = archives.photo(event=day, by=by, alt="Een rode fiets", caption="")
    indexing.index_photo(photo)
    (hit,) = find("fietsen")["Foto’s"]
    assert (hit.title, hit.url) == ("Een rode fiets", f"/archief/dag/fotos/{photo.public_id}/")


def test_event_is_found_by_its_programme_and_speakers(day, by):
    voices = [actions.Voice(name="Nele Peeters")]
    actions.add_item(event=day, by=by, title="De toog", voices=voices)
    (hit,) = find("Peeters")["Uit het archief"]
    assert (hit.title, hit.url) == ("Inspiratiedag", "/archief/dag/")


def test_what_is_withdrawn_or_a_draft_is_not_found(world, day, by):
    talk = published_talk(day, by)
    actions.withdraw_presentation(presentation=talk, by=by)
    assert find("overdekt") == {}
    photo = archives.photo(event=day, by=by, alt="Een rode fiets")
    indexing.index_photo(photo)
    actions.request_takedown(photo=photo)
    assert find("fiets") == {}
    hidden = archives.event(edition=world.edition, title="Zwaneneest", is_published=False)
    actions.add_item(event=hidden, by=by, title="Zwaan")
    assert find("zwaan") == {}


@pytest.mark.parametrize("count", [1, 3])
def test_search_asks_the_same_queries_for_any_number_of_hits(
    day, by, count, django_assert_num_queries
):
    for _ in range(count):
        indexing.index_photo(archives.photo(event=day, by=by, alt="Een rode fiets"))
        indexing.index_presentation(archives.talk(event=day, by=by, title="De rode fiets"))
    # hits of six sources; photos; presentations with their slides' faces
    with django_assert_num_queries(9):
        found = find("rode")
    assert len(found["Foto’s"]) == len(found["Presentaties"]) == count
