"""A day worth keeping: what happened when, and who spoke."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from network.models import Edition, Person


def event_is_public(path: str = "") -> Q:
    """Published, in an edition that is public; `path` leads from a row to its event."""
    return Q((f"{path}published_at__isnull", False), (f"{path}edition__is_public", True))


class EventQuerySet(models.QuerySet):
    def published(self) -> EventQuerySet:
        return self.filter(event_is_public())


class Event(models.Model):
    class Kind(models.TextChoices):
        INSPIRATION = "inspiration", "inspiratiedag"
        STUDY = "study", "studiedag"
        VISIT = "visit", "plaatsbezoek"

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField("soort", max_length=12, choices=Kind.choices, default=Kind.INSPIRATION)
    title = models.CharField("titel", max_length=120)
    slug = models.SlugField("adres", max_length=120, unique=True)
    starts_at = models.DateTimeField("begint om")
    ends_at = models.DateTimeField("eindigt om", null=True, blank=True)
    place = models.CharField("plaats", max_length=120, blank=True)
    address = models.CharField("straat en gemeente", max_length=160, blank=True)
    audience = models.CharField("voor wie", max_length=160, blank=True)
    summary = models.CharField("in het kort", max_length=300, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "pk"]
        verbose_name = "evenement"
        verbose_name_plural = "evenementen"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="event_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class ProgrammeItem(models.Model):
    class Kind(models.TextChoices):
        WELCOME = "welcome", "welkom"
        TALK = "talk", "lezing"
        TESTIMONY = "testimony", "getuigenis"
        WORKSHOP = "workshop", "workshop"
        PANEL = "panel", "panelgesprek"
        BREAK = "break", "pauze"
        CLOSING = "closing", "afsluiting"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField("soort", max_length=12, choices=Kind.choices, default=Kind.TALK)
    title = models.CharField("titel", max_length=160)
    description = models.CharField("waarover", max_length=400, blank=True)
    room = models.CharField("zaal", max_length=80, blank=True)
    starts_at = models.DateTimeField("begint om", null=True, blank=True)
    ends_at = models.DateTimeField("eindigt om", null=True, blank=True)
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        ordering = ["position", "starts_at", "pk"]
        verbose_name = "programmaonderdeel"
        verbose_name_plural = "programmaonderdelen"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True)
                | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="programme_item_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Speaker(models.Model):
    """The public page of a person who spoke; found there only once a talk is public."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="speaker")
    slug = models.SlugField("adres", max_length=120, unique=True)
    bio = models.CharField("wie is dat", max_length=500, blank=True)

    class Meta:
        ordering = ["person__sort_name", "pk"]
        verbose_name = "spreker"
        verbose_name_plural = "sprekers"

    def __str__(self) -> str:
        return self.person.name


class Appearance(models.Model):
    """A speaker in a part of the programme, with the organisation as it was that day."""

    class Role(models.TextChoices):
        SPEAKER = "speaker", "spreker"
        MODERATOR = "moderator", "moderator"
        PANEL = "panel", "panellid"
        GUIDE = "guide", "begeleider"

    item = models.ForeignKey(ProgrammeItem, on_delete=models.CASCADE, related_name="appearances")
    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="appearances")
    role = models.CharField("rol", max_length=10, choices=Role.choices, default=Role.SPEAKER)
    organisation = models.CharField("namens", max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "speaker"], name="speaker_once_an_item"),
        ]
