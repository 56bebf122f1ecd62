"""Files: private originals, and the pictures made from them."""

from __future__ import annotations

import secrets
import uuid

from django.db import models

from network.models.people import Person


def opaque_name() -> str:
    return secrets.token_urlsafe(12)


class StoredFile(models.Model):
    """One uploaded or made file. The original stays private."""

    class State(models.TextChoices):
        WAITING = "waiting", "wacht"
        CHECKING = "checking", "controle"
        READY = "ready", "verwerkt"
        REFUSED = "refused", "geweigerd"  # the decoder's own verdict: the original is gone
        FAILED = "failed", "mislukt"  # not the file's fault: the original stays

    class Exposure(models.TextChoices):
        PRIVATE = "private", "niet op de site"
        PUBLIC = "public", "op de site"
        WITHDRAWN = "withdrawn", "weggehaald"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=40)
    name = models.CharField("naam", max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField("grootte in bytes")
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.CharField("waarom geweigerd", max_length=300, blank=True)
    exposure = models.CharField(max_length=10, choices=Exposure.choices, default=Exposure.PRIVATE)
    public_name = models.CharField(max_length=24, unique=True, default=opaque_name)
    width = models.PositiveIntegerField("breedte in pixels", null=True, blank=True)
    height = models.PositiveIntegerField("hoogte in pixels", null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    refs = models.JSONField(default=dict)
    by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="files"
    )
    created_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)  # claims: says whose claim it is
    failures = models.PositiveSmallIntegerField(default=0, db_default=0)  # our trouble, not kills
    retry_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField("gedane stappen", default=0, db_default=0)
    total = models.PositiveIntegerField("stappen in totaal", default=0, db_default=0)

    class Meta:
        ordering = ["-created_at", "pk"]
        verbose_name = "bestand"
        verbose_name_plural = "bestanden"

    def __str__(self) -> str:
        return self.name


class Rendition(models.Model):
    """One picture made from a file, free of metadata: what visitors get."""

    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="renditions")
    page = models.PositiveSmallIntegerField(default=0)  # the slide's number; 0 for a photo
    width = models.PositiveIntegerField("breedte in pixels")
    height = models.PositiveIntegerField("hoogte in pixels")
    format = models.CharField(max_length=4)  # "avif" or "jpg"
    path = models.CharField(max_length=200)
    size = models.PositiveIntegerField("grootte in bytes")

    class Meta:
        ordering = ["page", "width", "format"]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "page", "width", "format"], name="rendition_once"
            ),
        ]


class FileRemoval(models.Model):
    """A path in a storage that must go: written in the transaction that decides it, deleted when
    the storage confirmed it."""

    class Place(models.TextChoices):
        PRIVATE = "private", "originelen"
        PUBLIC = "public", "beelden"

    place = models.CharField(max_length=7, choices=Place.choices)
    path = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    retry_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["retry_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["place", "path"], name="file_removal_once"),
        ]


class FilePatrol(models.Model):
    """How far the daily comparison of rows and storages is; one row per part of it."""

    name = models.CharField(max_length=20, primary_key=True)
    cursor = models.CharField(max_length=200, blank=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    missing = models.PositiveIntegerField(default=0)  # rows whose file is gone
