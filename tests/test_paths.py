"""Whatever stands in an address: a page, or a clear 400 or 404, never an error of ours."""

import re
from urllib.parse import quote, unquote

import pytest
from django.apps import apps
from django.db.models import SlugField
from django.test import Client
from django.urls import (
    Resolver404,
    URLPattern,
    URLResolver,
    converters,
    get_resolver,
    resolve,
    reverse,
)

from buurtpunt.actions import publish_news
from inspiration.actions import add_event
from network import clock, paths
from tests.cast import BACKEND

pytestmark = pytest.mark.django_db

KINDS = (
    paths.NameConverter,
    paths.NumberConverter,
    paths.TokenConverter,
    paths.OpaqueConverter,
    paths.PictureConverter,
    converters.UUIDConverter,
)
ODD = {
    "nul": "%00",
    "nul in a word": "molen%00donk",
    "long": "x" * 10_000,
    "long number": "9" * 10_000,
    "huge number": "9" * 25,
    "number that fits": "999999999",
    "other script": quote("Мельница"),
    "arabic digits": quote("٣"),
    "no unicode": "%ff%fe",
    "half a surrogate": "%ed%a0%80",
    "sign": "-1",
    "dots": "%2e%2e",
    "line": "a%0d%0ab",
    "quote": "%27%22%3c",
}
# Kinds of words that the pattern of an address may hold, as it would be used.
PARTS = re.compile(r"<(?:(\w+):)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


def patterns(resolver=None, before: str = ""):
    """Every address of ours, as its pattern is written; the admin is Django's."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            if entry.app_name != "admin":
                yield from patterns(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, entry


def with_parts() -> list[str]:
    return sorted({route for route, _ in patterns() if PARTS.search(route)})


@pytest.mark.parametrize("route", sorted({route for route, _ in patterns()}))
def test_an_address_is_made_of_our_kinds_of_words(route):
    for found, entry in patterns():
        if found == route:
            kinds = entry.pattern.converters.values()
            assert all(isinstance(kind, KINDS) for kind in kinds), f"{route}: use network/paths.py"


def addresses(word: str):
    """Each address with this word in each of its places."""
    for route in with_parts():
        plain = route.replace("^", "").replace("$", "")
        yield "/" + PARTS.sub(lambda match: word, plain)
        # In the last place alone, where the words before it lead to something.
        for place in PARTS.findall(plain):
            yield "/" + filled(plain, place, word)


def filled(route: str, odd: tuple, word: str) -> str:
    """A route with the words of the cast, and the odd one in its place."""

    def one(match) -> str:
        if match.groups() == tuple(group or None for group in odd):
            return word
        return KNOWN.get(match[2] or match[3], "1")

    return PARTS.sub(one, route)


KNOWN = {"edition": "voorjaar", "village": "molendonk", "slug": "molendonk", "section": "buurt"}


@pytest.fixture
def askers(world):
    """Nobody, and who may enter most."""
    found = [Client(raise_request_exception=False)]
    for who in ("coordinator", "superuser"):
        client = Client(raise_request_exception=False)
        client.force_login(world.person(who).user, backend=BACKEND)
        found.append(client)
    return found


@pytest.mark.parametrize("odd", ODD)
def test_no_word_in_an_address_is_an_error_of_ours(askers, odd):
    wrong = []
    for address in sorted(set(addresses(ODD[odd]))):
        if not leads_somewhere(address):
            continue  # a 404 before any view
        for client in askers:
            status = client.get(address).status_code
            if status >= 500:
                wrong.append((status, address[:120]))
    assert wrong == []


def leads_somewhere(address: str) -> bool:
    try:
        resolve(unquote(address, errors="replace"))
    except Resolver404:
        return False
    return True


def test_an_address_that_leads_nowhere_is_not_found(askers):
    for word in ODD.values():
        for address in (f"/uitnodiging/{word}/", f"/beeld/{word}/1-320.jpg", f"/{word}"):
            assert askers[0].get(address).status_code in {400, 404}


QUERIES = ("q", "pagina", "dorp", "wie", "antwoord", "tekst", "bewaard", "next", "van", "tot")


@pytest.mark.parametrize("odd", ["nul", "long number", "no unicode"])
def test_no_word_in_a_query_is_an_error_of_ours(askers, odd):
    query = "&".join(f"{name}={ODD[odd]}" for name in QUERIES)
    routes = sorted({route for route, _ in patterns()})
    wrong = []
    for route in routes:
        plain = route.replace("^", "").replace("$", "")
        address = "/" + PARTS.sub(lambda match: KNOWN.get(match[2] or match[3], "1"), plain)
        for client in askers:
            status = client.get(f"{address}?{query}").status_code
            if status >= 500 and "healthz" not in address:
                wrong.append((status, address))
    assert wrong == []


def kept_slugs() -> list[SlugField]:
    """Of our models, whose module is an app's own package."""
    ours = [model for model in apps.get_models() if model.__module__.split(".")[1:2] == ["models"]]
    fields = [field for model in ours for field in model._meta.get_fields()]
    return [field for field in fields if isinstance(field, SlugField)]


@pytest.mark.parametrize("field", kept_slugs(), ids=str)
def test_the_longest_slug_that_is_kept_is_an_address(field):
    assert re.fullmatch(paths.NameConverter.regex, "x" * field.max_length)


def test_a_long_title_has_its_page(client, world):
    """And so has the second one of that title, whose address ends on a number."""
    by, title = world.person("coordinator"), "woord " * 23
    for _ in range(2):
        item = publish_news(title=title[:138], intro="x", body="y", by=by)
        day = add_event(edition=world.edition, by=by, title=title[:120], starts_at=clock.now())
        assert client.get(reverse("news-item", args=[item.slug])).status_code == 200
        reverse("inspiration:event", args=[day.slug])
    assert client.get("/nieuws/").status_code == 200


ADMIN = "/beheer/"


@pytest.mark.parametrize("odd", ODD)
def test_the_admin_stands_it_too(askers, odd):
    superuser = askers[-1]
    word = ODD[odd]
    for place in ("network/lens/{}/change/", "network/lens/?q={}", "network/lens/?p={}", "{}/"):
        assert superuser.get(ADMIN + place.format(word)).status_code < 500


def test_a_number_of_a_page_is_read_one_way():
    assert [paths.page_number(word) for word in ("2", "02", "+2", " 2 ")] == [2] * 4
    assert {
        paths.page_number(word) for word in (None, "", "0", "-1", "x", "٣", "²", "9" * 9999)
    } == {1}
    assert paths.page_number("0" * 9999 + "7") == 7
