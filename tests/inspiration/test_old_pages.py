"""Photo pages that stood open for a while: a consent never becomes looser, no word is lost."""

import pytest

from inspiration import actions
from inspiration.models import Photo
from tests.inspiration import archives
from tests.inspiration.photo_pages import as_seen, draft, send, words


@pytest.fixture
def by(world):
    return world.person("coordinator")


@pytest.fixture
def day(world):
    return archives.event(edition=world.edition, slug="dag")


@pytest.mark.both
@pytest.mark.parametrize("button", ["photos", "photo-withdraw", "photo-restore"])
def test_an_old_page_never_loosens_a_consent(sign_in, day, by, button):
    photo = draft(day, by, alt="Een toog", credit="Rika Claus", consent="granted")
    other = archives.photo(event=day, by=by, state="withdrawn", exposure="withdrawn")
    old = as_seen(photo) | {f"{photo.public_id}-caption": "Een nieuw bijschrift"}
    actions.describe_photo(photo=photo, by=by, consent="refused")
    client = sign_in("coordinator")
    send(client, old, name=button, args=[] if button == "photos" else [other.public_id])
    photo.refresh_from_db()
    assert (photo.consent, photo.caption) == ("refused", "Een nieuw bijschrift")
    assert photo.missing == [Photo.CONSENT]


@pytest.mark.both
def test_a_consent_changed_on_an_old_page_is_told_and_stays(sign_in, day, by):
    photo = draft(day, by, alt="Een toog", credit="Rika Claus")
    old = as_seen(photo) | {f"{photo.public_id}-consent": "granted"}
    actions.describe_photo(photo=photo, by=by, consent="refused")
    client = sign_in("coordinator")
    for _ in range(2):  # she presses once more on the page she got
        answer = send(client, old)
        photo.refresh_from_db()
        assert photo.consent == "refused"
        assert answer.status_code == 409 or not answer.context
        if answer.status_code == 409:
            assert "iemand herkenbaar, liever niet" in answer.text
            assert f'<li><a href="#foto-{photo.public_id}">' in answer.text  # read first
            [form] = [form for form, _ in answer.context["cards"]]
            assert form.told and form["consent"].value() == "refused"
            values = {form[n].html_name: form[n].value() or "" for n in form.fields}
            old = dict(form.seen_inputs) | values
    assert answer.status_code == 303
    # On the page of now she may: she sees what stands.
    send(client, as_seen(photo) | {f"{photo.public_id}-consent": "granted"})
    photo.refresh_from_db()
    assert photo.consent == "granted"


@pytest.mark.parametrize(
    ("stands", "sent", "kept"),
    [
        ("granted", "asked", "asked"),
        ("not_needed", "granted", "not_needed"),
        ("asked", "refused", "refused"),
        ("asked", "unknown", "asked"),
        ("refused", "asked", "refused"),
    ],
)
@pytest.mark.parametrize("seen", [True, False])
def test_from_an_old_page_a_consent_only_becomes_stricter(
    sign_in, day, by, stands, sent, kept, seen
):
    photo = draft(day, by, alt="Een toog", credit="Rika Claus")
    old = words(photo, consent=sent)
    if not seen:  # opened with release 1.0.0
        old = {key: value for key, value in old.items() if not key.startswith("initial-")}
    actions.describe_photo(photo=photo, by=by, consent=stands)
    send(sign_in("coordinator"), old)
    photo.refresh_from_db()
    assert photo.consent == kept


def test_rows_that_were_not_changed_are_not_saved(sign_in, day, by):
    mine, other = draft(day, by), draft(day, by)
    page = words(mine) | as_seen(other)
    actions.describe_photo(photo=other, by=by, alt="Intussen beschreven", consent="asked")
    assert send(sign_in("coordinator"), page).status_code == 303
    other.refresh_from_db()
    assert (other.alt, other.consent) == ("Intussen beschreven", "asked")


def test_words_of_two_coordinators_are_both_there(sign_in, day, by):
    photo = draft(day, by)
    old = words(photo, alt="Mijn woorden")
    actions.describe_photo(photo=photo, by=by, alt="Woorden van een ander")
    client = sign_in("coordinator")
    answer = send(client, old)
    assert answer.status_code == 409
    assert "Woorden van een ander" in answer.text and "Mijn woorden" in answer.text
    photo.refresh_from_db()
    assert (photo.alt, photo.caption) == ("Woorden van een ander", "De toog")
    send(client, as_seen(photo) | {f"{photo.public_id}-alt": "Mijn woorden"})
    photo.refresh_from_db()
    assert photo.alt == "Mijn woorden"
