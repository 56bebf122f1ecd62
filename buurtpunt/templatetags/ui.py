"""A handful of display tags over network/formats.py; a builtin of every template.

Every filter shows nothing for nothing, so that a template needs no `{% if %}` around an
empty date.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse

from buurtpunt.demo.accounts import Account, accounts
from buurtpunt.menu import Entry, entries, for_visitors
from network import clock, formats, plain_names
from network.contact import NETWORK_CONTACT, Contact

register = template.Library()


def _empty_for_nothing(show: Callable[..., str]) -> Callable[..., str]:
    @wraps(show)
    def shown(value: Any, *arguments: Any) -> str:
        return "" if value is None or value == "" else show(value, *arguments)

    return shown


for _show in (
    formats.date_long,
    formats.date_weekday,
    formats.date_plain,
    formats.date_day_month,
    formats.month_year,
    formats.date_short,
    formats.period,
    formats.period_in_words,
    formats.time_of_day,
    formats.time_range,
    formats.moment,
    formats.moment_range,
    formats.moment_short,
    formats.number,
    formats.money,
    formats.file_size,
    formats.count_words,
    formats.phone,
    plain_names.neutral,
    formats.tel_link,
    formats.join_names,
    formats.initials,
):
    register.filter(_show.__name__, _empty_for_nothing(_show))


@register.filter
def plural(count: int, words: str) -> str:
    """`{{ 24|plural:"mens,mensen" }}` gives 24 mensen."""
    one, many = words.split(",")
    return formats.plural(count, one, many)


@register.simple_tag
def network_contact() -> Contact:
    """Whom the public calls: `{% network_contact as contact %}`."""
    return NETWORK_CONTACT


@register.simple_tag
def csrf_cookie() -> str:
    """The name of the cookie whose token a script sends along (static/js/token.js)."""
    return settings.CSRF_COOKIE_NAME


@register.simple_tag(takes_context=True)
def menu(context: template.Context) -> list[Entry]:
    """The main menu of who is looking."""
    user = getattr(context.get("request"), "user", None)
    return entries(user) if user is not None and user.is_authenticated else for_visitors()


@register.simple_tag
def absolute(url_name: str, **kwargs: Any) -> str:
    """A whole address on this site, for what is read elsewhere: sitemap, feeds."""
    return settings.SITE_URL + reverse(url_name, kwargs=kwargs)


@register.filter
def relative_day(value: date | datetime | None) -> str:
    """vandaag, morgen, over 8 dagen, 3 weken geleden"""
    return formats.relative_day(value, clock.today()) if value else ""


class FixedNode(template.Node):
    """Keeps what it rendered as long as the process (and the compiled template) lives."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist
        self.kept: str | None = None

    def render(self, context: template.Context) -> str:
        if self.kept is None:
            self.kept = self.nodelist.render(context)
        return self.kept


@register.tag
def fixed(parser: template.base.Parser, token: template.base.Token) -> FixedNode:
    """`{% fixed %}…{% endfixed %}`: text and addresses that only a release changes. Rendered once
    a process, so that a page of words costs no more than its few lines that live. Never around
    anything of a visitor, a row or a day."""
    nodelist = parser.parse(("endfixed",))
    parser.delete_first_token()
    return FixedNode(nodelist)


@register.simple_tag
def demo_mode() -> bool:
    return settings.DEMO


@register.simple_tag(name="demo_accounts")
def offered_accounts() -> list[Account]:
    """Whom the sign-in page offers as a button; empty outside demo mode."""
    return accounts()
