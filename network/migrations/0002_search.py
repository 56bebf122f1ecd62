"""Full-text search over SearchText.stems: a GIN index on PostgreSQL, FTS5 on SQLite."""

from django.db import migrations

POSTGRESQL = (
    "CREATE INDEX network_searchtext_words ON network_searchtext "
    "USING gin (to_tsvector('simple', stems))",
)
POSTGRESQL_BACK = ("DROP INDEX network_searchtext_words",)

# The virtual table holds no text of its own; triggers keep it in step within each transaction.
SQLITE = (
    "CREATE VIRTUAL TABLE network_searchtext_fts USING fts5("
    "stems, content='network_searchtext', content_rowid='id', tokenize='unicode61')",
    "CREATE TRIGGER network_searchtext_added AFTER INSERT ON network_searchtext BEGIN "
    "INSERT INTO network_searchtext_fts(rowid, stems) VALUES (new.id, new.stems); END",
    "CREATE TRIGGER network_searchtext_removed AFTER DELETE ON network_searchtext BEGIN "
    "INSERT INTO network_searchtext_fts(network_searchtext_fts, rowid, stems) "
    "VALUES ('delete', old.id, old.stems); END",
    "CREATE TRIGGER network_searchtext_changed AFTER UPDATE ON network_searchtext BEGIN "
    "INSERT INTO network_searchtext_fts(network_searchtext_fts, rowid, stems) "
    "VALUES ('delete', old.id, old.stems); "
    "INSERT INTO network_searchtext_fts(rowid, stems) VALUES (new.id, new.stems); END",
)
SQLITE_BACK = (
    "DROP TRIGGER network_searchtext_changed",
    "DROP TRIGGER network_searchtext_removed",
    "DROP TRIGGER network_searchtext_added",
    "DROP TABLE network_searchtext_fts",
)


def run(statements_by_vendor):
    def forwards(apps, schema_editor):
        for statement in statements_by_vendor[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return forwards


class Migration(migrations.Migration):
    dependencies = [("network", "0001_initial")]
    operations = [
        migrations.RunPython(
            run({"postgresql": POSTGRESQL, "sqlite": SQLITE}),
            run({"postgresql": POSTGRESQL_BACK, "sqlite": SQLITE_BACK}),
        )
    ]
