"""No log holds a link that carries a right, nor a code."""

import logging
import re
import subprocess
import sys
import urllib.request
from contextlib import suppress
from urllib.error import HTTPError
from urllib.parse import quote

import pytest
from celery.app.log import TaskFormatter
from django.conf import settings
from django.urls import get_resolver
from django.urls.converters import StringConverter
from django.urls.resolvers import RegexPattern, URLResolver

from buurtpunt.masking import masked
from network import tokens
from network.paths import TokenConverter
from tests.running import wait_until, worker_environment
from tests.services import free_port

TOKEN = tokens.make("invitation", 12, "eenmalig")
FREE = (StringConverter, TokenConverter)
PLAIN = "zo-maar-een-geheim"  # masked by its place alone
# Names of pictures: what everyone sees, and what only a coordinator may open.
NO_SECRET = {"network:picture", "inspiration:draft-picture"}


def routes(resolver, before="", namespace=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            name = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern, before + str(pattern.pattern), name)
        else:
            yield f"{namespace}{pattern.name}", before, pattern.pattern


def free_text_routes():
    """Routes in which a part may be any text: where a secret can stand."""
    for name, before, pattern in routes(get_resolver()):
        if name.startswith("admin:") or name in NO_SECRET:
            continue
        if isinstance(pattern, RegexPattern):
            yield name, f"/account/wachtwoord/vergeten/1-{PLAIN}/"
            continue
        free = [one for one in pattern.converters.values() if type(one) in FREE]
        if free:
            yield name, "/" + re.sub(r"<[^>]+>", PLAIN, before + str(pattern))


ROUTES = sorted(free_text_routes())


def test_the_walk_finds_the_links_of_the_mails():
    found = {name for name, _ in ROUTES}
    assert {"network:invitation", "network:mail-preferences", "worksessions:answer"} <= found
    assert "account_reset_password_from_key" in found


def lines(path):
    """How a log may tell of an address."""
    yield f"Not Found: {path}"
    yield f'"GET {path} HTTP/1.1" 404 12 "https://buurtpunt.example{path}" "Firefox"'
    yield f'"GET /aanmelden/?next={quote(path, safe="")} HTTP/1.1" 200'
    yield f'"GET /aanmelden/?next={path}&x=1 HTTP/1.1" 200'


@pytest.mark.parametrize(("name", "path"), ROUTES)
def test_every_link_with_a_secret_is_masked(name, path):
    for line in lines(path):
        told = masked(line)
        assert not shows(told), told
        assert "***" in told


def shows(text: str) -> bool:
    """A token, or enough of one to go on."""
    return any(part in text for part in (PLAIN, TOKEN, *TOKEN.split(":")))


@pytest.mark.parametrize("secret", ["abc", "een-oude-link", "x:y:z"])
def test_a_forged_or_old_link_is_masked_too(secret):
    assert masked(f"Gone: /uitnodiging/{secret}/") == "Gone: /uitnodiging/***/"
    assert masked(f"Gone: /UITNODIGING/{secret}/") == "Gone: /UITNODIGING/***/"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Your code is AB12-CD34.", "Your code is ***."),
        ("GET /x/?code=abc&page=2", "GET /x/?code=***&page=2"),
        (f"Reverse for ('{TOKEN}',) not found", "Reverse for ('***',) not found"),
        ("GET /kalender/geheim.ics", "GET /kalender/***"),
    ],
)  # fmt: skip
def test_codes_and_bare_tokens_are_masked(line, told):
    assert masked(line) == told


@pytest.mark.parametrize(
    "line",
    [
        "GET /werksessies/voorjaar/1/antwoord/ HTTP/1.1",
        "GET /coordinatie/voorjaar/uitnodigingen/ HTTP/1.1",
        "Task network.tasks.sweep[0d6a3b52-7d3e-4a5f-9c1d-2f6f1f0a9b11] succeeded in 0.1s",
        "2026-11-26 10:00:00,123 mail@host ready. 1234-5678",
        "Mail 12 stumbled: http://127.0.0.1:8000/mijn/gegevens/",
    ],
)
def test_the_rest_of_a_log_stays_as_it_is(line):
    assert masked(line) == line


@pytest.mark.parametrize("formatter", [logging.Formatter(), TaskFormatter("%(message)s")])
def test_a_traceback_is_masked_for_every_formatter(formatter, caplog):
    try:
        raise ValueError(f"/uitnodiging/{TOKEN}/")
    except ValueError:
        logging.getLogger("celery.worker").exception("Stumbled at %s.", f"/antwoord/{TOKEN}/")
    text = formatter.format(caplog.records[-1])
    assert "Traceback" in text and not shows(text)


@pytest.mark.django_db
def test_what_django_says_of_a_missing_page_is_masked(client, caplog):
    client.get(f"/uitnodiging/{TOKEN}/")
    assert "/uitnodiging/***/" in caplog.text and not shows(caplog.text)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_access_log_of_gunicorn_is_masked(tmp_path):
    port, log = free_port(), tmp_path / "access.log"
    command = [sys.executable, "-m", "gunicorn", "buurtpunt.wsgi", "--no-control-socket"]
    command += ["--bind", f"127.0.0.1:{port}", "--access-logfile", str(log)]
    server = subprocess.Popen(command, env=worker_environment(), stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: answered(port), what="gunicorn")
        wait_until(lambda: log.read_text().count("uitnodiging") >= 2, what=log)
    finally:
        server.terminate()
        server.wait(10)
    assert "/uitnodiging/***/" in log.read_text() and not shows(log.read_text())


def answered(port: int) -> bool:
    link = f"http://127.0.0.1:{port}/uitnodiging/{TOKEN}/"
    with suppress(HTTPError):
        try:
            urllib.request.urlopen(urllib.request.Request(link, headers={"Referer": link}))
        except ConnectionError:
            return False
        except urllib.error.URLError as error:
            if not isinstance(error, HTTPError):
                return False
            raise
    return True


NGINX_MAP = re.compile(r'^map \$(\w+) \$\w+ \{.*?"~\*(.+?)" "(.+?)";', re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("name", "path"), ROUTES)
def test_the_format_for_nginx_masks_the_same(name, path):
    told = (settings.BASE_DIR / "docs" / "operations.md").read_text()
    rules = NGINX_MAP.findall(told)
    assert [variable for variable, _, _ in rules] == ["request_uri", "http_referer"]
    for _, pattern, in_its_place in rules:
        quoted = quote(path, safe="")
        louder = path.replace("/uitnodiging/", "/UITNODIGING/")
        for address in (path, louder, f"https://buurtpunt.example{path}", f"/?next={quoted}"):
            shown = by_nginx(pattern, in_its_place, address)
            assert not shows(shown) and "***" in shown


def by_nginx(pattern: str, in_its_place: str, address: str) -> str:
    match = re.match(pattern.replace("(?<", "(?P<"), address, re.IGNORECASE)
    assert match, address
    return re.sub(r"\$\{?(\w+)\}?", lambda variable: match[variable[1]], in_its_place)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", ["x", "9", "9-", "x:", "a.b-", "/antwoord/", "code=", "%3A"])
def test_a_line_without_end_is_read_in_one_go(piece):
    """An address of 10,000 signs took five seconds of CPU; this one would take hours."""
    line = piece * (400_000 // len(piece))
    assert masked(line)
