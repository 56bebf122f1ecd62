import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from buurtpunt import checks
from buurtpunt.settings import PUBLISHED_KEY

ROOT = Path(__file__).parents[2]


@pytest.fixture
def as_in_production(settings, monkeypatch):
    settings.PRODUCTION = True
    settings.SECRET_KEY = "a-key-of-its-own"
    settings.SITE_URL = "https://buurtpunt.test"
    settings.ALLOWED_HOSTS = ["buurtpunt.test"]
    settings.PLAIN_HTTP = False
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.MAIL_DOMAIN = "buurtpunt.test"
    settings.EMAIL_HOST = "mail.buurtpunt.test"
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.postgresql")
    settings.REDIS_URL = "redis://localhost/0"
    return settings


def ids() -> list[str]:
    return [message.id for message in checks.production(None)]


def test_settings_that_are_whole_get_no_remark(as_in_production):
    assert ids() == []


def test_the_embedded_default_is_named_point_by_point(settings, monkeypatch):
    settings.REDIS_URL = ""
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")

    codes = ("E007", "E008", "E001", "E003", "W004", "W005", "W006")
    assert ids() == [f"buurtpunt.{code}" for code in codes]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("SECRET_KEY", PUBLISHED_KEY, "buurtpunt.E007"),
        ("PRODUCTION", False, "buurtpunt.E008"),
        ("SITE_URL", "http://buurtpunt.test", "buurtpunt.E001"),
        ("ALLOWED_HOSTS", ["elsewhere.test"], "buurtpunt.E002"),
        ("MAIL_DOMAIN", "buurtpunt.example", "buurtpunt.E003"),
        ("REDIS_URL", "", "buurtpunt.W006"),
        ("PLAIN_HTTP", True, "buurtpunt.E020"),
        ("SECURE_HSTS_PRELOAD", True, "buurtpunt.E021"),
        ("SECURITY_CONTACT", "veilig@buurtpunt.test", "buurtpunt.E022"),
        ("ALLAUTH_TRUSTED_PROXY_COUNT", 0, "buurtpunt.W023"),
    ],
)
def test_one_wrong_setting_gets_one_remark(as_in_production, name, value, expected):
    setattr(as_in_production, name, value)

    assert ids() == [expected]


def test_plain_http_on_this_machine_alone_is_only_a_warning(as_in_production):
    as_in_production.PLAIN_HTTP = True
    as_in_production.ALLOWED_HOSTS = ["localhost"]
    as_in_production.SITE_URL = "http://localhost"

    assert ids() == ["buurtpunt.W020"]


def test_a_domain_that_is_preloaded_with_its_subdomains_is_a_choice(as_in_production):
    as_in_production.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    assert ids() == []
    as_in_production.SECURE_HSTS_PRELOAD = True
    assert ids() == []


def read_settings(names: str, **environment: str) -> dict:
    """What buurtpunt.settings says of these names, in a process with this environment."""
    code = f"import json, buurtpunt.settings as s; print(json.dumps([{names}]))"
    said = subprocess.run(
        [sys.executable, "-c", code],
        env={"PATH": os.environ["PATH"], "BUURTPUNT_VAR": os.environ["BUURTPUNT_VAR"]}
        | environment,
        capture_output=True,
        check=True,
        text=True,
    )
    return json.loads(said.stdout)


ITS_OWN = {"BUURTPUNT_PRODUCTION": "1", "DJANGO_SECRET_KEY": "own"}
COOKIES = "s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME"
# Without https a browser refuses the prefix; the demo keeps Django's own names.
OWN_NAMES = "getattr(s, 'SESSION_COOKIE_NAME', ''), getattr(s, 'CSRF_COOKIE_NAME', '')"
HSTS = "s.SECURE_HSTS_SECONDS > 0, s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_HSTS_PRELOAD"


def test_the_cookies_of_production_are_bound_to_its_host():
    assert read_settings(COOKIES, **ITS_OWN) == ["__Host-session", "__Host-csrf"]


@pytest.mark.parametrize("environment", [{}, {**ITS_OWN, "BUURTPUNT_PLAIN_HTTP": "1"}])
def test_without_https_they_keep_their_own_names(environment):
    assert read_settings(OWN_NAMES, **environment) == ["", ""]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({}, [True, False, False]),
        ({"BUURTPUNT_HSTS_SUBDOMAINS": "1"}, [True, True, False]),
        (
            {"BUURTPUNT_HSTS_SUBDOMAINS": "1", "BUURTPUNT_HSTS_PRELOAD": "1"},
            [True, True, True],
        ),
    ],
)
def test_other_sites_of_the_domain_are_bound_to_https_when_asked_only(choice, expected):
    assert read_settings(HSTS, **ITS_OWN, **choice) == expected


def test_all_hosts_or_a_domain_with_a_dot_in_front_is_enough(as_in_production):
    as_in_production.ALLOWED_HOSTS = [".buurtpunt.test"]

    assert ids() == []


@pytest.mark.parametrize(
    ("environment", "refused"),
    [
        ({}, False),
        ({"DJANGO_ALLOWED_HOSTS": "localhost"}, False),
        ({"DJANGO_ALLOWED_HOSTS": "buurtpunt.test"}, True),
        ({"DJANGO_ALLOWED_HOSTS": "*"}, True),
        ({"BUURTPUNT_PRODUCTION": "1"}, True),
        ({"DJANGO_ALLOWED_HOSTS": "buurtpunt.test", "DJANGO_SECRET_KEY": "own"}, False),
    ],
)
def test_the_published_key_serves_this_machine_only(environment, refused):
    started = subprocess.run(
        [sys.executable, "-c", "import buurtpunt.settings"],
        env={"PATH": os.environ["PATH"], "BUURTPUNT_VAR": os.environ["BUURTPUNT_VAR"]}
        | environment,
        capture_output=True,
        text=True,
    )
    assert ("DJANGO_SECRET_KEY is missing" in started.stderr) == bool(started.returncode) == refused


def test_the_example_in_the_manual_passes_its_own_check(tmp_path):
    """docs/operations.md, as a shell would run it, and then the check that it names."""
    manual = (ROOT / "docs" / "operations.md").read_text()
    example = re.search(r"```sh\n(umask.*?)```", manual, re.DOTALL)[1]
    script = example.replace("/etc/", f"{tmp_path}/") + f"set -a; . {tmp_path}/buurtpunt.env\n"
    script += f"BUURTPUNT_VAR={tmp_path}\n"  # its own belongs to root
    script += f"exec {sys.executable} manage.py check --deploy --fail-level WARNING"

    bare = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    result = subprocess.run(["sh", "-ec", script], cwd=ROOT, env=bare, capture_output=True)

    assert result.returncode == 0, result.stderr.decode()
    assert (tmp_path / "buurtpunt.env").stat().st_mode & 0o077 == 0


def test_the_example_names_only_what_the_manual_explains():
    manual = (ROOT / "docs" / "operations.md").read_text()
    example = re.search(r"```sh\n(umask.*?)```", manual, re.DOTALL)[1]
    table = manual[: manual.index("names what is missing")]
    assert all(f"`{name}`" in table for name in re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
