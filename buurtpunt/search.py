"""One box over everything: the written pages and what every app made findable."""

import re
from dataclasses import dataclass
from functools import cache
from html import unescape
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from buurtpunt.actions import SOURCE
from buurtpunt.home import STOPS
from buurtpunt.pages import PAGES, Page
from network import access, search
from network.actions.villages import SEARCH_SOURCE as VILLAGE
from network.models import NewsItem, SearchText, Village
from network.search import Asked, Result

LONGEST = 100  # characters of a question; what follows is left out
BEFORE_A_MARK = re.compile(r" ([.,:;!?])")


@dataclass(frozen=True)
class Group:
    label: str
    results: list[Result]


def find(user: Any, words: str) -> list[Group]:
    """Everything this reader may see with all the words, grouped; pages first."""
    pages = _pages(words)
    groups = [Group("Pagina’s", pages)] if pages else []
    return groups + [Group(label, results) for label, results in search.find(user, words)]


def _pages(words: str) -> list[Result]:
    wanted = search.asked(words)
    if wanted is None:
        return []
    return [_page_result(page, wanted) for page in PAGES if _holds(_page_stems(page), wanted)]


def _holds(stems: frozenset[str], wanted: Asked) -> bool:
    """All the words; the last one may be a beginning, as in network/search.py."""
    return set(wanted.whole) <= stems and any(stem.startswith(wanted.begun) for stem in stems)


def _page_result(page: Page, wanted: Asked) -> Result:
    return Result(
        title=page.title,
        url=reverse(page.name),
        detail="Pagina",
        snippet=search.snippet(_page_text(page), wanted),
    )


@cache
def _page_stems(page: Page) -> frozenset[str]:
    return frozenset(search.stems(f"{page.title} {_page_text(page)}"))


@cache
def _page_text(page: Page) -> str:
    """The words of a page as a visitor reads them; the templates change with a release only."""
    html = render_to_string(f"buurtpunt/{page.template}.html", {"road": STOPS})
    body = html.split("<main", 1)[1].split(">", 1)[1].split("</main>", 1)[0]
    words = " ".join(unescape(strip_tags(body.replace("<", " <"))).split())
    return BEFORE_A_MARK.sub(r"\1", words)


def _describe_village(village: Village, hit: SearchText, snippet: SafeString) -> Result:
    return Result(
        title=village.name,
        url=reverse("village", args=[village.edition.slug, village.slug]),
        detail=f"{village.municipality}, {village.edition.name}",
        # Without a sentence of its own the name would stand there twice.
        snippet=snippet if village.summary else SafeString(),
    )


def _describe_news(item: NewsItem, hit: SearchText, snippet: SafeString) -> Result:
    return Result(
        title=item.title, url=reverse("news-item", args=[item.slug]), detail="", snippet=snippet
    )


VILLAGES = search.Source(
    name=VILLAGE,
    label="Dorpen",
    visible=lambda user: access.public_villages(),
    describe=_describe_village,
)
NEWS = search.Source(
    name=SOURCE,
    label="Nieuws",
    visible=lambda user: access.published_news(),
    describe=_describe_news,
)
