from __future__ import annotations

from django.db import models
from django.db.models import Q

from network.models import Edition


class ReminderRule(models.Model):
    """When one of the mails around every session of an edition leaves, and to whom."""

    class Key(models.TextChoices):
        SAVE_DATE = "save_date", "Noteer deze datum"
        INVITATION = "invitation", "Uitnodiging"
        NUDGE = "nudge", "Wie antwoordde nog niet?"
        PREPARE = "prepare", "Wat breng je mee?"
        PRACTICAL = "practical", "Tot morgen"
        AFTER = "after", "Bedankt en verder"

    class Moment(models.TextChoices):
        BEFORE = "before", "ervoor"
        AFTER = "after", "erna"

    class Audience(models.TextChoices):
        EVERYONE = "everyone", "iedereen"
        NOT_NO = "not_no", "wie niet zei dat het niet past"
        COMING = "coming", "wie komt of misschien komt"
        SILENT = "silent", "wie nog niet antwoordde"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="reminder_rules")
    key = models.CharField(max_length=12, choices=Key.choices)
    moment = models.CharField(max_length=6, choices=Moment.choices)
    days = models.PositiveSmallIntegerField("dagen")
    at = models.TimeField("uur")
    audience = models.CharField("aan wie", max_length=8, choices=Audience.choices)
    is_on = models.BooleanField("gaat de deur uit", default=True)

    class Meta:
        ordering = ["edition", "pk"]
        verbose_name = "herinnering"
        verbose_name_plural = "herinneringen"
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="reminder_rule_once"),
            models.CheckConstraint(
                condition=Q(days__gte=0, days__lte=120), name="reminder_days_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(at__gte="07:00", at__lt="22:00"), name="reminder_leaves_by_day"
            ),
            models.CheckConstraint(
                condition=Q(moment="after") & Q(key="after") | Q(moment="before") & ~Q(key="after"),
                name="reminder_moment_fits_its_mail",
            ),
            models.CheckConstraint(
                condition=Q(
                    key__in=["save_date", "invitation", "nudge", "prepare", "practical", "after"]
                ),
                name="reminder_rule_key",
            ),
            models.CheckConstraint(
                condition=Q(audience__in=["everyone", "not_no", "coming", "silent"]),
                name="reminder_rule_audience",
            ),
        ]

    def __str__(self) -> str:
        return self.get_key_display()
