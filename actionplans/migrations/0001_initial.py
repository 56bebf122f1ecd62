import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("network", "0002_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlanTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.CharField(max_length=20, unique=True, verbose_name="versie")),
                ("installed_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "sjabloon",
                "verbose_name_plural": "sjablonen",
                "ordering": ["-installed_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("key", models.SlugField(max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("prose", "tekst"),
                            ("short", "korte tekst"),
                            ("number", "getal"),
                            ("choice", "keuze"),
                            ("table", "tabel"),
                            ("actions", "actietabel"),
                        ],
                        max_length=10,
                    ),
                ),
                ("label", models.CharField(max_length=160, verbose_name="vraag")),
                ("help", models.CharField(blank=True, max_length=300, verbose_name="uitleg")),
                ("minutes", models.PositiveSmallIntegerField(default=5, verbose_name="minuten")),
                (
                    "is_required",
                    models.BooleanField(default=False, verbose_name="nodig om klaar te zijn"),
                ),
                (
                    "is_personal",
                    models.BooleanField(default=False, verbose_name="gaat over mensen"),
                ),
                ("max_length", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "words",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="richtgetal woorden"
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=20, verbose_name="eenheid")),
                ("lowest", models.IntegerField(default=0)),
                ("highest", models.IntegerField(blank=True, null=True)),
                (
                    "row_name",
                    models.CharField(default="rij", max_length=40, verbose_name="naam van een rij"),
                ),
                ("options", models.JSONField(blank=True, default=list)),
                ("accepts", models.JSONField(blank=True, default=list)),
                ("columns", models.JSONField(blank=True, default=list)),
                ("rules", models.JSONField(blank=True, default=list)),
                ("starter", models.JSONField(blank=True, default=list)),
            ],
            options={
                "verbose_name": "vraag",
                "verbose_name_plural": "vragen",
                "ordering": ["section", "position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["prose", "short", "number", "choice", "table", "actions"])
                        ),
                        name="question_kind",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "course",
                    models.CharField(
                        choices=[
                            ("running", "loopt"),
                            ("paused", "op pauze"),
                            ("stopped", "gestopt"),
                        ],
                        default="running",
                        max_length=8,
                        verbose_name="verloop",
                    ),
                ),
                (
                    "course_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="waarom"),
                ),
                ("course_at", models.DateTimeField(blank=True, null=True)),
                ("started_at", models.DateTimeField()),
                (
                    "course_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.person",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.person",
                    ),
                ),
                (
                    "village",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plan",
                        to="network.village",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="actionplans.plantemplate",
                    ),
                ),
            ],
            options={
                "verbose_name": "actieplan",
                "verbose_name_plural": "actieplannen",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("course", "running"),
                                ("course_at", None),
                                ("course_by", None),
                                ("course_reason", ""),
                            ),
                            models.Q(
                                ("course__in", ["paused", "stopped"]),
                                ("course_at__isnull", False),
                                ("course_by__isnull", False),
                                models.Q(("course_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="pause_and_stop_say_who_when_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanSection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("team", "alleen wij"),
                            ("coaches", "wij en onze coaches"),
                            ("network", "het hele netwerk"),
                            ("everyone", "iedereen, ook op de site"),
                        ],
                        default="coaches",
                        max_length=8,
                        verbose_name="wie leest mee",
                    ),
                ),
                (
                    "is_deferred",
                    models.BooleanField(default=False, verbose_name="nog niet aan de orde"),
                ),
                (
                    "ready_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="klaar om te lezen sinds"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sections",
                        to="actionplans.actionplan",
                    ),
                ),
                (
                    "ready_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.person",
                    ),
                ),
            ],
            options={
                "ordering": ["plan", "section__number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("visibility__in", ["team", "coaches", "network", "everyone"])
                        ),
                        name="plan_section_visibility",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ready_at", None), ("ready_by", None)),
                            models.Q(("ready_at__isnull", False), ("ready_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="ready_says_who_and_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("rows", models.JSONField(blank=True, default=list)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("saved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "saved_by",
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
                        related_name="answers",
                        to="actionplans.plansection",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="actionplans.question",
                    ),
                ),
            ],
            options={
                "verbose_name": "antwoord",
                "verbose_name_plural": "antwoorden",
                "ordering": ["plan_section", "question__position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan_section", "question"), name="answer_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revision", 0), ("saved_at", None), ("saved_by", None)),
                            models.Q(
                                ("revision__gt", 0),
                                ("saved_at__isnull", False),
                                ("saved_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="saved_answer_says_who_and_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="nummer")),
                ("key", models.SlugField(max_length=40)),
                ("slug", models.SlugField(max_length=40, verbose_name="adres")),
                ("part", models.CharField(max_length=1, verbose_name="deel")),
                ("part_title", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=80, verbose_name="titel")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("core", "kern"),
                            ("deepening", "verdieping"),
                            ("story", "verhaal"),
                        ],
                        max_length=10,
                    ),
                ),
                ("session", models.PositiveSmallIntegerField(verbose_name="werksessie")),
                ("intro", models.TextField()),
                ("guide", models.JSONField(default=list, verbose_name="richtvragen")),
                ("done_when", models.TextField(verbose_name="klaar als")),
                ("next_step", models.CharField(blank=True, max_length=80)),
                ("lenses", models.JSONField(default=list, verbose_name="codes van invalshoeken")),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sections",
                        to="actionplans.plantemplate",
                    ),
                ),
            ],
            options={
                "verbose_name": "onderdeel",
                "verbose_name_plural": "onderdelen",
                "ordering": ["template", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("template", "number"), name="section_number_once"
                    ),
                    models.UniqueConstraint(fields=("template", "slug"), name="section_slug_once"),
                    models.CheckConstraint(
                        condition=models.Q(("session__gte", 1), ("session__lte", 4)),
                        name="section_feeds_a_session",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["core", "deepening", "story"])),
                        name="section_kind",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="question",
            name="section",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="questions",
                to="actionplans.section",
            ),
        ),
        migrations.AddField(
            model_name="plansection",
            name="section",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="actionplans.section",
            ),
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="nummer")),
                ("title", models.CharField(max_length=200, verbose_name="wat")),
                (
                    "helpers",
                    models.CharField(blank=True, max_length=200, verbose_name="wie werkt mee"),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="begint op")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="tegen wanneer")),
                (
                    "cost",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=10,
                        null=True,
                        verbose_name="kost in euro",
                    ),
                ),
                (
                    "paid_by",
                    models.CharField(blank=True, max_length=120, verbose_name="betaald door"),
                ),
                (
                    "priority",
                    models.CharField(
                        choices=[("now", "nu"), ("soon", "straks"), ("later", "later")],
                        default="now",
                        max_length=5,
                        verbose_name="wanneer",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("todo", "te doen"),
                            ("busy", "bezig"),
                            ("waiting", "wacht op iets"),
                            ("done", "klaar"),
                            ("dropped", "geschrapt"),
                        ],
                        default="todo",
                        max_length=7,
                        verbose_name="stand",
                    ),
                ),
                (
                    "waits_for",
                    models.CharField(blank=True, max_length=200, verbose_name="wacht op"),
                ),
                ("lens", models.CharField(blank=True, max_length=40, verbose_name="invalshoek")),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="notitie")),
                ("revision", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField()),
                (
                    "done_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="klaar sinds"),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.person",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="network.person",
                        verbose_name="wie",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.person",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="actions",
                        to="actionplans.actionplan",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="actionplans.section",
                        verbose_name="onderdeel",
                    ),
                ),
            ],
            options={
                "verbose_name": "actie",
                "verbose_name_plural": "acties",
                "ordering": ["plan", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "number"), name="action_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["todo", "busy", "waiting", "done", "dropped"])
                        ),
                        name="action_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("priority__in", ["now", "soon", "later"])),
                        name="action_priority",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("done_at__isnull", False),
                                ("done_by__isnull", False),
                                ("state", "done"),
                            ),
                            models.Q(
                                models.Q(("state", "done"), _negated=True),
                                ("done_at", None),
                                ("done_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="done_action_says_who_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cost", None), ("cost__gte", 0), _connector="OR"),
                        name="action_cost_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("due_on", None),
                            ("due_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="action_due_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="naam")),
                ("revisions", models.JSONField(default=dict, verbose_name="nummer per antwoord")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.person",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="snapshots",
                        to="actionplans.actionplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "momentopname",
                "ordering": ["plan", "-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ActionRevision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(blank=True, null=True)),
                ("fields", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="actionplans.action",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.person",
                    ),
                ),
            ],
            options={
                "ordering": ["action", "at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("action", "number"), name="action_revision_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AnswerRevision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(blank=True, null=True)),
                ("base", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("edit", "geschreven"),
                            ("merge", "samengevoegd"),
                            ("restore", "teruggezet"),
                            ("conflict", "tegelijk geschreven"),
                        ],
                        default="edit",
                        max_length=8,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("rows", models.JSONField(blank=True, default=list)),
                ("at", models.DateTimeField()),
                ("client", models.CharField(blank=True, max_length=40)),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="actionplans.answer",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.person",
                    ),
                ),
            ],
            options={
                "ordering": ["answer", "at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("answer", "number"), name="revision_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "conflict"), ("number", None)),
                            models.Q(
                                ("kind__in", ["edit", "merge", "restore"]),
                                ("number__gt", models.F("base")),
                            ),
                            _connector="OR",
                        ),
                        name="revision_number_unless_conflict",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(fields=("section", "key"), name="question_key_once"),
        ),
        migrations.AddConstraint(
            model_name="plansection",
            constraint=models.UniqueConstraint(
                fields=("plan", "section"), name="plan_section_once"
            ),
        ),
    ]
