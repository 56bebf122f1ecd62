"""The coordinator's page of photos as a browser sends it back."""

from django.urls import reverse

from tests.inspiration import archives


def words(photo, **changed):
    """What a page sends that was opened when the photo was as this row is."""
    fields = {
        "alt": "Een toog",
        "caption": "De toog",
        "credit": "Rika Claus",
        "consent": "not_needed",
        "consent_note": "",
    }
    sent = {f"{photo.public_id}-{name}": value for name, value in (fields | changed).items()}
    seen = {f"initial-{photo.public_id}-{name}": getattr(photo, name) for name in fields}
    return sent | seen


def draft(day, by, **fields):
    empty = {"alt": "", "caption": "", "credit": "", "consent": "unknown", "exposure": "private"}
    return archives.photo(event=day, by=by, state="draft", **(empty | fields))


def as_seen(photo):
    """A page on which nothing was changed."""
    names = ("alt", "caption", "credit", "consent", "consent_note")
    return words(photo, **{name: getattr(photo, name) for name in names})


def send(client, *photos, name="photos", args=(), **more):
    """Sends a page with the words of these photos."""
    sent = {key: value for photo in photos for key, value in photo.items()}
    return client.post(reverse(f"inspiration:{name}", args=["dag", *args]), sent | more)
