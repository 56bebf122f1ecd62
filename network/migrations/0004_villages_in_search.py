"""Villages of before are found by the one search too."""

from django.db import migrations

from network import search

SOURCE = "village"


def index(apps, schema_editor):
    texts = apps.get_model("network", "SearchText").objects
    for village in apps.get_model("network", "Village").objects.order_by("pk"):
        title = f"{village.name}, {village.municipality}"
        texts.create(
            source=SOURCE,
            object_id=str(village.pk),
            part=0,
            title=title,
            text=village.summary,
            stems=" ".join(search.stems(f"{title} {village.summary}")),
        )


def forget(apps, schema_editor):
    apps.get_model("network", "SearchText").objects.filter(source=SOURCE).delete()


class Migration(migrations.Migration):
    dependencies = [("network", "0003_what_is_never_used")]
    operations = [migrations.RunPython(index, forget)]
