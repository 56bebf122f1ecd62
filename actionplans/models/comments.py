"""Talk about a plan: threads that hang on an answer, their comments, and who read it when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from actionplans.models.answers import AnswerRevision
from actionplans.models.plan import ActionPlan, PlanSection
from actionplans.models.template import Question
from network.models import Person


class ThreadQuerySet(models.QuerySet["CommentThread"]):
    def opened(self) -> ThreadQuerySet:
        """What the village sees: at least one comment was sent."""
        return self.filter(opened_at__isnull=False)

    def waiting_for_village(self) -> ThreadQuerySet:
        return self.opened().filter(state=CommentThread.State.OPEN)


class CommentThread(models.Model):
    """One matter. The anchor (revision, start, end) never changes; without a revision the talk
    is about the whole answer. actionplans/anchors.py says where the words stand now."""

    class State(models.TextChoices):
        OPEN = "open", "wacht op het dorp"
        ANSWERED = "answered", "beantwoord"
        HANDLED = "handled", "verwerkt"
        DECLINED = "declined", "niet verwerkt"
        PRAISE = "praise", "compliment"

    plan_section = models.ForeignKey(PlanSection, on_delete=models.CASCADE, related_name="threads")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey(
        AnswerRevision, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    quote = models.CharField("citaat", max_length=200, blank=True)
    state = models.CharField("stand", max_length=8, choices=State.choices, default=State.OPEN)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="comment_threads")
    created_at = models.DateTimeField()
    # Null as long as all its comments are drafts.
    opened_at = models.DateTimeField("verstuurd", null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField("waarom niet", max_length=500, blank=True)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        ordering = ["plan_section", "question__position", "start", "pk"]
        verbose_name = "gesprek"
        verbose_name_plural = "gesprekken"
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gte=F("start")), name="thread_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(revision=None, start=0, end=0, quote="")
                | Q(revision__isnull=False, end__gt=F("start")),
                name="thread_words_have_a_revision",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["handled", "declined"])
                & Q(closed_at__isnull=False, closed_by__isnull=False)
                | Q(state__in=["open", "answered", "praise"], closed_at=None, closed_by=None),
                name="closed_thread_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(state="declined") & ~Q(reason="") | ~Q(state="declined") & Q(reason=""),
                name="declined_thread_says_why",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=False) | Q(state__in=["open", "praise"]),
                name="draft_thread_has_no_story",
            ),
        ]

    @property
    def is_closed(self) -> bool:
        return self.state in (self.State.HANDLED, self.State.DECLINED)


class CommentQuerySet(models.QuerySet["Comment"]):
    def sent(self) -> CommentQuerySet:
        return self.filter(sent_at__isnull=False)


class Comment(models.Model):
    """What one person said. A draft is seen by its writer only."""

    class Kind(models.TextChoices):
        QUESTION = "vraag", "Vraag"
        TIP = "tip", "Tip"
        ATTENTION = "aandacht", "Aandachtspunt"
        PRAISE = "compliment", "Compliment"

    thread = models.ForeignKey(CommentThread, on_delete=models.CASCADE, related_name="comments")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="comments")
    # As it was on that day: a coach who stopped keeps signing as coach.
    role = models.CharField("rol", max_length=120)
    kind = models.CharField("soort", max_length=10, choices=Kind.choices, blank=True)
    body = models.TextField("tekst", max_length=3000)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField("verstuurd", null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["thread", "written_at", "pk"]
        verbose_name = "opmerking"
        verbose_name_plural = "opmerkingen"
        constraints = [
            models.CheckConstraint(condition=~Q(body=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(kind__in=["", "vraag", "tip", "aandacht", "compliment"]),
                name="comment_kind",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(sent_at__gte=F("written_at")),
                name="comment_sent_after_it_was_written",
            ),
        ]

    @property
    def is_draft(self) -> bool:
        return self.sent_at is None


class PlanVisit(models.Model):
    """When somebody last read a plan. `since_at` is when the sitting before that one ended, so
    that opening the page twice does not wipe out what changed; null on the first sitting."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="visits")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="plan_visits")
    visited_at = models.DateTimeField()
    since_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "person"], name="one_visit_row_per_reader"),
            models.CheckConstraint(
                condition=Q(since_at=None) | Q(since_at__lte=F("visited_at")),
                name="visit_after_the_one_before",
            ),
        ]
