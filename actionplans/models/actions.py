"""The action table: who does what by when. A table of its own, saved like an answer."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from actionplans.models.plan import ActionPlan
from actionplans.models.template import Section
from network.models import Person


class Action(models.Model):
    class State(models.TextChoices):
        TODO = "todo", "te doen"
        BUSY = "busy", "bezig"
        WAITING = "waiting", "wacht op iets"
        DONE = "done", "klaar"
        DROPPED = "dropped", "geschrapt"

    class Priority(models.TextChoices):
        NOW = "now", "nu"
        SOON = "soon", "straks"
        LATER = "later", "later"

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="actions")
    number = models.PositiveIntegerField("nummer")
    title = models.CharField("wat", max_length=200)
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, blank=True, verbose_name="onderdeel"
    )
    owner = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name="wie",
    )
    helpers = models.CharField("wie werkt mee", max_length=200, blank=True)
    starts_on = models.DateField("begint op", null=True, blank=True)
    due_on = models.DateField("tegen wanneer", null=True, blank=True)
    cost = models.DecimalField(
        "kost in euro", max_digits=10, decimal_places=2, null=True, blank=True
    )
    paid_by = models.CharField("betaald door", max_length=120, blank=True)
    priority = models.CharField(
        "hoe dringend", max_length=5, choices=Priority.choices, default=Priority.NOW
    )
    state = models.CharField("stand", max_length=7, choices=State.choices, default=State.TODO)
    waits_for = models.CharField("wacht op", max_length=200, blank=True)
    note = models.TextField("notitie", blank=True, max_length=2000)
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField("klaar sinds", null=True, blank=True)
    done_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["plan", "number"]
        verbose_name = "actie"
        verbose_name_plural = "acties"
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="action_number_once"),
            models.CheckConstraint(
                condition=Q(state__in=["todo", "busy", "waiting", "done", "dropped"]),
                name="action_state",
            ),
            models.CheckConstraint(
                condition=Q(priority__in=["now", "soon", "later"]), name="action_priority"
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False, done_by__isnull=False)
                | ~Q(state="done") & Q(done_at=None, done_by=None),
                name="done_action_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(cost=None) | Q(cost__gte=0), name="action_cost_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(due_on=None) | Q(due_on__gte=F("starts_on")),
                name="action_due_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state not in (self.State.DONE, self.State.DROPPED)

    def is_overdue(self, today: date) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < today


class ActionRevision(models.Model):
    """One version of an action, never changed; a conflict (no number) came too late."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(null=True, blank=True)
    fields = models.JSONField(default=dict)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["action", "at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["action", "number"], name="action_revision_once"),
        ]
