"""Reads the migrations since the release before: its code must keep running while they are in.

A column goes one release after its last use, and a new one has a value for rows that the code
before writes without knowing it. test_code.py proves it by running that code.
"""

from types import SimpleNamespace

import pytest
from django.db import connection, models
from django.db.migrations import operations as migrations
from django.db.migrations.loader import MigrationLoader

from tests.upgrade.test_rows import BEFORE, OURS

TAKES_AWAY = (
    migrations.RemoveField,
    migrations.RenameField,
    migrations.DeleteModel,
    migrations.RenameModel,
    migrations.AlterModelTable,
)


def operations_since_before():
    """(name of the migration, operation, the models as they are just before it)."""
    loader = MigrationLoader(connection)
    done = {node for leaf in BEFORE for node in loader.graph.forwards_plan(leaf)}
    state = loader.project_state(BEFORE)
    for key in dict.fromkeys(
        node for leaf in loader.graph.leaf_nodes() for node in loader.graph.forwards_plan(leaf)
    ):
        if key[0] in OURS and key not in done:
            for operation in loader.graph.nodes[key].operations:
                yield ".".join(key), operation, state
                operation.state_forwards(key[0], state)


def breaks_the_code_before(app: str, operation, state) -> str:
    """Why a process of the release before would stumble over it; empty when it would not."""
    if isinstance(operation, TAKES_AWAY):
        return "takes away what the code before reads"
    if isinstance(operation, migrations.AddField) and not fills_itself(operation.field):
        return f"{operation.name}: the code before inserts rows without it"
    if isinstance(operation, migrations.AlterField) and not operation.field.null:
        old = state.models[app, operation.model_name_lower].fields.get(operation.name)
        if old is not None and old.null:
            return f"{operation.name}: the code before may leave it empty"
    return ""


def fills_itself(field: models.Field) -> bool:
    return field.null or field.many_to_many or field.db_default is not models.NOT_PROVIDED


@pytest.mark.django_db
def test_every_migration_leaves_the_code_before_running():
    found = [
        f"{name}: {why}"
        for name, operation, state in operations_since_before()
        if (why := breaks_the_code_before(name.split(".")[0], operation, state))
    ]
    assert found == []


@pytest.mark.django_db
def test_there_are_migrations_to_read():
    assert sum(1 for _ in operations_since_before()) > 0


@pytest.mark.parametrize(
    ("operation", "is_fine"),
    [
        (migrations.AddField("job", "x", models.IntegerField(null=True)), True),
        (migrations.AddField("job", "x", models.IntegerField(db_default=0)), True),
        (migrations.AddField("job", "x", models.IntegerField(default=0)), False),
        (migrations.RemoveField("job", "kind"), False),
        (migrations.RenameField("job", "kind", "sort"), False),
        (migrations.DeleteModel("Job"), False),
        (migrations.AlterField("job", "x", models.IntegerField()), False),
        (migrations.AlterField("job", "x", models.IntegerField(null=True)), True),
    ],
)
def test_what_counts_as_breaking(operation, is_fine):
    fields = {"x": models.IntegerField(null=True)}
    state = SimpleNamespace(models={("network", "job"): SimpleNamespace(fields=fields)})
    assert (breaks_the_code_before("network", operation, state) == "") is is_fine
