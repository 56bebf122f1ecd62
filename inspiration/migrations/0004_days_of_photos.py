"""A step of its own, so that no photo is locked by the new column while days are worked out."""

from datetime import date
from zoneinfo import ZoneInfo

from django.db import migrations

BELGIUM = ZoneInfo("Europe/Brussels")
FIRST_DAY = date(2002, 1, 1)


def believe_cameras(apps, schema_editor):
    """The day of photos that are there already, where the camera can be believed; as
    inspiration/photo_dates.py did when this was written."""
    photos = apps.get_model("inspiration", "Photo").objects
    changed = []
    rows = photos.filter(file__taken_at__isnull=False, taken_on__isnull=True)
    for photo in rows.select_related("file").order_by("pk").iterator(500):
        moment = photo.file.taken_at.astimezone(BELGIUM)
        is_new_year = (moment.month, moment.day, moment.hour) == (1, 1, 0)
        if moment > photo.file.created_at or moment.date() < FIRST_DAY or is_new_year:
            continue
        photo.taken_on = moment.date()
        changed.append(photo)
    photos.bulk_update(changed, ["taken_on"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("inspiration", "0003_photo_taken_on"),
        ("network", "0001_initial"),
    ]

    operations = [
        # Back: the column goes, and what it was made of is still there.
        migrations.RunPython(believe_cameras, migrations.RunPython.noop),
    ]
