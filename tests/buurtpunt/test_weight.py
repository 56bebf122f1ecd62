"""What the first load of a public page weighs: DESIGN.md 6, measured as gzip sends it."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

pytestmark = pytest.mark.django_db
HOME, PUBLIC = 30_000, 60_000


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
