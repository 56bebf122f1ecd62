"""The gate: nothing is public before it is described, credited and allowed."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from inspiration import actions
from inspiration.models import Album, Event, Photo, Presentation, ProgrammeItem
from network import clock
from network.models import AuditEntry, StoredFile
from tests import factories
from tests.inspiration import archives
from tests.inspiration.photo_pages import draft, words


@pytest.fixture
def by(world):
    return world.person("coordinator")


@pytest.fixture
def day(world):
    return archives.event(edition=world.edition, slug="dag")


def page_of(client, name="photos", **query):
    return client.get(reverse(f"inspiration:{name}", args=["dag"]), query)


def test_gate_names_what_is_missing(sign_in, day, by):
    draft(day, by)
    page = page_of(sign_in("coordinator")).content.decode()
    assert "Nog nodig: wat je ziet, de fotograaf, wie erop staat" in page
    assert "Nog niets klaar om te publiceren" in page


@pytest.mark.parametrize("count", [1, 3])
def test_gate_asks_the_same_queries_for_any_number_of_photos(
    sign_in, day, by, count, django_assert_num_queries
):
    for _ in range(count):
        draft(day, by)
    client = sign_in("coordinator")
    with django_assert_num_queries(9):
        page = page_of(client)
    assert page.content.decode().count('class="card"') == count


@pytest.mark.parametrize("count", [1, 3])
def test_work_page_asks_the_same_queries_for_any_number_of_rows(
    sign_in, day, by, count, django_assert_num_queries
):
    for _ in range(count):
        draft(day, by, file_state="waiting")
        archives.talk(event=day, by=by, state="draft")
        actions.request_takedown(photo=archives.photo(event=day, by=by))
    client = sign_in("coordinator")
    with django_assert_num_queries(11):
        page_of(client, "event-keep")


@pytest.mark.parametrize("count", [1, 3])
def test_programme_asks_the_same_queries_for_any_number_of_parts(
    sign_in, day, by, count, django_assert_num_queries
):
    for number in range(count):
        voices = [actions.Voice(name=f"Nele Peeters {number}")]
        item = actions.add_item(event=day, by=by, title="De toog", voices=voices)
        archives.talk(event=day, by=by, item=item)
    client = sign_in("coordinator")
    with django_assert_num_queries(9):
        page = page_of(client, "programme")
    assert page.content.decode().count("Haal De toog weg") == count


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_queries_for_any_number_of_days(
    sign_in, world, by, count, django_assert_num_queries
):
    for _ in range(count):
        event = archives.event(edition=world.edition)
        archives.photo(event=event, by=by)
        archives.photo(event=event, by=by, state="draft", file_state="refused")
    archives.event(edition=world.other_edition, title="Van een ander")
    client = sign_in("coordinator")
    with django_assert_num_queries(5):
        page = client.get(reverse("inspiration:coordination"))
    assert page.content.decode().count('<th scope="row">') == count
    assert page.content.decode().count("1 foto,") == count


def test_coordinator_describes_and_publishes(sign_in, client, day, by):
    photos = [draft(day, by), draft(day, by)]
    sign_in("coordinator")
    address = reverse("inspiration:photos", args=["dag"])
    answer = client.post(address, words(photos[0]) | words(photos[1], consent="refused"))
    assert answer.status_code == 303
    client.post(reverse("inspiration:photos-publish", args=["dag"]))
    states = {photo.pk: photo.state for photo in Photo.objects.all()}
    assert states == {photos[0].pk: "published", photos[1].pk: "draft"}
    exposed = StoredFile.objects.filter(exposure="public")
    assert [file.pk for file in exposed] == [photos[0].file.pk]
    assert AuditEntry.objects.filter(verb="photo.described", by=by).count() == 2
    assert (
        client.get(reverse("inspiration:photo", args=["dag", photos[0].public_id])).status_code
        == 200
    )


def test_one_wrong_card_keeps_what_was_typed_in_all(sign_in, day, by):
    photos = [draft(day, by), draft(day, by)]
    sent = words(photos[0], caption="Blijft staan") | words(photos[1], alt="x" * 251)
    answer = sign_in("coordinator").post(reverse("inspiration:photos", args=["dag"]), sent)
    assert answer.status_code == 422
    assert "Blijft staan" in answer.content.decode()
    assert set(Photo.objects.values_list("alt", flat=True)) == {""}


def test_photo_that_came_in_meanwhile_keeps_its_words(sign_in, day, by):
    seen, new = draft(day, by), draft(day, by, alt="Al beschreven", consent="asked")
    sign_in("coordinator").post(reverse("inspiration:photos", args=["dag"]), words(seen))
    assert dict(Photo.objects.values_list("pk", "alt")) == {seen.pk: "Een toog", new.pk: new.alt}


@pytest.mark.parametrize("consent", ["asked", "refused", "unknown"])
def test_a_consent_that_was_not_given_is_none(sign_in, day, by, consent):
    photo = draft(day, by, alt="Een toog", credit="Rika Claus", consent=consent)
    assert photo.missing == ["wie erop staat" if consent == "unknown" else Photo.CONSENT]
    client = sign_in("coordinator")
    page = page_of(client)
    assert page.context["work"].publishable == 0
    assert page.context["work"].not_allowed == (consent != "unknown")
    client.post(reverse("inspiration:photos-publish", args=["dag"]))
    photo.refresh_from_db()
    assert photo.state == "draft"
    Photo.objects.update(state="withdrawn")
    client.post(reverse("inspiration:photo-restore", args=["dag", photo.public_id]))
    photo.refresh_from_db()
    assert photo.state == "withdrawn"


def test_same_photographer_fills_only_what_is_open(sign_in, day, by):
    mine = draft(day, by, credit="Jef Wouters", consent="asked")
    open_one = draft(day, by)
    sign_in("coordinator").post(
        reverse("inspiration:photos-credit", args=["dag"]),
        {"credit": "Rika Claus", "is_crowd": "on"},
    )
    mine.refresh_from_db()
    open_one.refresh_from_db()
    assert (mine.credit, mine.consent) == ("Jef Wouters", "asked")
    assert (open_one.credit, open_one.consent) == ("Rika Claus", "not_needed")


def test_taking_consent_away_takes_the_photo_off_the_site(client, day, by):
    photo = archives.photo(event=day, by=by)
    address = reverse("inspiration:photo", args=["dag", photo.public_id])
    assert client.get(address).status_code == 200
    actions.describe_photo(photo=photo, by=by, consent="refused")
    assert client.get(address).status_code == 404
    assert StoredFile.objects.get().exposure == "private"


def test_withdrawn_photo_answers_gone(sign_in, client, day, by):
    photo = archives.photo(event=day, by=by)
    sign_in("coordinator").post(
        reverse("inspiration:photo-withdraw", args=["dag", photo.public_id])
    )
    assert (
        client.get(reverse("inspiration:photo", args=["dag", photo.public_id])).status_code == 410
    )
    assert StoredFile.objects.get().exposure == "withdrawn"


def test_words_typed_beside_the_button_are_kept(sign_in, day, by):
    gone, other = archives.photo(event=day, by=by), archives.photo(event=day, by=by)
    client = sign_in("coordinator")
    sent = words(gone, alt="") | words(other, alt="Net getypt")
    for name in ("photo-withdraw", "photo-restore"):
        client.post(reverse(f"inspiration:{name}", args=["dag", gone.public_id]), sent)
        other.refresh_from_db()
        gone.refresh_from_db()
        assert (other.alt, gone.alt, gone.state) == ("Net getypt", "", "withdrawn")
    restore = reverse("inspiration:photo-restore", args=["dag", gone.public_id])
    client.post(restore, words(gone, alt="Een toog"))
    gone.refresh_from_db()
    assert (gone.alt, gone.state) == ("Een toog", "published")


def test_pictures_follow_their_event_to_an_edition_that_is_not_public(world, day, by):
    archives.photo(event=day, by=by)
    archives.photo(event=day, by=by, state="withdrawn")
    archives.talk(event=day, by=by)
    draft(day, by)
    hidden = factories.edition(slug="besloten", name="Besloten", is_public=False)
    actions.change_event(event=day, by=by, edition=hidden)
    assert exposures() == ["private", "private", "private", "withdrawn"]
    actions.change_event(event=day, by=by, edition=world.edition)
    assert exposures() == ["private", "public", "public", "withdrawn"]


def exposures() -> list[str]:
    return sorted(StoredFile.objects.values_list("exposure", flat=True))


def test_photos_stay_private_until_their_event_is_published(world, client, by):
    day = archives.event(edition=world.edition, slug="dag", is_published=False)
    photo = draft(day, by, alt="Een toog", credit="Rika Claus", consent="not_needed")
    actions.publish_photos(event=day, by=by)
    address = reverse("inspiration:photo", args=["dag", photo.public_id])
    assert client.get(address).status_code == 404
    assert StoredFile.objects.get().exposure == "private"
    actions.publish_event(event=day, by=by)
    assert client.get(address).status_code == 200
    assert StoredFile.objects.get().exposure == "public"


def test_order_by_time_puts_the_unknown_last(day, by):
    photos = [draft(day, by) for _ in range(3)]
    for photo, hour in ((photos[1], 12), (photos[2], 9)):
        photo.taken_on, photo.file.taken_at = clock.today(), clock.at(clock.today(), hour)
        photo.file.save()
        photo.save()
    actions.order_by_time(event=day, by=by)
    ordered = Photo.objects.order_by("position")
    assert [photo.pk for photo in ordered] == [photos[2].pk, photos[1].pk, photos[0].pk]


def test_presentation_needs_credit_and_permission(sign_in, day, by):
    talk = archives.talk(event=day, by=by, state="draft", permission_at=None, permission_by=None)
    client = sign_in("coordinator")
    args = ["dag", talk.slug]
    edit = reverse("inspiration:presentation-edit", args=args)
    publish = reverse("inspiration:presentation-publish", args=args)
    assert (
        "de toestemming van de maker"
        in client.get(client.post(publish)["Location"]).content.decode()
    )
    sent = {"title": "De toog", "credit": "Nele Peeters", "licence": "by", "has_permission": "on"}
    assert client.post(edit, sent).status_code == 303
    client.post(publish)
    talk.refresh_from_db()
    assert (talk.state, talk.permission_by, talk.licence) == ("published", by, "by")
    client.post(reverse("inspiration:presentation-withdraw", args=args))
    assert client.get(reverse("inspiration:presentation", args=args)).status_code == 410


def test_coordinator_adds_a_day_with_a_programme(sign_in, world):
    client = sign_in("coordinator")
    facts = {"edition": world.edition.pk, "kind": "inspiration", "title": "Inspiratiedag"}
    sent = facts | {"day": "2026-03-21", "begin": "9u30", "end": "16.30"}
    assert client.post(reverse("inspiration:event-add"), sent).status_code == 303
    event = Event.objects.get()
    assert (event.slug, event.is_published) == ("inspiratiedag-2026", False)
    assert event.starts_at == clock.at(clock.local(event.starts_at).date(), 9, 30)
    item = {"kind": "talk", "title": "De toog", "begin": "10", "end": "11", "role": "speaker"}
    address = reverse("inspiration:programme", args=[event.slug])
    assert client.post(address, item | {"new_speaker": "Nele Peeters"}).status_code == 303
    assert client.post(address, item | {"new_speaker": "Nele Peeters"}).status_code == 303
    slugs = [a.speaker.slug for i in event.items.all() for a in i.appearances.all()]
    assert slugs == ["nele-peeters", "nele-peeters-2"]  # people never merge by name


def test_second_day_of_the_same_name_gets_its_own_address(world, by):
    facts = {"edition": world.edition, "by": by, "title": "Studiedag"}
    slugs = [actions.add_event(starts_at=clock.now(), **facts).slug for _ in range(2)]
    assert slugs[1] == f"{slugs[0]}-2"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"end": "9.00"}, "Het einde komt na het begin."),
        ({"begin": "half negen"}, "Schrijf het uur als 13.30."),
        ({"title": ""}, "Titel"),
    ],
)
def test_wrong_facts_are_refused_where_they_are_typed(sign_in, world, changed, sentence):
    facts = {"edition": world.edition.pk, "kind": "study", "title": "Dag", "day": "2026-03-21"}
    sent = facts | {"begin": "9.30", "place": "De Wieken"} | changed
    answer = sign_in("coordinator").post(reverse("inspiration:event-add"), sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode() and "De Wieken" in answer.content.decode()
    assert Event.objects.count() == 0


@pytest.mark.both
@pytest.mark.parametrize("missing", [{"alt": ""}, {"credit": ""}, {"consent": "asked"}])
def test_database_holds_the_gate_of_photos(day, by, missing):
    with pytest.raises(IntegrityError), transaction.atomic():
        archives.photo(event=day, by=by, **missing)


@pytest.mark.both
def test_database_holds_the_gate_of_presentations(day, by):
    talk = archives.talk(event=day, by=by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Presentation.objects.filter(pk=talk.pk).update(permission_at=None, permission_by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Presentation.objects.filter(pk=talk.pk).update(credit="")


@pytest.mark.both
def test_database_refuses_an_end_before_a_start(day):
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=day.pk).update(ends_at=day.starts_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgrammeItem.objects.create(event=day, title="Om", ends_at=day.starts_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Album.objects.create(event=day, title="Foto’s", slug="fotos")
