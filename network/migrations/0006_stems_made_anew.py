"""Threads shared one stemmer until release 1.0.0, and some of the words it stored are wrong: the
stems of every row are made anew from its title and text.

In small steps without one large transaction, because the site goes on while this runs: a row
that changed since it was read is left alone, and starting again is harmless.
"""

from django.db import migrations

from network import search

ROWS_AT_ONCE = 200


def make_anew(apps, schema_editor):
    texts = apps.get_model("network", "SearchText").objects.order_by("pk")
    last = 0
    while batch := list(texts.filter(pk__gt=last)[:ROWS_AT_ONCE]):
        for row in batch:
            stems = search.indexed(row.title, row.text)
            if stems != row.stems:
                same = texts.filter(pk=row.pk, title=row.title, text=row.text)
                same.update(stems=stems)
        last = batch[-1].pk


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("network", "0005_files_and_jobs_go_back")]
    operations = [
        # Nothing to undo: right stems are as good for the release before.
        migrations.RunPython(make_anew, migrations.RunPython.noop),
    ]
