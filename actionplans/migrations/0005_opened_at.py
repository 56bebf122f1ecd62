from django.db import migrations, models


def note_openings(apps, schema_editor):
    """Whatever the village once kept to itself counts as opened when its switch last moved."""
    entries = apps.get_model("network", "AuditEntry").objects.filter(
        verb="section.shared", object_kind="actionplans.plansection"
    )
    moved, kept = {}, set()
    for entry in entries.order_by("at", "pk"):
        moved[entry.object_id] = entry.at
        if entry.details.get("visibility") == "team":
            kept.add(entry.object_id)
    for pk in kept:
        sections = apps.get_model("actionplans", "PlanSection").objects.filter(pk=pk)
        sections.update(opened_at=moved[pk])


class Migration(migrations.Migration):
    dependencies = [
        ("actionplans", "0004_priority_label"),
        ("network", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="plansection",
            name="opened_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="weer geopend sinds"),
        ),
        migrations.RunPython(note_openings, migrations.RunPython.noop),
    ]
