"""One box over everything: the written pages, the villages and what every app made findable."""

import re
from dataclasses import dataclass
from functools import cache, reduce
from html import unescape
from operator import and_
from typing import Any

from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from buurtpunt.actions import SOURCE
from buurtpunt.home import STOPS
from buurtpunt.pages import PAGES, Page
from network import access, search
from network.models import NewsItem, SearchText, Village
from network.search import Result

LONGEST = 100  # characters of a question; what follows is left out
VILLAGES_AT_MOST = 20
BEFORE_A_MARK = re.compile(r" ([.,:;!?])")


@dataclass(frozen=True)
class Group:
    label: str
    results: list[Result]


def find(user: Any, words: str) -> list[Group]:
    """Everything this reader may see with all the words, grouped; pages first."""
    groups = [Group("Pagina’s", _pages(words)), Group("Dorpen", _villages(words))]
    groups += [Group(label, results) for label, results in search.find(user, words)]
    return [group for group in groups if group.results]


def _pages(words: str) -> list[Result]:
    wanted = search.stems(words)
    if not wanted:
        return []
    return [_page_result(page, wanted) for page in PAGES if _holds(_page_stems(page), wanted)]


def _holds(stems: frozenset[str], wanted: list[str]) -> bool:
    """All the words; the last one may be a beginning, as in network/search.py."""
    whole, begun = wanted[:-1], wanted[-1]
    return set(whole) <= stems and any(stem.startswith(begun) for stem in stems)


def _page_result(page: Page, wanted: list[str]) -> Result:
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


def _villages(words: str) -> list[Result]:
    asked = [Q(name__icontains=word) | Q(municipality__icontains=word) for word in words.split()]
    if not asked:
        return []
    found = access.public_villages().filter(reduce(and_, asked))[:VILLAGES_AT_MOST]
    wanted = search.stems(words)
    return [_village_result(village, wanted) for village in found]


def _village_result(village: Village, wanted: list[str]) -> Result:
    return Result(
        title=village.name,
        url=reverse("village", args=[village.edition.slug, village.slug]),
        detail=f"{village.municipality}, {village.edition.name}",
        snippet=search.snippet(village.summary, wanted),
    )


def _describe_news(item: NewsItem, hit: SearchText, snippet: SafeString) -> Result:
    return Result(
        title=item.title, url=reverse("news-item", args=[item.slug]), detail="", snippet=snippet
    )


NEWS = search.Source(
    name=SOURCE,
    label="Nieuws",
    visible=lambda user: access.published_news(),
    describe=_describe_news,
)
