"""Albums of an event, their photos, and the requests to take one down."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q

from inspiration.models.events import Event, event_is_public
from network.models import Person, StoredFile


def new_public_id() -> str:
    return secrets.token_hex(6)


def album_is_public(path: str = "") -> Q:
    """Published, of an event that is public; `path` leads from a row to its album."""
    return Q((f"{path}published_at__isnull", False)) & event_is_public(f"{path}event__")


class AlbumQuerySet(models.QuerySet):
    def published(self) -> AlbumQuerySet:
        return self.filter(album_is_public())


class Album(models.Model):
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="albums")
    title = models.CharField("titel", max_length=120)
    slug = models.SlugField("adres", max_length=120)
    intro = models.CharField("in het kort", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("volgorde", default=0)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = AlbumQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "slug"], name="album_slug_once"),
        ]

    def __str__(self) -> str:
        return self.title


class PhotoQuerySet(models.QuerySet):
    def published(self) -> PhotoQuerySet:
        """Past the gate, in an album and on an event that are public themselves."""
        return self.filter(album_is_public("album__"), state=Photo.State.PUBLISHED)


class Photo(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", "concept"
        PUBLISHED = "published", "op de site"
        WITHDRAWN = "withdrawn", "weggehaald"

    class Consent(models.TextChoices):
        """Who is on it, and may we: a crowd shot needs no consent, an aimed one does."""

        UNKNOWN = "unknown", "nog niet bekeken"
        NOT_NEEDED = "not_needed", "sfeerbeeld of groep, niemand in het bijzonder"
        GRANTED = "granted", "iemand herkenbaar, met toestemming"
        ASKED = "asked", "iemand herkenbaar, toestemming gevraagd"
        REFUSED = "refused", "iemand herkenbaar, liever niet"

    # From what may be published to what certainly may not: who saves an old page only goes down.
    STRICTNESS = (
        {Consent.NOT_NEEDED, Consent.GRANTED},
        {Consent.UNKNOWN},
        {Consent.ASKED},
        {Consent.REFUSED},
    )

    CONSENT = "toestemming"  # what `missing` says when somebody on it has not agreed

    album = models.ForeignKey(Album, on_delete=models.PROTECT, related_name="photos")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="photo")
    public_id = models.SlugField(max_length=16, unique=True, default=new_public_id)
    alt = models.CharField("wat zie je", max_length=250, blank=True)
    caption = models.CharField("bijschrift", max_length=200, blank=True)
    credit = models.CharField("fotograaf", max_length=120, blank=True)
    consent = models.CharField(
        "wie staat erop", max_length=10, choices=Consent.choices, default=Consent.UNKNOWN
    )
    consent_note = models.CharField("hoe kregen we toestemming", max_length=160, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    position = models.PositiveIntegerField("volgorde", default=0)
    # As the coordinator says, or as the camera did where it can be believed (photo_dates.py).
    taken_on = models.DateField("genomen op", null=True, blank=True)
    widths = models.JSONField("breedtes van de beelden", default=list)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "foto"
        verbose_name_plural = "foto’s"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published")
                | (~Q(alt="") & ~Q(credit="") & Q(consent__in=["not_needed", "granted"])),
                name="photo_past_the_gate",
            ),
        ]
        indexes = [models.Index(fields=["album", "position"])]

    def __str__(self) -> str:
        return self.caption or self.alt or self.file.name

    @property
    def is_strip(self) -> bool:
        """So much taller than wide that it is read by scrolling, not seen in one window."""
        return bool(self.file.width) and (self.file.height or 0) > 3 * (self.file.width or 0)

    @staticmethod
    def same_words(one: object, other: object) -> bool:
        """Whatever a browser made of the ends of lines; a day is as a form sends it."""
        first, second = ("" if each is None else str(each) for each in (one, other))
        return first.split() == second.split()

    def is_tightened_by(self, consent: str) -> bool:
        """Whether this answer to "wie staat erop" allows less than the one that stands."""
        rank = {value: place for place, same in enumerate(self.STRICTNESS) for value in same}
        return rank[self.Consent(consent)] > rank[self.Consent(self.consent)]

    @property
    def missing(self) -> list[str]:
        """What the gate still asks before this photo may be published, in Dutch."""
        allowed = (self.Consent.NOT_NEEDED, self.Consent.GRANTED)
        wanted = {
            "een verwerkt bestand": self.file.state == StoredFile.State.READY
            and bool(self.file.path),
            "wat je ziet": bool(self.alt),
            "de fotograaf": bool(self.credit),
            "wie erop staat": self.consent != self.Consent.UNKNOWN,
            self.CONSENT: self.consent in (*allowed, self.Consent.UNKNOWN),
        }
        return [name for name, done in wanted.items() if not done]


class TakedownRequest(models.Model):
    """Somebody asked to remove a photo: it is hidden at once, the coordinator decides."""

    class Decision(models.TextChoices):
        REMOVED = "removed", "blijft weg"
        RESTORED = "restored", "staat terug"

    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="takedowns")
    reason = models.TextField("waarom", blank=True)
    name = models.CharField("je naam", max_length=120, blank=True)
    email = models.EmailField("je e-mailadres", blank=True)
    requested_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-requested_at", "-pk"]
        verbose_name = "verwijderverzoek"
        verbose_name_plural = "verwijderverzoeken"
        constraints = [
            models.UniqueConstraint(
                fields=["photo"], condition=Q(decided_at__isnull=True), name="one_open_takedown"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="takedown_decision_whole",
            ),
        ]
