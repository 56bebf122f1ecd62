"""Rows that keep the house itself: clock of the demo, heartbeat, cache version, audit."""

from __future__ import annotations

from django.db import models

from network import clock
from network.models.people import Person


class ClockOffset(models.Model):
    """How far the demo's clock runs ahead; one row (id 1) that all processes read."""

    seconds = models.BigIntegerField("seconden vooruit", default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(seconds__gte=0), name="clock_only_forward"),
        ]


class Heartbeat(models.Model):
    """When a recurring task last ran, in real time; /healthz reads it."""

    name = models.CharField(max_length=40, primary_key=True)
    beat_at = models.DateTimeField()


class DueChange(models.Model):
    """Somebody did something that may change which mails are due: the next tick looks again, and
    drops this row. A row each, so that nobody waits for a lock and what commits late is not
    missed."""

    made_at = models.DateTimeField(default=clock.real_now)


class CacheVersion(models.Model):
    """The version in the keys of cached public pages; publishing raises it."""

    name = models.CharField(max_length=40, primary_key=True)
    version = models.PositiveBigIntegerField(default=1)


class AuditEntry(models.Model):
    """Who did what to which object, and when."""

    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    details = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["object_kind", "object_id"])]
