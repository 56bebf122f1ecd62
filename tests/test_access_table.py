"""URL name × cast × state of the object → status, for GET and POST, over the whole URLconf.

A URL without a row fails. The admin and allauth's pages enter by a rule of their own.
"""

import importlib

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access_table import Row
from tests.cast import BACKEND, MEMBERS

APPS = ("network", "actionplans", "inspiration", "worksessions", "buurtpunt")
BY_RULE = ("admin:", "account_")
WRITING = ("INSERT", "UPDATE", "DELETE")
# A link that is only opened, or fetched ahead by a browser, changes nothing, but for:
WRITES_WHEN_LOOKED_AT = {"actionplans:coach-plan"}  # when the coach was last here (PlanVisit)


def rows_of(app):
    try:
        return importlib.import_module(f"tests.{app}.access_rows")
    except ModuleNotFoundError as error:
        if error.name not in {f"tests.{app}", f"tests.{app}.access_rows"}:
            raise
        return None


MODULES = [module for module in map(rows_of, APPS) if module]
ROWS = [row for module in MODULES for row in module.ROWS]


def url_names(resolver=None, namespace=""):
    """Every name in the URLconf, with its namespace."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from url_names(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", str(pattern.pattern)


def test_every_url_has_a_name_and_a_row():
    known = {row.name for row in ROWS}
    missing = {
        f"{name} ({pattern})"
        for name, pattern in url_names()
        if name not in known and not name.startswith(BY_RULE)
    }
    assert missing == set()


def test_every_row_names_a_url():
    assert {row.name for row in ROWS} - {name for name, _ in url_names()} == set()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name} {row.state}".strip())
def test_who_gets_what(row: Row, world):
    for module in MODULES:
        build = getattr(module, "build", None)
        if build:
            build(world)
    row.before(world)
    url = reverse(row.name, kwargs=row.args(world))
    found = {who: _statuses(row, world, who, url) for who in MEMBERS}
    assert found == {who: (row.get[who], row.post[who]) for who in MEMBERS}


def _statuses(row, world, who, url):
    client = Client(raise_request_exception=True)
    if who != "anonymous":
        client.force_login(world.person(who).user, backend=BACKEND)
    with CaptureQueriesContext(connection) as asked:
        looked = _without_trace(lambda: client.get(url))
    wrote = [one["sql"] for one in asked if one["sql"].startswith(WRITING)]
    assert not wrote or row.name in WRITES_WHEN_LOOKED_AT, wrote
    return looked, _without_trace(lambda: client.post(url, row.data(world)))


def _without_trace(ask):
    with transaction.atomic():
        response = ask()
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return response.status_code


@pytest.mark.parametrize("who", MEMBERS)
def test_the_admin_is_for_staff_only(world, who, client):
    if who != "anonymous":
        client.force_login(world.person(who).user, backend=BACKEND)
    assert client.get(reverse("admin:index")).status_code == (200 if who == "superuser" else 302)
