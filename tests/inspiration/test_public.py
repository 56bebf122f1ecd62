"""The archive, the event, the album, the presentation and the speaker, as a visitor sees them."""

import re

import pytest
from django.urls import reverse

from inspiration import actions
from inspiration.models import Album, Photo, Presentation
from network import clock
from tests.inspiration import archives


@pytest.fixture
def day(world):
    return archives.event(edition=world.edition, slug="dag", place="De Wieken")


@pytest.fixture
def by(world):
    return world.person("coordinator")


def get(client, name, *args, **query):
    return client.get(reverse(f"inspiration:{name}", args=args), query)


def text(response):
    return response.content.decode()


def test_archive_lists_published_days_newest_first(client, world, day, by):
    archives.photo(event=day, by=by)
    older = archives.event(
        edition=world.edition,
        title="Studiedag",
        starts_at=clock.at(clock.today().replace(year=2020), 9),
    )
    archives.event(edition=world.edition, title="Geheim", is_published=False)
    page = get(client, "archive")
    assert [row[0] for row in page.context["rows"]] == [day, older]
    assert "1 foto" in text(page) and "Geheim" not in text(page)


@pytest.mark.parametrize("count", [1, 3])
def test_archive_asks_the_same_queries_for_any_number_of_days(
    client, world, by, count, django_assert_num_queries
):
    for _ in range(count):
        archives.photo(event=archives.event(edition=world.edition), by=by)
    with django_assert_num_queries(3):
        get(client, "archive")


@pytest.mark.parametrize("count", [1, 3])
def test_event_asks_the_same_queries_for_any_number_of_parts(
    client, day, by, count, django_assert_num_queries
):
    for number in range(count):
        archives.photo(event=day, by=by)
        item = actions.add_item(
            event=day, by=by, title=f"Deel {number}", voices=[actions.Voice(name="Nele Peeters")]
        )
        archives.talk(event=day, by=by, item=item)
        album = Album.objects.create(
            event=day, title="Nog", slug=f"nog-{number}", published_at=clock.now()
        )
        archives.photo(event=day, by=by, album=album)
    with django_assert_num_queries(9):
        page = get(client, "event", "dag")
    assert text(page).count('class="dia"') == count
    with django_assert_num_queries(2):  # kept in the cache, but for the version and the event
        client.cookies["messages"] = "x"
        get(client, "event", "dag")


@pytest.mark.parametrize("count", [1, 3])
def test_album_asks_the_same_queries_for_any_number_of_photos(
    client, day, by, count, django_assert_num_queries
):
    for _ in range(count):
        archives.photo(event=day, by=by)
    with django_assert_num_queries(4):
        page = get(client, "album", "dag", "fotos")
    assert text(page).count("<figure") == count


def test_album_of_many_photos_has_pages_and_a_quick_first_row(client, day, by):
    photos = [archives.photo(event=day, by=by) for _ in range(61)]
    first = text(get(client, "album", "dag", "fotos"))
    assert first.count("<figure") == 60
    assert len(re.findall('alt="Vijf[^>]*loading="lazy"', first)) == 57
    assert "?pagina=2" in first
    second = text(get(client, "album", "dag", "fotos", pagina="2"))
    assert second.count("<figure") == 1 and photos[-1].public_id in second
    assert text(get(client, "album", "dag", "fotos", pagina="onzin")) == first


def test_pages_whose_addresses_look_alike_are_kept_apart(client, world, by):
    for day_slug, slug in (("dag", "a-b"), ("dag-a", "b")):
        event = archives.event(edition=world.edition, slug=day_slug)
        archives.talk(event=event, by=by, slug=slug, title=f"Over {slug}")
        Album.objects.create(event=event, title=f"Van {slug}", slug=slug, published_at=clock.now())
    for name, words in (("album", "Van"), ("presentation", "Over")):
        assert f"{words} a-b" in text(get(client, name, "dag", "a-b"))
        assert f"{words} b" in text(get(client, name, "dag-a", "b"))


def test_picture_offers_sizes_with_alt_and_measure(client, day, by):
    photo = archives.photo(event=day, by=by, alt='Een "bord" & krijt')
    page = text(get(client, "album", "dag", "fotos"))
    name = photo.file.public_name
    assert f"/beeld/{name}/0-320.avif 320w, /beeld/{name}/0-640.avif 640w" in page
    assert f'src="/beeld/{name}/0-640.jpg"' in page
    assert 'alt="Een &quot;bord&quot; &amp; krijt" width="1200" height="900"' in page


def test_photo_page_leads_to_its_neighbours_and_the_ends(client, day, by):
    photos = [archives.photo(event=day, by=by) for _ in range(4)]
    archives.photo(event=day, by=by, state="draft")
    page = text(get(client, "photo", "dag", photos[1].public_id))
    links = [reverse("inspiration:photo", args=["dag", p.public_id]) for p in photos]
    assert f'rel="prev" href="{links[0]}"' in page
    assert f'rel="next" href="{links[2]}"' in page
    assert f'data-last href="{links[3]}"' in page
    assert "Foto 2 van 4" in page
    assert 'rel="prev"' not in text(get(client, "photo", "dag", photos[0].public_id))


@pytest.mark.parametrize("count", [1, 3])
def test_photo_asks_the_same_queries_in_any_album(
    client, day, by, count, django_assert_num_queries
):
    photo = [archives.photo(event=day, by=by) for _ in range(count)][0]
    with django_assert_num_queries(3):
        get(client, "photo", "dag", photo.public_id)


def test_photo_of_another_event_or_a_draft_is_not_found(client, world, day, by):
    other = archives.event(edition=world.edition, slug="anders")
    photo = archives.photo(event=day, by=by)
    draft = archives.photo(event=day, by=by, state="draft")
    assert get(client, "photo", "anders", photo.public_id).status_code == 404
    assert get(client, "photo", "dag", draft.public_id).status_code == 404
    assert get(client, "album", other.slug, "bestaat-niet").status_code == 404


def test_presentation_shows_each_slide_with_its_text(client, day, by):
    archives.talk(event=day, by=by, slug="winkel", slides=14)
    page = text(get(client, "presentation", "dag", "winkel"))
    assert 'id="dia-14"' in page and "Tekst van dia 14" in page
    assert 'alt="Dia 14: Dia over brood 14"' in page
    assert "/0-" not in page and "/14-480.jpg" in page
    assert "Neem de pdf mee" in page


@pytest.mark.parametrize("slides", [1, 3])
def test_presentation_asks_the_same_queries_for_any_number_of_slides(
    client, day, by, slides, django_assert_num_queries
):
    archives.talk(event=day, by=by, slug="winkel", slides=slides)
    with django_assert_num_queries(4):
        get(client, "presentation", "dag", "winkel")


@pytest.mark.parametrize("kind", ["pptx", "odp"])
def test_presentation_without_slides_says_that_they_come_later(client, day, by, kind):
    types = {
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odp": "application/vnd.oasis.opendocument.presentation",
    }
    archives.talk(event=day, by=by, slug="los", slides=0, content_type=types[kind])
    page = text(get(client, "presentation", "dag", "los"))
    assert f"Van een {kind} tonen we de dia’s hier nog niet" in page
    assert f"Neem de {kind} mee" in page


def test_speaker_has_a_page_with_all_public_talks(client, world, day, by):
    voice = actions.Voice(name="Nele Peeters", organisation="De Toog", bio="Nele bakt.")
    item = actions.add_item(event=day, by=by, title="De toog", voices=[voice])
    archives.talk(event=day, by=by, item=item, title="De toog in beeld")
    hidden = archives.event(edition=world.edition, is_published=False)
    speaker = item.appearances.get().speaker
    actions.add_item(
        event=hidden, by=by, title="Nog geheim", voices=[actions.Voice(speaker=speaker)]
    )
    page = text(get(client, "speaker", "nele-peeters"))
    assert "De toog in beeld" in page and "namens De Toog" in page and "Nele bakt." in page
    assert "Nog geheim" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_speaker_asks_the_same_queries_for_any_number_of_talks(
    client, world, by, count, django_assert_num_queries
):
    speaker = None
    for _ in range(count):
        day = archives.event(edition=world.edition)
        voice = actions.Voice(name="Nele Peeters", speaker=speaker)
        item = actions.add_item(event=day, by=by, title="De toog", voices=[voice])
        speaker = item.appearances.get().speaker
        archives.talk(event=day, by=by, item=item)
    with django_assert_num_queries(5):
        get(client, "speaker", "nele-peeters")


def test_public_pages_hold_no_form_and_are_kept_for_visitors_only(client, day, by, sign_in):
    photo = archives.photo(event=day, by=by)
    address = reverse("inspiration:photo", args=["dag", photo.public_id])
    page = client.get(address)
    assert "csrfmiddlewaretoken" not in text(page)
    assert "public" in page["Cache-Control"] and not page.cookies
    mine = sign_in("reader").get(address)
    assert "private" in mine["Cache-Control"]


def test_coordinator_sees_the_draft_and_that_it_is_one(sign_in, world, by):
    archives.event(edition=world.edition, slug="later", is_published=False)
    assert "Dit is een concept" in text(get(sign_in("coordinator"), "event", "later"))


def test_everything_hidden_stays_hidden_when_the_edition_is_not_public(client, world, day, by):
    photo = archives.photo(event=day, by=by)
    talk = archives.talk(event=day, by=by)
    world.edition.is_public = False
    world.edition.save()
    assert get(client, "event", "dag").status_code == 404
    assert get(client, "photo", "dag", photo.public_id).status_code == 404
    assert get(client, "presentation", "dag", talk.slug).status_code == 404
    assert not Photo.objects.published() and not Presentation.objects.published()


@pytest.mark.parametrize(("size", "is_strip"), [((1200, 15_000), True), ((1200, 3000), False)])
def test_strip_is_not_squeezed_into_one_window(client, world, size, is_strip):
    event = archives.event(edition=world.edition, slug="dag")
    photo = archives.photo(event=event, by=world.person("coordinator"))
    photo.file.width, photo.file.height = size
    photo.file.save()
    page = client.get(reverse("inspiration:photo", args=["dag", photo.public_id])).text
    assert ('<figure class="strip">' in page) == is_strip
