import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actionplans", "0001_initial"),
        ("network", "0002_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="CommentThread",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("start", models.PositiveIntegerField(default=0)),
                ("end", models.PositiveIntegerField(default=0)),
                ("quote", models.CharField(blank=True, max_length=200, verbose_name="citaat")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "wacht op het dorp"),
                            ("answered", "beantwoord"),
                            ("handled", "verwerkt"),
                            ("declined", "niet verwerkt"),
                            ("praise", "compliment"),
                        ],
                        default="open",
                        max_length=8,
                        verbose_name="stand",
                    ),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "opened_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="verstuurd"),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "reason",
                    models.CharField(blank=True, max_length=500, verbose_name="waarom niet"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comment_threads",
                        to="network.person",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.person",
                    ),
                ),
                (
                    "plan_section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="threads",
                        to="actionplans.plansection",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actionplans.question",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="actionplans.answerrevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "gesprek",
                "verbose_name_plural": "gesprekken",
                "ordering": ["plan_section", "question__position", "start", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end__gte", models.F("start"))),
                        name="thread_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end", 0), ("quote", ""), ("revision", None), ("start", 0)),
                            models.Q(("end__gt", models.F("start")), ("revision__isnull", False)),
                            _connector="OR",
                        ),
                        name="thread_words_have_a_revision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["handled", "declined"]),
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                            ),
                            models.Q(
                                ("closed_at", None),
                                ("closed_by", None),
                                ("state__in", ["open", "answered", "praise"]),
                            ),
                            _connector="OR",
                        ),
                        name="closed_thread_says_who_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "declined"), models.Q(("reason", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("state", "declined"), _negated=True), ("reason", "")
                            ),
                            _connector="OR",
                        ),
                        name="declined_thread_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opened_at__isnull", False),
                            ("state__in", ["open", "praise"]),
                            _connector="OR",
                        ),
                        name="draft_thread_has_no_story",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(max_length=120, verbose_name="rol")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("vraag", "Vraag"),
                            ("tip", "Tip"),
                            ("aandacht", "Aandachtspunt"),
                            ("compliment", "Compliment"),
                        ],
                        max_length=10,
                        verbose_name="soort",
                    ),
                ),
                ("body", models.TextField(max_length=3000, verbose_name="tekst")),
                ("written_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="verstuurd")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="network.person",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="actionplans.commentthread",
                    ),
                ),
            ],
            options={
                "verbose_name": "opmerking",
                "verbose_name_plural": "opmerkingen",
                "ordering": ["thread", "written_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("body", ""), _negated=True),
                        name="comment_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["", "vraag", "tip", "aandacht", "compliment"])
                        ),
                        name="comment_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_at", None),
                            ("sent_at__gte", models.F("written_at")),
                            _connector="OR",
                        ),
                        name="comment_sent_after_it_was_written",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanVisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("visited_at", models.DateTimeField()),
                ("since_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plan_visits",
                        to="network.person",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to="actionplans.actionplan",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "person"), name="one_visit_row_per_reader"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since_at", None),
                            ("since_at__lte", models.F("visited_at")),
                            _connector="OR",
                        ),
                        name="visit_after_the_one_before",
                    ),
                ],
            },
        ),
    ]
