from __future__ import annotations

import uuid

from django.db import models

from network.models.files import StoredFile
from network.models.people import Person


class Job(models.Model):
    """Long work for one person, seen by that person only; kept seven days."""

    class State(models.TextChoices):
        WAITING = "waiting", "wacht op zijn beurt"
        RUNNING = "running", "bezig"
        DONE = "done", "klaar"
        FAILED = "failed", "niet gelukt"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="jobs")
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField("gedane stappen", default=0)
    total = models.PositiveIntegerField("stappen in totaal", default=0)
    message = models.CharField(max_length=300, blank=True)
    result = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="jobs"
    )
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)  # claims: says whose claim it is
    failures = models.PositiveSmallIntegerField(default=0, db_default=0)
    retry_at = models.DateTimeField(null=True, blank=True)
    # Who asks for what, while the job is open: the same job asked twice is one row.
    key = models.CharField(max_length=64, null=True, blank=True, unique=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "pk"]
        verbose_name = "taak"
        verbose_name_plural = "taken"
