"""One search over everything: rows of stemmed words, always joined to what the reader may see.

Actions write the words in their own transaction (`index`, `remove`), so what is withdrawn is gone
at once. PostgreSQL searches a GIN index over to_tsvector('simple', stems), SQLite FTS5
(migration 0002); both get the same folded stems, so both give the same hits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import snowballstemmer
from django.db import connection, transaction
from django.db.models import CharField, F, QuerySet, Window
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, RowNumber
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from network.formats import text_key
from network.models import SearchText

WORD = re.compile(r"[^\W_]+")
LONGEST_QUESTION = 8  # words
HITS_A_SOURCE = 20
HITS_AN_OBJECT = 3  # one long presentation must not hide the others
SNIPPET_WORDS = 28
# Characters of one part. PostgreSQL refuses a row of more than a megabyte of different words: five
# bytes for each of these at most.
MOST_INDEXED = 180_000
LONGEST_WORD = 60  # letters; a longer one is cut and not stemmed, which costs the square of it


@dataclass(frozen=True)
class Part:
    """Words of one part of an object: a slide, a section, or 0 for the whole."""

    number: int
    title: str
    text: str = ""


@dataclass(frozen=True)
class Asked:
    """A question: stems, of which the last may be a beginning. That one counts as it was typed
    too: "zwanen" is a form of zwaan, and how Zwaneneest begins."""

    whole: list[str]
    begun: tuple[str, str]

    def meets(self, word: str) -> bool:
        """A folded word of a text."""
        return stem(word) in {*self.whole, *self.begun} or word.startswith(self.begun)


@dataclass(frozen=True)
class Result:
    """One hit as a page shows it. `snippet` has the found words in <mark>."""

    title: str
    url: str
    detail: str
    snippet: SafeString
    picture: str = ""


@dataclass(frozen=True)
class Source:
    """Where hits come from.

    visible(user) gives the objects this reader may see, as a queryset whose pk is the object id
    (the user may be anonymous). describe(obj, hit, snippet) gives the Result.
    """

    name: str
    label: str  # Dutch heading of the group, "Presentaties"
    visible: Callable[[Any], QuerySet]
    describe: Callable[[Any, SearchText, SafeString], Result]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    _sources[source.name] = source


def stem(word: str) -> str:
    """Stemmed until nothing changes: one pass gives "fiets" for fietsen and "fiet" for fiets.

    A stemmer keeps the word it works on in itself, so threads that share one raise IndexError
    and store wrong stems. Making one costs less than a microsecond: each word has its own.
    """
    if len(word) > LONGEST_WORD:
        return word[:LONGEST_WORD]
    stemmer = snowballstemmer.stemmer("dutch")
    while (shorter := stemmer.stemWord(word)) != word:
        word = shorter
    return word


def stems(text: str) -> list[str]:
    return _stemmed(_words(text))


def _stemmed(words: list[str]) -> list[str]:
    stem_of = {word: stem(word) for word in set(words)}  # a long text says most words often
    return [stem_of[word] for word in words]


def asked(words: str) -> Asked | None:
    """None when there is no word in it."""
    typed = _words(words)[:LONGEST_QUESTION]
    if not typed:
        return None
    *whole, last = map(stem, typed)
    return Asked(whole, (last, typed[-1]))


def _words(text: str) -> list[str]:
    """Folded first and cut then, because a character may fold to several words or to brackets."""
    return WORD.findall(text_key(text))


def indexed(title: str, text: str) -> str:
    """The column `stems` of a part with these words; of a text without an end its beginning."""
    words = _words(f"{title} {text}"[:MOST_INDEXED])
    return " ".join(_stemmed(words))[:MOST_INDEXED]


def index(source: str, object_id: object, parts: Iterable[Part]) -> None:
    """Replace the words of an object. Call it in the transaction of the change.

    Two who change one object at once replace each other's rows and never meet a double key. The
    later one wins: who reads the parts from rows of others holds the object's lock before that.
    """
    rows = [
        SearchText(
            source=source,
            object_id=str(object_id),
            part=part.number,
            title=part.title[:300],
            text=part.text,
            stems=indexed(part.title, part.text),
        )
        for part in sorted(parts, key=lambda part: part.number)  # locked in one order
    ]
    with transaction.atomic():
        SearchText.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["source", "object_id", "part"],
            update_fields=["title", "text", "stems"],
        )
        _rows_of(source, object_id).exclude(part__in=[row.part for row in rows]).delete()


def remove(source: str, object_id: object) -> None:
    _rows_of(source, object_id).delete()


def _rows_of(source: str, object_id: object) -> QuerySet[SearchText]:
    return SearchText.objects.filter(source=source, object_id=str(object_id))


def find(user: Any, words: str) -> list[tuple[str, list[Result]]]:
    """Groups (Dutch label, results) of everything this reader may see with all the words; the
    last word may be a beginning. Two queries a source."""
    wanted = asked(words)
    if wanted is None:
        return []
    groups = []
    for source in _sources.values():
        results = _find_in(source, user, wanted)
        if results:
            groups.append((source.label, results))
    return groups


def _find_in(source: Source, user: Any, wanted: Asked) -> list[Result]:
    visible = source.visible(user)
    hits = _hits(source, visible, wanted)
    ids = {hit.object_id for hit in hits}
    objects = {str(obj.pk): obj for obj in visible.filter(pk__in=ids)} if ids else {}
    return [
        source.describe(objects[hit.object_id], hit, snippet(hit.text or hit.title, wanted))
        for hit in hits
    ]


def _hits(source: Source, visible: QuerySet, wanted: Asked) -> list[SearchText]:
    """The first parts of each object; every object has its first before one has its second."""
    found = _matching(wanted).filter(source=source.name, object_id__in=_ids(visible))
    place = Window(RowNumber(), partition_by=F("object_id"), order_by="part")
    first = found.annotate(place=place).filter(place__lte=HITS_AN_OBJECT)
    hits = first.order_by("place", "object_id")[:HITS_A_SOURCE]
    return sorted(hits, key=lambda hit: (hit.object_id, hit.part))


def _ids(visible: QuerySet) -> QuerySet:
    """Their keys as SearchText.object_id has them, so that what is hidden takes no hit's place."""
    return visible.order_by().annotate(key=Cast("pk", CharField())).values("key")


def _matching(wanted: Asked) -> QuerySet[SearchText]:
    # The words hold letters and digits only, so no operator of either search language.
    if connection.vendor == "postgresql":
        begun = " | ".join(f"{word}:*" for word in wanted.begun)
        query = " & ".join([*wanted.whole, f"({begun})"])
        found = (
            "SELECT id FROM network_searchtext "
            "WHERE to_tsvector('simple', stems) @@ to_tsquery('simple', %s)"
        )
    else:
        begun = " OR ".join(f'"{word}"*' for word in wanted.begun)
        query = " AND ".join([*(f'"{word}"' for word in wanted.whole), f"({begun})"])
        found = "SELECT rowid FROM network_searchtext_fts WHERE network_searchtext_fts MATCH %s"
    # `found` is one of the two literals above; the words travel as a parameter.
    return SearchText.objects.filter(pk__in=RawSQL(found, [query]))  # noqa: S611


def snippet(text: str, wanted: Asked) -> SafeString:
    """The words around the first hit, escaped, with each found word in <mark>."""
    tokens = list(WORD.finditer(text))
    if not tokens:
        return mark_safe("")
    hits = (n for n, token in enumerate(tokens) if _is_hit(token.group(), wanted))
    first = max(0, next(hits, 0) - SNIPPET_WORDS // 3)  # what stands behind it is not stemmed
    last = min(len(tokens), first + SNIPPET_WORDS)
    out: list[str] = []
    at = tokens[first].start()
    for n in range(first, last):
        token = tokens[n]
        out.append(escape(text[at : token.start()]))
        word = escape(token.group())
        out.append(f"<mark>{word}</mark>" if _is_hit(token.group(), wanted) else word)
        at = token.end()
    opening, closing = "… " if first else "", " …" if last < len(tokens) else ""
    return mark_safe(opening + "".join(out) + closing)  # noqa: S308  every piece was escaped above


def _is_hit(token: str, wanted: Asked) -> bool:
    return any(wanted.meets(word) for word in _words(token))
