"""Reads the migrations since the release before: its code must keep running while they are in.

A column goes one release after its last use, and a new one has a value for rows that the code
before writes without knowing it. test_code.py proves it by running that code.
"""

import pytest
from django.db import connection, models
from django.db.migrations import operations as migrations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState
from django.db.models.functions import Lower

from tests.upgrade.test_rows import BEFORE, OURS

TAKES_AWAY = (
    migrations.RemoveField,
    migrations.RenameField,
    migrations.DeleteModel,
    migrations.RenameModel,
    migrations.AlterModelTable,
)
TOGETHER = (migrations.AlterUniqueTogether,)
# "app.name of a constraint" and why the code before cannot break it although it is on its columns.
CANNOT_BE_BROKEN: dict[str, str] = {}


def models_before() -> ProjectState:
    return MigrationLoader(connection).project_state(BEFORE)


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


def breaks_the_code_before(app: str, operation, state, before, known=CANNOT_BE_BROKEN) -> str:
    """Why a process of the release before would stumble over it, or why nobody can go back to
    that release; empty when neither is so. `state` is just before the operation, `before` is
    that release."""
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        reasons = (
            breaks_the_code_before(app, part, state, before, known)
            for part in operation.database_operations
        )
        return next(filter(None, reasons), "")
    if not operation.reversible:
        return "cannot be taken back"
    if isinstance(operation, TAKES_AWAY):
        return "takes away what the code before reads"
    if isinstance(operation, migrations.AddField):
        return why_not_add(operation.name, operation.field)
    if isinstance(operation, migrations.AlterField):
        old = state.models[app, operation.model_name_lower].fields.get(operation.name)
        return why_not_alter(operation.name, old, operation.field) if old is not None else ""
    return why_not_constrain(app, operation, state, before, known)


def why_not_add(name: str, field: models.Field) -> str:
    if not fills_itself(field):
        return f"{name}: the code before inserts rows without it"
    if field.unique and not field.null:
        return f"{name}: the code before gives two rows the same value"
    return ""


def why_not_alter(name: str, old: models.Field, new: models.Field) -> str:
    if old.null and not new.null:
        return f"{name}: the code before may leave it empty"
    if new.unique and not old.unique:
        return f"{name}: the code before may write a value twice"
    for limit in ("max_length", "max_digits"):
        least, most = getattr(new, limit, None), getattr(old, limit, None)
        if least is not None and (most is None or least < most):
            return f"{name}: the code before may write a longer value"
    return ""


def why_not_constrain(app: str, operation, state, before, known) -> str:
    """A new rule for a table of the release before, unless it is about columns which that
    release does not know and leaves empty."""
    if isinstance(operation, migrations.AddConstraint):
        name, model = operation.constraint.name, operation.model_name_lower
        columns = columns_of(operation.constraint)
    elif isinstance(operation, TOGETHER) and operation.option_value:
        name, model = "unique_together", operation.name_lower
        columns = {column for group in operation.option_value for column in group}
    else:
        return ""
    table = before.models.get((app, model))
    if table is None or f"{app}.{name}" in known:
        return ""
    now = state.models[app, model].fields
    if columns and all(one not in table.fields and now[one].null for one in columns):
        return ""
    return f"{name}: the code before does not know this rule"


def columns_of(constraint: models.BaseConstraint) -> set[str]:
    """Those it is about; none where we do not see them, or where it does not let NULL pass."""
    rule = getattr(constraint, "condition", None)
    if getattr(constraint, "expressions", ()) or "isnull" in str(rule):
        return set()
    if getattr(constraint, "nulls_distinct", None) is False:
        return set()
    return {*getattr(constraint, "fields", ()), *(rule.referenced_base_fields if rule else ())}


def fills_itself(field: models.Field) -> bool:
    return field.null or field.many_to_many or field.db_default is not models.NOT_PROVIDED


@pytest.mark.django_db
def test_every_migration_leaves_the_code_before_running():
    before = models_before()
    found = [
        f"{name}: {why}"
        for name, operation, state in operations_since_before()
        if (why := breaks_the_code_before(name.split(".")[0], operation, state, before))
    ]
    assert found == []


@pytest.mark.django_db
def test_there_are_migrations_to_read():
    assert sum(1 for _ in operations_since_before()) > 0


def project(**more: models.Field) -> ProjectState:
    """A model of two columns, and a table without rules that is newer than `before`."""
    state = ProjectState()
    known = {"x": models.IntegerField(null=True), "kind": models.CharField(max_length=20)}
    state.add_model(ModelState("network", "Job", [*known.items(), *more.items()]))
    if more:
        state.add_model(ModelState("network", "Newer", [("x", models.IntegerField())]))
    return state


def unique(*fields: str, name: str = "rule", **more) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=fields, name=name, **more)


def check(**condition) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(**condition), name="rule")


Add, Alter, Rule = migrations.AddField, migrations.AlterField, migrations.AddConstraint
Sql, Python = migrations.RunSQL, migrations.RunPython


@pytest.mark.parametrize(
    ("operation", "is_fine"),
    [
        (Add("job", "y", models.IntegerField(null=True)), True),
        (Add("job", "y", models.IntegerField(db_default=0)), True),
        (Add("job", "y", models.IntegerField(default=0)), False),
        (Add("job", "y", models.IntegerField(null=True, unique=True)), True),
        (Add("job", "y", models.IntegerField(db_default=0, unique=True)), False),
        (migrations.RemoveField("job", "kind"), False),
        (migrations.RenameField("job", "kind", "sort"), False),
        (migrations.DeleteModel("Job"), False),
        (Alter("job", "x", models.IntegerField()), False),
        (Alter("job", "x", models.IntegerField(null=True)), True),
        (Alter("job", "x", models.IntegerField(null=True, unique=True)), False),
        (Alter("job", "kind", models.CharField(max_length=20, blank=True)), True),
        (Alter("job", "kind", models.CharField(max_length=30)), True),
        (Alter("job", "kind", models.TextField()), True),
        (Alter("job", "kind", models.CharField(max_length=19)), False),
        (Alter("job", "text", models.CharField(max_length=200)), False),
        (Rule("job", unique("kind")), False),
        (Rule("job", unique("kind", "new")), False),
        (Rule("job", unique("new", condition=models.Q(kind="a"))), False),
        (Rule("job", models.UniqueConstraint(Lower("new"), name="rule")), False),
        (Rule("job", unique("filled")), False),
        (Rule("job", unique("new", nulls_distinct=False)), False),
        (Rule("job", check(new__isnull=False)), False),
        (Rule("job", check(x__gt=0)), False),
        (Rule("job", check(new__gt=models.F("x"))), False),
        (Rule("job", unique("new")), True),
        (Rule("job", check(new__gt=0)), True),
        (Rule("newer", check(x__gt=0)), True),
        (Rule("job", unique("kind", name="listed")), True),
        (migrations.AlterUniqueTogether("job", {("kind", "x")}), False),
        (migrations.AlterUniqueTogether("job", set()), True),
        (migrations.AddIndex("job", models.Index(fields=["kind"], name="index")), True),
        (Sql("SELECT 1"), False),
        (Sql("SELECT 1", Sql.noop), True),
        (Python(Python.noop), False),
        (Python(Python.noop, Python.noop), True),
        (migrations.SeparateDatabaseAndState([Sql("SELECT 1")]), False),
        (migrations.SeparateDatabaseAndState([migrations.RemoveField("job", "x")]), False),
        (migrations.SeparateDatabaseAndState([], [migrations.RemoveField("job", "x")]), True),
    ],
)
def test_what_counts_as_breaking(operation, is_fine):
    state = project(
        new=models.IntegerField(null=True),
        filled=models.IntegerField(db_default=0),
        text=models.TextField(null=False),
    )
    listed = {"network.listed": "the code before writes each kind once"}
    why = breaks_the_code_before("network", operation, state, project(), listed)
    assert (why == "") is is_fine


@pytest.mark.django_db
def test_what_is_listed_is_there():
    """A reason for a rule that is gone would excuse the next one of that name."""
    added = {
        f"{name.split('.')[0]}.{operation.constraint.name}"
        for name, operation, _ in operations_since_before()
        if isinstance(operation, migrations.AddConstraint)
    }
    assert set(CANNOT_BE_BROKEN) <= added
