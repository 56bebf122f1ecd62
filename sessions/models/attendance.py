from __future__ import annotations

from django.db import models
from django.db.models import Q

from network import clock
from network.models import Person
from sessions.models.sessions import WorkSession


class Attendance(models.Model):
    """What one person answered to one work session; the last answer counts."""

    class Answer(models.TextChoices):
        YES = "yes", "Ik kom"
        MAYBE = "maybe", "Misschien"
        NO = "no", "Ik kan niet komen"

    session = models.ForeignKey(WorkSession, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="attendances")
    answer = models.CharField("antwoord", max_length=5, choices=Answer.choices)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # The start that was answered to: on another day a yes waits to be confirmed.
    answered_for_at = models.DateTimeField()
    sequence = models.PositiveIntegerField(default=1)
    # Ever said yes or maybe: then a calendar may hold an entry that a no must take out.
    was_coming = models.BooleanField(default=False)

    class Meta:
        ordering = ["session", "person__sort_name", "pk"]
        verbose_name = "antwoord"
        verbose_name_plural = "antwoorden"
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="one_answer_a_person"),
            models.CheckConstraint(
                condition=Q(answer__in=["yes", "maybe", "no"]), name="attendance_answer"
            ),
            models.CheckConstraint(
                condition=Q(sequence__gte=1), name="attendance_sequence_starts_at_one"
            ),
        ]

    @property
    def is_coming(self) -> bool:
        """Yes or perhaps: the session stands in this person's calendar."""
        return self.answer in {self.Answer.YES, self.Answer.MAYBE}

    def is_to_confirm(self, session: WorkSession) -> bool:
        """The session went to another day after this answer."""
        return self.is_coming and clock.local(self.answered_for_at).date() != session.day
