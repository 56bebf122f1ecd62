import os
import subprocess
import sys

import pytest

from buurtpunt import checks
from buurtpunt.settings import PUBLISHED_KEY


@pytest.fixture
def as_in_production(settings, monkeypatch):
    settings.PRODUCTION = True
    settings.SECRET_KEY = "a-key-of-its-own"
    settings.SITE_URL = "https://buurtpunt.test"
    settings.ALLOWED_HOSTS = ["buurtpunt.test"]
    settings.PLAIN_HTTP = False
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
    ],
)
def test_one_wrong_setting_gets_one_remark(as_in_production, name, value, expected):
    setattr(as_in_production, name, value)

    assert ids() == [expected]


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
