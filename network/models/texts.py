from __future__ import annotations

from django.db import models


class SearchText(models.Model):
    """The searchable words of one part of one object (network/search.py)."""

    source = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    part = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    stems = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "object_id", "part"], name="search_text_once"
            ),
        ]


class NewsItem(models.Model):
    title = models.CharField("titel", max_length=140)
    slug = models.SlugField("adres", max_length=140, unique=True)
    intro = models.CharField("in het kort", max_length=300)
    body = models.TextField("tekst", blank=True)
    published_at = models.DateTimeField("verschenen op", null=True, blank=True)

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = "nieuwsbericht"
        verbose_name_plural = "nieuwsberichten"

    def __str__(self) -> str:
        return self.title
