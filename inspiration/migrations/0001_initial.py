import django.db.models.deletion
from django.db import migrations, models

import inspiration.models.photos


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("network", "0002_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("inspiration", "inspiratiedag"),
                            ("study", "studiedag"),
                            ("visit", "plaatsbezoek"),
                        ],
                        default="inspiration",
                        max_length=12,
                        verbose_name="soort",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="titel")),
                ("slug", models.SlugField(max_length=120, unique=True, verbose_name="adres")),
                ("starts_at", models.DateTimeField(verbose_name="begint om")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="eindigt om")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="plaats")),
                (
                    "address",
                    models.CharField(blank=True, max_length=160, verbose_name="straat en gemeente"),
                ),
                ("audience", models.CharField(blank=True, max_length=160, verbose_name="voor wie")),
                (
                    "summary",
                    models.CharField(blank=True, max_length=300, verbose_name="in het kort"),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="network.edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "evenement",
                "verbose_name_plural": "evenementen",
                "ordering": ["-starts_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__isnull", True),
                            ("ends_at__gt", models.F("starts_at")),
                            _connector="OR",
                        ),
                        name="event_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Album",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="titel")),
                ("slug", models.SlugField(max_length=120, verbose_name="adres")),
                ("intro", models.CharField(blank=True, max_length=300, verbose_name="in het kort")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="volgorde")),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="albums",
                        to="inspiration.event",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("event", "slug"), name="album_slug_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Photo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.SlugField(
                        default=inspiration.models.photos.new_public_id, max_length=16, unique=True
                    ),
                ),
                ("alt", models.CharField(blank=True, max_length=250, verbose_name="wat zie je")),
                (
                    "caption",
                    models.CharField(blank=True, max_length=200, verbose_name="bijschrift"),
                ),
                ("credit", models.CharField(blank=True, max_length=120, verbose_name="fotograaf")),
                (
                    "consent",
                    models.CharField(
                        choices=[
                            ("unknown", "nog niet bekeken"),
                            ("not_needed", "sfeerbeeld of groep, niemand in het bijzonder"),
                            ("granted", "iemand herkenbaar, met toestemming"),
                            ("asked", "iemand herkenbaar, toestemming gevraagd"),
                            ("refused", "iemand herkenbaar, liever niet"),
                        ],
                        default="unknown",
                        max_length=10,
                        verbose_name="wie staat erop",
                    ),
                ),
                (
                    "consent_note",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="hoe kregen we toestemming"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "concept"),
                            ("published", "op de site"),
                            ("withdrawn", "weggehaald"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="volgorde")),
                ("widths", models.JSONField(default=list, verbose_name="breedtes van de beelden")),
                (
                    "album",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="inspiration.album",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photo",
                        to="network.storedfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "foto",
                "verbose_name_plural": "foto’s",
                "ordering": ["position", "pk"],
                "indexes": [
                    models.Index(
                        fields=["album", "position"], name="inspiration_album_i_3d22c5_idx"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(
                                models.Q(("alt", ""), _negated=True),
                                models.Q(("credit", ""), _negated=True),
                                ("consent__in", ["not_needed", "granted"]),
                            ),
                            _connector="OR",
                        ),
                        name="photo_past_the_gate",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgrammeItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("welcome", "welkom"),
                            ("talk", "lezing"),
                            ("testimony", "getuigenis"),
                            ("workshop", "workshop"),
                            ("panel", "panelgesprek"),
                            ("break", "pauze"),
                            ("closing", "afsluiting"),
                        ],
                        default="talk",
                        max_length=12,
                        verbose_name="soort",
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="titel")),
                (
                    "description",
                    models.CharField(blank=True, max_length=400, verbose_name="waarover"),
                ),
                ("room", models.CharField(blank=True, max_length=80, verbose_name="zaal")),
                (
                    "starts_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="begint om"),
                ),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="eindigt om")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="volgorde")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="inspiration.event",
                    ),
                ),
            ],
            options={
                "verbose_name": "programmaonderdeel",
                "verbose_name_plural": "programmaonderdelen",
                "ordering": ["position", "starts_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__isnull", True),
                            models.Q(
                                ("ends_at__gt", models.F("starts_at")), ("starts_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="programme_item_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Presentation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="titel")),
                ("slug", models.SlugField(max_length=120, verbose_name="adres")),
                (
                    "summary",
                    models.CharField(blank=True, max_length=300, verbose_name="in het kort"),
                ),
                ("credit", models.CharField(blank=True, max_length=120, verbose_name="van wie")),
                (
                    "licence",
                    models.CharField(
                        choices=[
                            ("reserved", "Alle rechten voorbehouden"),
                            ("by", "CC BY 4.0"),
                            ("by-sa", "CC BY-SA 4.0"),
                            ("by-nc", "CC BY-NC 4.0"),
                        ],
                        default="reserved",
                        max_length=10,
                        verbose_name="gebruik",
                    ),
                ),
                ("permission_at", models.DateTimeField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "concept"),
                            ("published", "op de site"),
                            ("withdrawn", "weggehaald"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("slide_count", models.PositiveSmallIntegerField(default=0, verbose_name="dia’s")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="volgorde")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="presentations",
                        to="inspiration.event",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="presentation",
                        to="network.storedfile",
                    ),
                ),
                (
                    "permission_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.person",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="presentations",
                        to="inspiration.programmeitem",
                        verbose_name="programmaonderdeel",
                    ),
                ),
            ],
            options={
                "verbose_name": "presentatie",
                "verbose_name_plural": "presentaties",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event", "slug"), name="presentation_slug_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("permission_at__isnull", True), ("permission_by__isnull", True)
                            ),
                            models.Q(
                                ("permission_at__isnull", False), ("permission_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="presentation_permission_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(
                                models.Q(("credit", ""), _negated=True),
                                models.Q(("title", ""), _negated=True),
                                ("permission_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="presentation_past_the_gate",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Slide",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="nummer")),
                ("title", models.CharField(blank=True, max_length=160, verbose_name="titel")),
                ("text", models.TextField(blank=True, verbose_name="tekst")),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("widths", models.JSONField(default=list, verbose_name="breedtes van de beelden")),
                (
                    "presentation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="slides",
                        to="inspiration.presentation",
                    ),
                ),
            ],
            options={
                "verbose_name": "dia",
                "verbose_name_plural": "dia’s",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("presentation", "number"), name="slide_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="slide_counts_from_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Speaker",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=120, unique=True, verbose_name="adres")),
                ("bio", models.CharField(blank=True, max_length=500, verbose_name="wie is dat")),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="speaker",
                        to="network.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "spreker",
                "verbose_name_plural": "sprekers",
                "ordering": ["person__sort_name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Appearance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("speaker", "spreker"),
                            ("moderator", "moderator"),
                            ("panel", "panellid"),
                            ("guide", "begeleider"),
                        ],
                        default="speaker",
                        max_length=10,
                        verbose_name="rol",
                    ),
                ),
                (
                    "organisation",
                    models.CharField(blank=True, max_length=120, verbose_name="namens"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appearances",
                        to="inspiration.programmeitem",
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appearances",
                        to="inspiration.speaker",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "speaker"), name="speaker_once_an_item")
                ],
            },
        ),
        migrations.CreateModel(
            name="TakedownRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="waarom")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="je naam")),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="je e-mailadres"),
                ),
                ("requested_at", models.DateTimeField()),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("removed", "blijft weg"), ("restored", "staat terug")],
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.person",
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="takedowns",
                        to="inspiration.photo",
                    ),
                ),
            ],
            options={
                "verbose_name": "verwijderverzoek",
                "verbose_name_plural": "verwijderverzoeken",
                "ordering": ["-requested_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at__isnull", True)),
                        fields=("photo",),
                        name="one_open_takedown",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("decision", ""),
                            ),
                            models.Q(
                                models.Q(("decision", ""), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="takedown_decision_whole",
                    ),
                ],
            },
        ),
    ]
