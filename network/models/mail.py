"""The mail ledger: one row per mail, one row per matter that waits to be told."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from network.models.people import Person


class OutgoingMail(models.Model):
    """One mail to one person. It holds ids, never rendered text."""

    class State(models.TextChoices):
        QUEUED = "queued", "klaar om te vertrekken"
        CLAIMED = "claimed", "vertrekt"
        SENT = "sent", "verstuurd"
        RETRY = "retry", "mislukt, we proberen opnieuw"
        FAILED = "failed", "mislukt"
        UNKNOWN = "unknown", "onzeker of hij aankwam"
        SKIPPED = "skipped", "overgeslagen"

    class Step(models.TextChoices):
        """How far the worker is with a mail it claimed: what is known when it dies."""

        WAITING = "", "nog niet begonnen"
        MAKING = "making", "wordt gemaakt"
        HANDING_OVER = "handing", "wordt overgedragen"

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    category = models.CharField(max_length=10)
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="mails"
    )
    # Only where there is no person yet, or the sign-in asks for this very address.
    address = models.EmailField(blank=True)
    refs = models.JSONField(default=dict)
    # A sign-in code on its way; emptied the moment the mail leaves or is given up.
    secret = models.JSONField(default=dict)
    not_before = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    reason = models.CharField(max_length=300, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    step = models.CharField(
        max_length=8, choices=Step.choices, blank=True, default="", db_default=""
    )
    # How often it was handed over without an answer: it may have arrived each time.
    doubts = models.PositiveSmallIntegerField(default=0, db_default=0)
    # What the mail server said when it refused the address, without anything about the person.
    answer = models.CharField(max_length=120, blank=True, default="", db_default="")
    sent_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    message_id = models.UUIDField(default=uuid.uuid4, unique=True)
    resend_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="resends"
    )

    class Meta:
        ordering = ["not_before", "pk"]
        verbose_name = "mail"
        indexes = [models.Index(fields=["state", "not_before"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(address=""), name="mail_goes_to_somebody"
            ),
        ]


class Notice(models.Model):
    """One matter for one person, waiting to be folded into at most one mail a day."""

    class State(models.TextChoices):
        WAITING = "waiting", "wacht"
        FOLDED = "folded", "zit in een mail"
        SKIPPED = "skipped", "overgeslagen"

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    category = models.CharField(max_length=10)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    refs = models.JSONField(default=dict)
    not_before = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    mail = models.ForeignKey(
        OutgoingMail, on_delete=models.SET_NULL, null=True, blank=True, related_name="notices"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["not_before", "pk"]
        verbose_name = "seintje"
        verbose_name_plural = "seintjes"
        indexes = [models.Index(fields=["state", "not_before"])]
