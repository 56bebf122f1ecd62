"""House rules that a reader should not have to check: they read the code."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
APPS = ("buurtpunt", "network", "sessions", "actionplans", "inspiration")
SOURCES = sorted(
    path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts
)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
TOP_LEVEL = {
    *APPS,
    "templates",
    "static",
    "tests",
    "docs",
    "manage.py",
    "pyproject.toml",
    "README.md",
    "Makefile",
    "requirements.lock",
    "requirements-dev.lock",
    "CHANGELOG.md",
    "LICENSE",
}
# What no file may be called: a drawer for everything.
DRAWERS = {"utils", "helpers", "common", "misc", "manager", "data", "info"}


def relative(path):
    return path.relative_to(ROOT).as_posix()


def tracked_files():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return listed.stdout.split("\n")[:-1]


def calls(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.lineno, ast.unparse(node)


def test_a_test_moves_its_clock_by_its_own_hands_only():
    """tests/moments.py: before the first row is made, and from there only forward."""
    others = {
        relative(path)
        for path in (ROOT / "tests").rglob("*.py")
        if "time_machine" in imported(ast.parse(path.read_text()))
    }
    assert others == {"tests/moments.py", "tests/moved/sitecustomize.py"}


def imported(tree):
    """Names of the modules that a file imports, wherever it does."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def test_only_the_clock_asks_what_time_it_is():
    asked = {
        f"{relative(path)}:{line} {call}"
        for path in SOURCES
        if relative(path) != "network/clock.py"
        for line, call in calls(ast.parse(path.read_text()))
        if re.search(r"(timezone|datetime|date)\.(now|today|utcnow|localdate|localtime)$", call)
    }
    assert asked == set()


@pytest.mark.parametrize("room", ["views", "forms"])
def test_views_and_forms_ask_access_and_never_the_tables(room):
    found = {
        f"{relative(path)}:{line} {call}"
        for path in SOURCES
        if path.stem == room or room in path.parts
        for line, call in calls(ast.parse(path.read_text()))
        if call.endswith((".objects", "._default_manager"))
    }
    assert found == set()


def test_no_file_is_a_drawer_and_none_is_too_long():
    drawers = {relative(path) for path in SOURCES if path.stem in DRAWERS}
    long = {
        relative(path)
        for path in (*SOURCES, *(ROOT / "tests").rglob("*.py"))
        if len(path.read_text().splitlines()) > 400
    }
    assert (drawers, long) == (set(), set())


def test_no_import_hides_in_a_function_without_its_reason():
    hidden = {
        f"{relative(path)}:{node.lineno}"
        for path in SOURCES
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
        # ready() may import what exists only once the apps are loaded
        and function.name not in {"ready", "main"}
    }
    assert hidden == set()


def test_no_signal_receivers_of_our_own():
    found = {
        relative(path)
        for path in SOURCES
        if relative(path) != "buurtpunt/celery.py"  # Celery says only so that a worker stops
        if re.search(r"@receiver|\.connect\(|post_save|pre_save", path.read_text())
    }
    assert found == set()


def test_a_bare_true_or_false_in_a_call_tells_nothing():
    bare = {
        f"{relative(path)}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and any(isinstance(a, ast.Constant) and isinstance(a.value, bool) for a in node.args)
    }
    assert bare == set()


def test_nothing_is_inline_in_a_template():
    inline = {
        relative(path)
        for path in TEMPLATES
        # A mail has its styles in its head and attributes: mail programs know no other way.
        if "emails" not in path.parts
        if re.search(
            r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)|href=\"javascript:",
            path.read_text(),
        )
    }
    assert inline == set()


def test_native_code_that_may_crash_is_left_to_the_confined_child():
    """network/confined.py runs these modules by name; a panic of typst is no Exception."""
    native = {
        "typst": {"network/typesetting.py"},
        "pypdfium2": {"inspiration/slide_drawing.py", "inspiration/slide_text.py"},
    }
    found = {name: set() for name in native}
    importers = set()
    for path in SOURCES:
        tree = ast.parse(path.read_text())
        for name in native.keys() & imported(tree):
            found[name].add(relative(path))
        if re.search(r"import typesetting|network\.typesetting import", path.read_text()):
            importers.add(relative(path))
    assert (found, importers) == (native, set())


def test_every_scheduled_task_exists():
    current_app.loader.import_default_modules()
    names = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    names |= set(settings.CELERY_TASK_ROUTES)
    woken = {
        name
        for path in SOURCES
        for name in re.findall(r"queue\.wake\(\s*\"([^\"]+)\"", path.read_text())
    }
    assert names | woken <= set(current_app.tasks)


def test_the_top_level_holds_what_the_design_names():
    top = {name.split("/")[0] for name in tracked_files()}
    assert {name for name in top if not name.startswith(".")} <= TOP_LEVEL


def test_no_file_names_a_registry_or_a_path_of_one_machine():
    forbidden = re.compile(r"pypi\.org|files\.pythonhosted|registry\.npmjs|/work/|/root/")
    found = {
        name
        for name in tracked_files()
        if name.endswith((".py", ".lock", ".md", ".toml", ".html", ".txt")) or "." not in name
        if name != "tests/test_conventions.py"
        if (ROOT / name).is_file() and forbidden.search((ROOT / name).read_text(errors="replace"))
    }
    assert found == set()
