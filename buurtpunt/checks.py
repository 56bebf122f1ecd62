"""What production must have set, said by `manage.py check --deploy` before anyone is mailed."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

CONTACTS = ("mailto:", "https://")


def register_checks() -> None:
    register(production, Tags.security, deploy=True)


def production(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """All findings on the settings that come from the environment."""
    return [*mode(), *doors(), *site_url(), *mail(), *services()]


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


def doors() -> Iterator[CheckMessage]:
    """What browsers and the web server in front are told."""
    if settings.PLAIN_HTTP:
        yield _plain_http()
    if settings.SECURE_HSTS_PRELOAD and not settings.SECURE_HSTS_INCLUDE_SUBDOMAINS:
        yield Error(
            "BUURTPUNT_HSTS_PRELOAD is on without BUURTPUNT_HSTS_SUBDOMAINS.",
            hint="Browsers take a domain with all its subdomains in their list, or not at all.",
            id="buurtpunt.E021",
        )
    if settings.SECURITY_CONTACT and not settings.SECURITY_CONTACT.startswith(CONTACTS):
        yield Error(
            f"SECURITY_CONTACT is {settings.SECURITY_CONTACT}, which is no address to open.",
            hint="Let it begin with mailto: or https://, or leave it out.",
            id="buurtpunt.E022",
        )
    if settings.PRODUCTION and settings.ALLAUTH_TRUSTED_PROXY_COUNT < 1:
        yield Warning(
            "TRUSTED_PROXIES is 0: behind a web server all visitors share one limit.",
            hint="Set it to the number of proxies, and let gunicorn listen on this machine only.",
            id="buurtpunt.W023",
        )


def _plain_http() -> CheckMessage:
    outside = set(settings.ALLOWED_HOSTS) - set(settings.LOOPBACK)
    return (Error if outside else Warning)(
        "BUURTPUNT_PLAIN_HTTP is on: codes, passwords and cookies travel without https.",
        hint="Leave it out, unless you try production's settings on this machine alone.",
        id="buurtpunt.E020" if outside else "buurtpunt.W020",
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
