import pytest

from buurtpunt import checks


@pytest.fixture
def as_in_production(settings, monkeypatch):
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

    assert ids() == [f"buurtpunt.{code}" for code in ("E001", "E003", "W004", "W005", "W006")]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
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
