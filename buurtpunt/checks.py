"""What production must have set, said by `manage.py check --deploy` before anyone is mailed."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register


def register_checks() -> None:
    register(production, Tags.security, deploy=True)


def production(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """All findings on the settings that come from the environment."""
    return [*mode(), *site_url(), *mail(), *services()]


def mode() -> Iterator[CheckMessage]:
    if settings.SECRET_KEY == settings.PUBLISHED_KEY:
        yield Error(
            "SECRET_KEY is the one published with the source: anyone can sign in as anyone.",
            hint="Set DJANGO_SECRET_KEY to a long random text.",
            id="buurtpunt.E007",
        )
    if not settings.PRODUCTION:
        yield Error(
            "BUURTPUNT_PRODUCTION is off: cookies travel without https.",
            hint="Set BUURTPUNT_PRODUCTION to 1.",
            id="buurtpunt.E008",
        )


def site_url() -> Iterator[CheckMessage]:
    """Links in mails start with SITE_URL: wrong here is wrong in every inbox."""
    parts = urlsplit(settings.SITE_URL)
    if parts.scheme != "https" and not settings.PLAIN_HTTP:
        yield Error(
            f"SITE_URL is {settings.SITE_URL}: links in mails must begin with https://.",
            hint="Set SITE_URL to the public address of the site.",
            id="buurtpunt.E001",
        )
    hosts = [host.lstrip(".") for host in settings.ALLOWED_HOSTS]
    if parts.hostname not in hosts and "*" not in hosts:
        yield Error(
            f"The host of SITE_URL ({parts.hostname}) is not in DJANGO_ALLOWED_HOSTS.",
            hint="A person who follows a link from a mail would get an error page.",
            id="buurtpunt.E002",
        )


def mail() -> Iterator[CheckMessage]:
    if settings.MAIL_DOMAIN.endswith(".example"):
        yield Error(
            f"MAIL_DOMAIN is {settings.MAIL_DOMAIN}, which nobody can answer to.",
            hint="Set MAIL_DOMAIN to the domain that mails come from.",
            id="buurtpunt.E003",
        )
    if (settings.EMAIL_HOST, settings.EMAIL_PORT) == ("127.0.0.1", 2525):
        yield Warning(
            "EMAIL_HOST and EMAIL_PORT still point to the demo's inbox.",
            hint="Set EMAIL_HOST, EMAIL_PORT and, where needed, the user and the password.",
            id="buurtpunt.W004",
        )


def services() -> Iterator[CheckMessage]:
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield Warning(
            "The database is SQLite, which is meant for the demo and for one small machine.",
            hint="Set DATABASE_URL to a PostgreSQL database.",
            id="buurtpunt.W005",
        )
    if not settings.REDIS_URL:
        yield Warning(
            "There is no Redis: each web process counts rate limits for itself.",
            hint="Set REDIS_URL.",
            id="buurtpunt.W006",
        )
