"""The plan of one village, and who may read each of its sections."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from actionplans.models.template import PlanTemplate, Section
from network.models import Person, Village


class ActionPlan(models.Model):
    """One per village. Its status follows from its sections; only pausing and stopping are said."""

    class Course(models.TextChoices):
        RUNNING = "running", "loopt"
        PAUSED = "paused", "op pauze"
        STOPPED = "stopped", "gestopt"

    village = models.OneToOneField(Village, on_delete=models.CASCADE, related_name="plan")
    template = models.ForeignKey(PlanTemplate, on_delete=models.PROTECT, related_name="plans")
    course = models.CharField(
        "verloop", max_length=8, choices=Course.choices, default=Course.RUNNING
    )
    course_reason = models.CharField("waarom", max_length=300, blank=True)
    course_at = models.DateTimeField(null=True, blank=True)
    course_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = "actieplan"
        verbose_name_plural = "actieplannen"
        constraints = [
            models.CheckConstraint(
                condition=Q(course="running", course_at=None, course_by=None, course_reason="")
                | Q(course__in=["paused", "stopped"], course_at__isnull=False)
                & Q(course_by__isnull=False)
                & ~Q(course_reason=""),
                name="pause_and_stop_say_who_when_why",
            ),
        ]

    @property
    def is_running(self) -> bool:
        return self.course == self.Course.RUNNING


class PlanSection(models.Model):
    """One section of one plan with its two switches."""

    class Visibility(models.TextChoices):
        TEAM = "team", "alleen wij"
        COACHES = "coaches", "wij en onze coaches"
        NETWORK = "network", "het hele netwerk"
        EVERYONE = "everyone", "iedereen, ook op de site"

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="sections")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")
    visibility = models.CharField(
        "wie leest mee", max_length=8, choices=Visibility.choices, default=Visibility.COACHES
    )
    # Versions that were replaced before this moment stay with the village; null: never closed.
    opened_at = models.DateTimeField("weer geopend sinds", null=True, blank=True)
    is_deferred = models.BooleanField("nog niet aan de orde", default=False)
    ready_at = models.DateTimeField("klaar om te lezen sinds", null=True, blank=True)
    ready_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["plan", "section__number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "section"], name="plan_section_once"),
            models.CheckConstraint(
                condition=Q(visibility__in=["team", "coaches", "network", "everyone"]),
                name="plan_section_visibility",
            ),
            models.CheckConstraint(
                condition=Q(ready_at=None, ready_by=None)
                | Q(ready_at__isnull=False, ready_by__isnull=False),
                name="ready_says_who_and_when",
            ),
        ]

    @property
    def is_ready(self) -> bool:
        return self.ready_at is not None
