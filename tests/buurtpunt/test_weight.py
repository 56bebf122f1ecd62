"""What the first load of a public page weighs: DESIGN.md 6, measured as gzip sends it."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inspiration import actions
from inspiration.models import Event, Presentation
from tests.bench import pages_content

pytestmark = pytest.mark.django_db
HOME, PUBLIC = 30_000, 60_000
QUERIES = 10


def compressed(data: bytes) -> int:
    return len(gzip.compress(data, 9))


def first_load(html: str) -> int:
    """The page, its stylesheets and scripts, and the drawings that do not wait."""
    eager = re.sub(
        r"<picture>(?:(?!</picture>).)*loading=\"lazy\".*?</picture>", "", html, flags=re.S
    )
    named = set(re.findall(r"<link[^>]+href=\"/static/([^\"]+)", eager))
    named |= set(re.findall(r"<script[^>]+src=\"/static/([^\"]+)", eager))
    named |= {"img/voor.svg", "img/merk.svg"}
    drawn = re.findall(r"<(?:img|source)[^>]+src(?:set)?=\"/static/([^\"]+)", eager)
    sizes = {name: compressed(Path(finders.find(name)).read_bytes()) for name in named | set(drawn)}
    # Of the hero a browser takes one: count the heaviest.
    return (
        compressed(html.encode())
        + sum(sizes[name] for name in named)
        + max((sizes[name] for name in drawn), default=0)
    )


def test_home_is_light(client):
    weight = first_load(client.get(reverse("home")).content.decode())
    assert 10_000 < weight < HOME


@pytest.mark.parametrize("name", ["about", "programme", "join", "contact", "privacy", "villages"])
def test_a_public_page_is_light(client, name):
    assert first_load(client.get(reverse(name)).content.decode()) < PUBLIC


@pytest.fixture
def archive_paths(world):
    """Home, an album of 200 photos, a presentation of 40 slides, and what leads to them."""
    paths = pages_content.fill(world.edition)
    day, talk = Event.objects.get(), Presentation.objects.get()
    by = world.person("coordinator")
    voices = [actions.Voice(name="Nele Peeters")]
    talk.item = actions.add_item(event=day, by=by, title="De toog", voices=voices)
    talk.save()
    actions.describe_presentation(presentation=talk, by=by, has_permission=True, summary="Brood")
    photo = day.albums.get().photos.first()
    return [
        *paths,
        reverse("inspiration:archive"),
        reverse("inspiration:event", args=[day.slug]),
        reverse("inspiration:photo", args=[day.slug, photo.public_id]),
        reverse("inspiration:speaker", args=["nele-peeters"]),
        reverse("search") + "?q=brood",
    ]


def test_the_archive_is_light_and_asks_few_queries(client, archive_paths):
    for path in archive_paths:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = client.get(path)
        assert page.status_code == 200
        weight = first_load(page.content.decode())
        print(path, weight, len(asked))
        assert weight < PUBLIC, path
        assert len(asked) <= QUERIES, path
