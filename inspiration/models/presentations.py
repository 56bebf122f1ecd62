"""Presentations: the file that people take home, and its slides as pictures and text."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from inspiration.models.events import Event, ProgrammeItem, event_is_public
from network.models import Person, StoredFile

NARROW = 640  # pixels


class PresentationQuerySet(models.QuerySet):
    def published(self) -> PresentationQuerySet:
        """Past the gate, on an event that is public itself."""
        return self.filter(event_is_public("event__"), state=Presentation.State.PUBLISHED)


class Presentation(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", "concept"
        PUBLISHED = "published", "op de site"
        WITHDRAWN = "withdrawn", "weggehaald"

    class Licence(models.TextChoices):
        RESERVED = "reserved", "Alle rechten voorbehouden"
        BY = "by", "CC BY 4.0"
        BY_SA = "by-sa", "CC BY-SA 4.0"
        BY_NC = "by-nc", "CC BY-NC 4.0"

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="presentations")
    item = models.ForeignKey(
        ProgrammeItem,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="presentations",
        verbose_name="programmaonderdeel",
    )
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="presentation")
    title = models.CharField("titel", max_length=160)
    slug = models.SlugField("adres", max_length=120)
    summary = models.CharField("in het kort", max_length=300, blank=True)
    credit = models.CharField("van wie", max_length=120, blank=True)
    licence = models.CharField(
        "gebruik", max_length=10, choices=Licence.choices, default=Licence.RESERVED
    )
    # The maker said that we may show it: when we wrote that down, and who did.
    permission_at = models.DateTimeField(null=True, blank=True)
    permission_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    slide_count = models.PositiveSmallIntegerField("dia’s", default=0)
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    objects = PresentationQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "presentatie"
        verbose_name_plural = "presentaties"
        constraints = [
            models.UniqueConstraint(fields=["event", "slug"], name="presentation_slug_once"),
            models.CheckConstraint(
                condition=Q(permission_at__isnull=True, permission_by__isnull=True)
                | Q(permission_at__isnull=False, permission_by__isnull=False),
                name="presentation_permission_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | (~Q(credit="") & ~Q(title="") & Q(permission_at__isnull=False)),
                name="presentation_past_the_gate",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def missing(self) -> list[str]:
        """What is still to be done before it may be published, in Dutch."""
        wanted = {
            "een verwerkt bestand": self.file.state == StoredFile.State.READY
            and bool(self.file.path),
            "van wie ze is": bool(self.credit),
            "de toestemming van de maker": self.permission_at is not None,
        }
        return [name for name, done in wanted.items() if not done]


class SlideQuerySet(models.QuerySet):
    def narrow(self) -> SlideQuerySet:
        """Those that may lack the smaller widths: a picture is drawn no wider than its page."""
        return self.filter(width__lt=NARROW)


class Slide(models.Model):
    presentation = models.ForeignKey(Presentation, on_delete=models.CASCADE, related_name="slides")
    number = models.PositiveSmallIntegerField("nummer")
    title = models.CharField("titel", max_length=160, blank=True)
    text = models.TextField("tekst", blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    widths = models.JSONField("breedtes van de beelden", default=list)
    # False: the page could not be drawn, and its picture is a grey sheet that says so.
    is_drawn = models.BooleanField("getekend", default=True, db_default=True)

    objects = SlideQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = "dia"
        verbose_name_plural = "dia’s"
        constraints = [
            models.UniqueConstraint(fields=["presentation", "number"], name="slide_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="slide_counts_from_one"),
        ]

    @property
    def alt(self) -> str:
        """What its picture shows, in Dutch."""
        if not self.is_drawn:
            return f"Dia {self.number}: deze bladzijde konden we niet tekenen"
        return f"Dia {self.number}: {self.title}" if self.title else f"Dia {self.number}"
