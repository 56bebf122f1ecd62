"""A work session: when and where it is, how far it got, and from where it moved."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from network import clock, formats
from network.models import Edition, Person


def new_uid() -> str:
    """Minted once: the same in every mail, download and feed, whatever the site is called later."""
    return f"werksessie-{uuid.uuid4()}@{settings.MAIL_DOMAIN}"


@dataclass(frozen=True)
class Place:
    """Where a session is; the names of the fields are those of WorkSession."""

    place_name: str
    municipality: str
    street: str = ""
    postcode: str = ""
    directions: str = ""


class WorkSessionQuerySet(models.QuerySet["WorkSession"]):
    def announced(self) -> WorkSessionQuerySet:
        """What people outside the coordination may know of."""
        return self.exclude(status=WorkSession.Status.DRAFT)

    def upcoming(self, now: datetime) -> WorkSessionQuerySet:
        """Published and not over yet, the nearest first."""
        published = self.filter(status=WorkSession.Status.PUBLISHED, ends_at__gt=now)
        return published.order_by("starts_at", "pk")

    def over(self, now: datetime) -> WorkSessionQuerySet:
        """Published, and done by now."""
        return self.filter(status=WorkSession.Status.PUBLISHED, ends_at__lte=now)

    def with_reminders_near(self, since: datetime, until: datetime) -> WorkSessionQuerySet:
        """Sessions that a mail between two moments could belong to."""
        alive = [WorkSession.Status.PUBLISHED, WorkSession.Status.HELD]
        return self.filter(status__in=alive, starts_at__range=(since, until))


class WorkSession(models.Model):
    """One of the four sessions. Never call it "session": that word belongs to sign-in."""

    class Status(models.TextChoices):
        DRAFT = "draft", "in voorbereiding"
        PUBLISHED = "published", "aangekondigd"
        HELD = "held", "voorbij"
        CANCELLED = "cancelled", "afgelast"

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="work_sessions")
    number = models.PositiveSmallIntegerField(
        "welke werksessie", choices=[(n, f"Werksessie {n}") for n in range(1, 5)]
    )
    theme = models.CharField("thema", max_length=120)
    starts_at = models.DateTimeField("begin")
    ends_at = models.DateTimeField("einde")
    # Of some sessions of the past only the day is known; their moments span that day.
    is_day_only = models.BooleanField("uren onbekend", default=False)
    place_name = models.CharField("zaal of gebouw", max_length=120, blank=True)
    street = models.CharField("straat en nummer", max_length=120, blank=True)
    postcode = models.CharField("postcode", max_length=4, blank=True)
    municipality = models.CharField("dorp of gemeente", max_length=80, blank=True)
    directions = models.CharField("hoe kom je er", max_length=300, blank=True)
    prepare = models.TextField("wat breng je mee", max_length=2000, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    uid = models.CharField(max_length=120, unique=True, editable=False, default=new_uid)
    # Rises with every change of time, place or status that people were told: see calendars.py.
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField(null=True, blank=True)
    # When the sweep looks at its mails again if nobody does anything; null is now.
    look_again_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = WorkSessionQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "number", "pk"]
        verbose_name = "werksessie"
        verbose_name_plural = "werksessies"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="work_session_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=4), name="work_session_is_one_of_four"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "published", "held", "cancelled"]),
                name="work_session_status",
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(published_at__isnull=False),
                name="work_session_told_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="published")
                | ~Q(place_name="") & ~Q(municipality="") & Q(is_day_only=False),
                name="work_session_told_says_when_and_where",
            ),
            # A cancelled session makes room for a new one with its number.
            models.UniqueConstraint(
                fields=["edition", "number"],
                condition=~Q(status="cancelled"),
                name="work_session_number_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Werksessie {self.number}: {self.theme}"

    @property
    def address(self) -> str:
        """Muntstraat 1, 3000 Leuven"""
        town = f"{self.postcode} {self.municipality}".strip()
        return ", ".join(part for part in (self.street, town) if part)

    @property
    def place(self) -> str:
        """Cera, Muntstraat 1, 3000 Leuven"""
        return ", ".join(part for part in (self.place_name, self.address) if part)

    @property
    def when(self) -> str:
        """donderdag 21 maart 2019, 13.30–17.00 uur"""
        if self.is_day_only:
            return formats.date_long(self.starts_at)
        return formats.moment_range(self.starts_at, self.ends_at)

    @property
    def when_and_where(self) -> str:
        """donderdag 21 maart 2019, 13.30–17.00 uur, Cera, Muntstraat 1, 3000 Leuven"""
        return ", ".join(part for part in (self.when, self.place) if part)

    @property
    def day(self) -> date:
        """The day in Brussels on which it starts."""
        return clock.local(self.starts_at).date()

    @property
    def last_day(self) -> date:
        return clock.local(self.ends_at).date()

    @property
    def preparations(self) -> list[str]:
        """What to bring, one thing a line."""
        return [line.strip(" -•*\t") for line in self.prepare.splitlines() if line.strip(" -•*\t")]

    @property
    def mail_keys(self) -> str:
        """What the keys of all reminders of this session begin with, whatever its start was."""
        return f"worksession:{self.pk}:"

    @property
    def start_key(self) -> str:
        return self.starts_at.astimezone(UTC).strftime("%Y%m%dT%H%MZ")

    @property
    def mail_key(self) -> str:
        """The same at its present start: a moved session has other keys, hence other mails."""
        return f"{self.mail_keys}{self.start_key}:"

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    @property
    def is_held(self) -> bool:
        return self.status == self.Status.HELD

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

    def takes_answers(self, now: datetime) -> bool:
        return self.is_published and now < self.starts_at


class SessionMove(models.Model):
    """What people knew before a move. A second move before they were told changes nothing here,
    so that one mail goes from what they knew to what holds now."""

    session = models.ForeignKey(WorkSession, on_delete=models.CASCADE, related_name="moves")
    from_starts_at = models.DateTimeField()
    from_ends_at = models.DateTimeField()
    from_place = models.CharField(max_length=400)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    tells_at = models.DateTimeField()

    class Meta:
        ordering = ["moved_at", "pk"]
        verbose_name = "verplaatsing"
        constraints = [
            models.CheckConstraint(
                condition=Q(tells_at__gte=F("moved_at")), name="move_is_told_afterwards"
            ),
        ]

    @property
    def was(self) -> str:
        """When and where, as people knew it."""
        return f"{formats.moment_range(self.from_starts_at, self.from_ends_at)}, {self.from_place}"
