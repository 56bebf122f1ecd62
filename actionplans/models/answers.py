"""What a village wrote: one answer per question, with every version it ever had."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from actionplans.models.plan import ActionPlan, PlanSection
from actionplans.models.template import Question
from network.models import Person


class Answer(models.Model):
    """The current text or rows. `revision` is the number that a save must start from; 0 is new."""

    plan_section = models.ForeignKey(PlanSection, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(blank=True)
    rows = models.JSONField(default=list, blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["plan_section", "question__position"]
        verbose_name = "antwoord"
        verbose_name_plural = "antwoorden"
        constraints = [
            models.UniqueConstraint(fields=["plan_section", "question"], name="answer_once"),
            models.CheckConstraint(
                condition=Q(revision=0, saved_at=None, saved_by=None)
                | Q(revision__gt=0, saved_at__isnull=False, saved_by__isnull=False),
                name="saved_answer_says_who_and_when",
            ),
        ]

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.question.own_rows(self.rows)


class AnswerRevision(models.Model):
    """One version of an answer, never changed. A conflict keeps the text that came too late."""

    class Kind(models.TextChoices):
        EDIT = "edit", "geschreven"
        MERGE = "merge", "samengevoegd"
        RESTORE = "restore", "teruggezet"
        CONFLICT = "conflict", "tegelijk geschreven"

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="revisions")
    # A conflict never was the current text, so it has no number.
    number = models.PositiveIntegerField(null=True, blank=True)
    base = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.EDIT)
    text = models.TextField(blank=True)
    rows = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # The browser tab that sent it: a tab that missed our confirmation does not clash with itself.
    client = models.CharField(max_length=40, blank=True)
    # Signs of the version before it that this one took away (actionplans/saving/losing.py).
    lost = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["answer", "at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "number"], name="revision_number_once"),
            models.CheckConstraint(
                condition=Q(kind="conflict", number=None)
                | Q(kind__in=["edit", "merge", "restore"], number__gt=models.F("base")),
                name="revision_number_unless_conflict",
            ),
        ]


class Snapshot(models.Model):
    """How the plan stood at a moment: the number of each answer's revision."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="snapshots")
    name = models.CharField("naam", max_length=80)
    revisions = models.JSONField("nummer per antwoord", default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["plan", "-at", "-pk"]
        verbose_name = "momentopname"
