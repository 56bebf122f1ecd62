"""What a coordinator does on the roof: telling the news of the network."""

from __future__ import annotations

from django.db import transaction

from network import audit, clock, pagecache, search
from network.models import NewsItem, Person
from network.slugs import save_with_slug

SOURCE = "news"
LONGEST_SLUG = 120
RESERVED_SLUGS = ["nieuw"]  # the page that adds one stands where its item would


def publish_news(*, title: str, intro: str, body: str, by: Person) -> NewsItem:
    """On the site at once; nobody is mailed."""
    with transaction.atomic():
        item = NewsItem(title=title, intro=intro, body=body, published_at=clock.now())
        save_with_slug(
            item,
            title,
            NewsItem.objects.all(),
            otherwise="bericht",
            longest=LONGEST_SLUG,
            reserved=RESERVED_SLUGS,
        )
        _make_known(item)
        audit.record(by=by, verb="news.published", obj=item)
    return item


def change_news(*, item: NewsItem, title: str, intro: str, body: str, by: Person) -> None:
    """The address stays, so that links keep working."""
    with transaction.atomic():
        item.title, item.intro, item.body = title, intro, body
        item.save(update_fields=["title", "intro", "body"])
        _make_known(item)
        audit.record(by=by, verb="news.changed", obj=item)


def withdraw_news(*, item: NewsItem, by: Person) -> None:
    """Off the site, out of search; the row stays."""
    with transaction.atomic():
        item.published_at = None
        item.save(update_fields=["published_at"])
        _make_known(item)
        audit.record(by=by, verb="news.withdrawn", obj=item)


def restore_news(*, item: NewsItem, by: Person) -> None:
    with transaction.atomic():
        item.published_at = clock.now()
        item.save(update_fields=["published_at"])
        _make_known(item)
        audit.record(by=by, verb="news.published", obj=item)


def _make_known(item: NewsItem) -> None:
    if item.published_at is None:
        search.remove(SOURCE, item.pk)
    else:
        search.index(SOURCE, item.pk, [search.Part(0, item.title, f"{item.intro}\n{item.body}")])
    pagecache.bump()
