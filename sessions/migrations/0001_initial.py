import django.db.models.deletion
from django.db import migrations, models

import sessions.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("network", "0002_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="WorkSession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Werksessie 1"),
                            (2, "Werksessie 2"),
                            (3, "Werksessie 3"),
                            (4, "Werksessie 4"),
                        ],
                        verbose_name="welke werksessie",
                    ),
                ),
                ("theme", models.CharField(max_length=120, verbose_name="thema")),
                ("starts_at", models.DateTimeField(verbose_name="begin")),
                ("ends_at", models.DateTimeField(verbose_name="einde")),
                ("place_name", models.CharField(max_length=120, verbose_name="zaal of gebouw")),
                (
                    "street",
                    models.CharField(blank=True, max_length=120, verbose_name="straat en nummer"),
                ),
                ("postcode", models.CharField(blank=True, max_length=4, verbose_name="postcode")),
                ("municipality", models.CharField(max_length=80, verbose_name="dorp of gemeente")),
                (
                    "directions",
                    models.CharField(blank=True, max_length=300, verbose_name="hoe kom je er"),
                ),
                (
                    "prepare",
                    models.TextField(blank=True, max_length=2000, verbose_name="wat breng je mee"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "in voorbereiding"),
                            ("published", "aangekondigd"),
                            ("held", "voorbij"),
                            ("cancelled", "afgelast"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "uid",
                    models.CharField(
                        default=sessions.models.new_uid, editable=False, max_length=120, unique=True
                    ),
                ),
                ("sequence", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("moved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_sessions",
                        to="network.edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "werksessie",
                "verbose_name_plural": "werksessies",
                "ordering": ["edition", "number", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="work_session_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("number__lte", 4)),
                        name="work_session_is_one_of_four",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "published", "held", "cancelled"])
                        ),
                        name="work_session_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "draft"), ("published_at__isnull", False), _connector="OR"
                        ),
                        name="work_session_told_has_moment",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "cancelled"), _negated=True),
                        fields=("edition", "number"),
                        name="work_session_number_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SessionMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_starts_at", models.DateTimeField()),
                ("from_ends_at", models.DateTimeField()),
                ("from_place", models.CharField(max_length=400)),
                ("moved_at", models.DateTimeField()),
                ("tells_at", models.DateTimeField()),
                (
                    "moved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.person",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="worksessions.worksession",
                    ),
                ),
            ],
            options={
                "verbose_name": "verplaatsing",
                "ordering": ["moved_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("tells_at__gte", models.F("moved_at"))),
                        name="move_is_told_afterwards",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("yes", "Ik kom"),
                            ("maybe", "Misschien"),
                            ("no", "Ik kan niet komen"),
                        ],
                        max_length=5,
                        verbose_name="antwoord",
                    ),
                ),
                ("answered_at", models.DateTimeField()),
                ("answered_for_at", models.DateTimeField()),
                ("sequence", models.PositiveIntegerField(default=1)),
                ("was_coming", models.BooleanField(default=False)),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendances",
                        to="network.person",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendances",
                        to="worksessions.worksession",
                    ),
                ),
            ],
            options={
                "verbose_name": "antwoord",
                "verbose_name_plural": "antwoorden",
                "ordering": ["session", "person__sort_name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("session", "person"), name="one_answer_a_person"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["yes", "maybe", "no"])),
                        name="attendance_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sequence__gte", 1)),
                        name="attendance_sequence_starts_at_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReminderRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        choices=[
                            ("save_date", "Noteer deze datum"),
                            ("invitation", "Uitnodiging"),
                            ("nudge", "Wie antwoordde nog niet?"),
                            ("prepare", "Wat breng je mee?"),
                            ("practical", "Tot morgen"),
                            ("after", "Bedankt en verder"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "moment",
                    models.CharField(
                        choices=[("before", "ervoor"), ("after", "erna")], max_length=6
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(verbose_name="dagen")),
                ("at", models.TimeField(verbose_name="uur")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("everyone", "iedereen"),
                            ("not_no", "wie niet zei dat het niet past"),
                            ("coming", "wie komt of misschien komt"),
                            ("silent", "wie nog niet antwoordde"),
                        ],
                        max_length=8,
                        verbose_name="aan wie",
                    ),
                ),
                ("is_on", models.BooleanField(default=True, verbose_name="gaat de deur uit")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminder_rules",
                        to="network.edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "herinnering",
                "verbose_name_plural": "herinneringen",
                "ordering": ["edition", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "key"), name="reminder_rule_once"),
                    models.CheckConstraint(
                        condition=models.Q(("days__gte", 0), ("days__lte", 120)),
                        name="reminder_days_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("at__gte", "07:00"), ("at__lt", "22:00")),
                        name="reminder_leaves_by_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("moment", "after"), ("key", "after")),
                            models.Q(
                                ("moment", "before"), models.Q(("key", "after"), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="reminder_moment_fits_its_mail",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "key__in",
                                [
                                    "save_date",
                                    "invitation",
                                    "nudge",
                                    "prepare",
                                    "practical",
                                    "after",
                                ],
                            )
                        ),
                        name="reminder_rule_key",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("audience__in", ["everyone", "not_no", "coming", "silent"])
                        ),
                        name="reminder_rule_audience",
                    ),
                ],
            },
        ),
    ]
