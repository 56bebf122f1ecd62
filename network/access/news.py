"""News: what everyone reads, and what a coordinator keeps."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from network import clock
from network.access.editions import coordinated_editions
from network.models import NewsItem


def published_news() -> QuerySet[NewsItem]:
    return NewsItem.objects.filter(published_at__lte=clock.now())


def news_to_keep_or_404(user: Any) -> QuerySet[NewsItem]:
    """Every message, for whoever coordinates an edition today: news is of the whole network."""
    if not coordinated_editions(user).exists():
        raise Http404
    return NewsItem.objects.all()


def news_item_to_keep_or_404(user: Any, slug: str) -> NewsItem:
    return get_object_or_404(news_to_keep_or_404(user), slug=slug)
