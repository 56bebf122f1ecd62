import uuid

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import network.clock
import network.models.files
import network.models.joining


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Buurtpunt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                (
                    "municipality",
                    models.CharField(blank=True, max_length=80, verbose_name="gemeente"),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("dream", "droom"),
                            ("building", "in opbouw"),
                            ("open", "open"),
                            ("paused", "op pauze"),
                            ("stopped", "gestopt"),
                        ],
                        default="dream",
                        max_length=10,
                        verbose_name="stand",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="CacheVersion",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("version", models.PositiveBigIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("beat_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Lens",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="naam")),
                ("slug", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="volgorde")),
            ],
            options={
                "verbose_name": "invalshoek",
                "verbose_name_plural": "invalshoeken",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="NewsItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=140, verbose_name="titel")),
                ("slug", models.SlugField(max_length=140, unique=True, verbose_name="adres")),
                ("intro", models.CharField(max_length=300, verbose_name="in het kort")),
                ("body", models.TextField(blank=True, verbose_name="tekst")),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="verschenen op"),
                ),
            ],
            options={
                "verbose_name": "nieuwsbericht",
                "verbose_name_plural": "nieuwsberichten",
                "ordering": ["-published_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="naam")),
                ("website", models.URLField(blank=True, verbose_name="website")),
            ],
            options={
                "verbose_name": "organisatie",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                ("sort_name", models.CharField(editable=False, max_length=120)),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mailadres"),
                ),
                (
                    "phone",
                    models.CharField(blank=True, max_length=40, verbose_name="telefoonnummer"),
                ),
                (
                    "photo_preference",
                    models.CharField(
                        choices=[
                            ("fine", "op de foto is prima"),
                            ("rather_not", "liever niet herkenbaar"),
                            ("no", "niet op de foto"),
                        ],
                        default="fine",
                        max_length=12,
                        verbose_name="foto’s",
                    ),
                ),
                (
                    "muted",
                    models.JSONField(blank=True, default=list, verbose_name="mails die uit staan"),
                ),
                ("bounced_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=network.clock.now)),
            ],
            options={
                "verbose_name": "persoon",
                "verbose_name_plural": "personen",
                "ordering": ["sort_name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ClockOffset",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seconds", models.BigIntegerField(default=0, verbose_name="seconden vooruit")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("seconds__gte", 0)), name="clock_only_forward"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="naam")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="adres")),
                ("is_current", models.BooleanField(default=False, verbose_name="loopt nu")),
                ("is_public", models.BooleanField(default=True, verbose_name="staat op de site")),
                ("starts_on", models.DateField(verbose_name="eerste dag")),
                (
                    "closed_on",
                    models.DateField(blank=True, null=True, verbose_name="afgesloten op"),
                ),
            ],
            options={
                "verbose_name": "editie",
                "ordering": ["-starts_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("is_current",),
                        name="one_current_edition",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EditionPartner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "contribution",
                    models.CharField(blank=True, max_length=200, verbose_name="wat ze doen"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partners",
                        to="network.edition",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="network.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "organisation"), name="partner_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="OutgoingMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=200, unique=True)),
                ("kind", models.CharField(max_length=60)),
                ("category", models.CharField(max_length=10)),
                ("address", models.EmailField(blank=True, max_length=254)),
                ("refs", models.JSONField(default=dict)),
                ("secret", models.JSONField(default=dict)),
                ("not_before", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "klaar om te vertrekken"),
                            ("claimed", "vertrekt"),
                            ("sent", "verstuurd"),
                            ("retry", "mislukt, we proberen opnieuw"),
                            ("failed", "mislukt"),
                            ("unknown", "onzeker of hij aankwam"),
                            ("skipped", "overgeslagen"),
                            ("held", "vastgehouden"),
                        ],
                        default="queued",
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("attempt", models.PositiveSmallIntegerField(default=0)),
                ("claimed_by", models.CharField(blank=True, max_length=80)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                ("message_id", models.UUIDField(default=uuid.uuid4, unique=True)),
                (
                    "resend_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="resends",
                        to="network.outgoingmail",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mails",
                        to="network.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "mail",
                "ordering": ["not_before", "pk"],
                "indexes": [
                    models.Index(
                        fields=["state", "not_before"], name="network_out_state_ec7e06_idx"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", False),
                            models.Q(("address", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="mail_goes_to_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PartnerContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(blank=True, null=True)),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="network.editionpartner",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partner_contacts",
                        to="network.person",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="partner_contact_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=200, unique=True)),
                ("kind", models.CharField(max_length=60)),
                ("category", models.CharField(max_length=10)),
                ("refs", models.JSONField(default=dict)),
                ("not_before", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "wacht"),
                            ("folded", "zit in een mail"),
                            ("skipped", "overgeslagen"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField()),
                (
                    "mail",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notices",
                        to="network.outgoingmail",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="network.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "seintje",
                "verbose_name_plural": "seintjes",
                "ordering": ["not_before", "pk"],
                "indexes": [
                    models.Index(
                        fields=["state", "not_before"], name="network_not_state_53f770_idx"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CoordinatorAssignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_on", models.DateField(verbose_name="vanaf")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="tot en met")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coordinator_assignments",
                        to="network.edition",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coordinator_assignments",
                        to="network.person",
                    ),
                ),
            ],
            options={
                "ordering": ["from_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="coordinator_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CoachProfile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.CharField(blank=True, max_length=120, verbose_name="organisatie"),
                ),
                (
                    "lenses",
                    models.ManyToManyField(blank=True, related_name="coaches", to="network.lens"),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coach_profile",
                        to="network.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "coachprofiel",
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("verb", models.CharField(max_length=60)),
                ("object_kind", models.CharField(max_length=60)),
                ("object_id", models.CharField(max_length=40)),
                ("details", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="network.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(
                        fields=["object_kind", "object_id"], name="network_aud_object__20cadb_idx"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "email",
                    models.EmailField(max_length=254, unique=True, verbose_name="e-mailadres"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="actief")),
                ("is_staff", models.BooleanField(default=False, verbose_name="mag in het beheer")),
                ("date_joined", models.DateTimeField(default=network.clock.now)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="user",
                        to="network.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "account",
                "verbose_name_plural": "accounts",
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        name="user_email_once_whatever_the_case",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=40)),
                ("object_id", models.CharField(max_length=40)),
                ("part", models.PositiveIntegerField(default=0)),
                ("title", models.CharField(max_length=300)),
                ("text", models.TextField(blank=True)),
                ("stems", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "object_id", "part"), name="search_text_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("purpose", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=200, verbose_name="naam")),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField(verbose_name="grootte in bytes")),
                ("sha256", models.CharField(max_length=64)),
                ("path", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "wacht"),
                            ("checking", "controle"),
                            ("ready", "verwerkt"),
                            ("refused", "geweigerd"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.CharField(blank=True, max_length=300, verbose_name="waarom geweigerd"),
                ),
                (
                    "exposure",
                    models.CharField(
                        choices=[
                            ("private", "niet op de site"),
                            ("public", "op de site"),
                            ("withdrawn", "weggehaald"),
                        ],
                        default="private",
                        max_length=10,
                    ),
                ),
                (
                    "public_name",
                    models.CharField(
                        default=network.models.files.opaque_name, max_length=24, unique=True
                    ),
                ),
                (
                    "width",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="breedte in pixels"
                    ),
                ),
                (
                    "height",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="hoogte in pixels"
                    ),
                ),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                ("refs", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
                ("claimed_until", models.DateTimeField(blank=True, null=True)),
                ("attempt", models.PositiveSmallIntegerField(default=0)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="files",
                        to="network.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "bestand",
                "verbose_name_plural": "bestanden",
                "ordering": ["-created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Rendition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("page", models.PositiveSmallIntegerField(default=0)),
                ("width", models.PositiveIntegerField(verbose_name="breedte in pixels")),
                ("height", models.PositiveIntegerField(verbose_name="hoogte in pixels")),
                ("format", models.CharField(max_length=4)),
                ("path", models.CharField(max_length=200)),
                ("size", models.PositiveIntegerField(verbose_name="grootte in bytes")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="renditions",
                        to="network.storedfile",
                    ),
                ),
            ],
            options={
                "ordering": ["page", "width", "format"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("file", "page", "width", "format"), name="rendition_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("params", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "wacht op zijn beurt"),
                            ("running", "bezig"),
                            ("done", "klaar"),
                            ("failed", "niet gelukt"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0, verbose_name="gedane stappen")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="stappen in totaal")),
                ("message", models.CharField(blank=True, max_length=300)),
                ("claimed_until", models.DateTimeField(blank=True, null=True)),
                ("attempt", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="jobs",
                        to="network.person",
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="jobs",
                        to="network.storedfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "taak",
                "verbose_name_plural": "taken",
                "ordering": ["-created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Village",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="dorp")),
                ("slug", models.SlugField(max_length=80, verbose_name="adres")),
                ("municipality", models.CharField(max_length=80, verbose_name="gemeente")),
                ("postcode", models.CharField(blank=True, max_length=4, verbose_name="postcode")),
                ("is_public", models.BooleanField(default=True, verbose_name="staat op de site")),
                (
                    "summary",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="in één zin, voor de site"
                    ),
                ),
                ("stopped_on", models.DateField(blank=True, null=True, verbose_name="gestopt op")),
                ("created_at", models.DateTimeField()),
                (
                    "buurtpunt",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="villages",
                        to="network.buurtpunt",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="villages",
                        to="network.edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "dorp",
                "verbose_name_plural": "dorpen",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "slug"), name="village_slug_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("postcode", ""),
                            ("postcode__regex", "^[1-9][0-9]{3}$"),
                            _connector="OR",
                        ),
                        name="village_postcode_is_belgian",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
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
                            ("lead", "trekker"),
                            ("editor", "meewerker"),
                            ("reader", "meelezer"),
                        ],
                        max_length=8,
                        verbose_name="rol",
                    ),
                ),
                ("from_on", models.DateField(verbose_name="vanaf")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="tot en met")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="network.person",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="network.village",
                    ),
                ),
            ],
            options={
                "verbose_name": "lidmaatschap",
                "verbose_name_plural": "lidmaatschappen",
                "ordering": ["village", "role", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="membership_ends_after_start",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until_on__isnull", True)),
                        fields=("person", "village"),
                        name="one_open_membership",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["lead", "editor", "reader"])),
                        name="membership_role",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
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
                            ("member", "meeschrijven aan een plan"),
                            ("coach", "coachen"),
                            ("coordinator", "coördineren"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("lead", "trekker"),
                            ("editor", "meewerker"),
                            ("reader", "meelezer"),
                        ],
                        max_length=8,
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mailadres")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "verstuurd"),
                            ("accepted", "aanvaard"),
                            ("declined", "niet voor mij"),
                            ("revoked", "ingetrokken"),
                        ],
                        default="sent",
                        max_length=10,
                    ),
                ),
                (
                    "nonce",
                    models.CharField(default=network.models.joining.new_nonce, max_length=24),
                ),
                ("sent_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="network.edition",
                    ),
                ),
                (
                    "lens",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="network.lens",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations_sent",
                        to="network.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="network.person",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="network.village",
                    ),
                ),
            ],
            options={
                "verbose_name": "uitnodiging",
                "verbose_name_plural": "uitnodigingen",
                "ordering": ["-sent_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "member"),
                                ("village__isnull", False),
                                models.Q(("role", ""), _negated=True),
                            ),
                            models.Q(("kind", "member"), _negated=True),
                            _connector="OR",
                        ),
                        name="member_invitation_names_village_and_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("sent_at"))),
                        name="invitation_expires_later",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CoachAssignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_on", models.DateField(verbose_name="vanaf")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="tot en met")),
                (
                    "lens",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="network.lens",
                        verbose_name="invalshoek",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coach_assignments",
                        to="network.person",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coach_assignments",
                        to="network.village",
                    ),
                ),
            ],
            options={
                "verbose_name": "toewijzing van een coach",
                "verbose_name_plural": "toewijzingen van coaches",
                "ordering": ["village", "lens", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="coach_ends_after_start",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until_on__isnull", True)),
                        fields=("person", "village", "lens"),
                        name="one_open_coach_assignment",
                    ),
                ],
            },
        ),
    ]
