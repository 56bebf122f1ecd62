"""The code of the release before on the schema of this one, and its demo folder in our hands.

"Stop nothing, run migrate": for some minutes its processes go on over our tables. Its own tests
of saving, mail, files and jobs run here on a database that our migrations made.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.buurtpunt.test_demo_command import PREPARED, Demo
from tests.upgrade import PREVIOUS

ROOT = Path(settings.BASE_DIR)
ITS_TESTS = [
    "tests/actionplans/test_answers.py",
    "tests/actionplans/test_actions.py",
    "tests/actionplans/test_threads.py",
    "tests/network/test_delivery.py",
    "tests/network/test_files.py",
    "tests/network/test_jobs.py",
    "tests/network/test_joining.py",
    "tests/worksessions/test_sweep.py",
    "tests/worksessions/test_public.py",
    "tests/inspiration/test_gate.py",
]
# Its tests make their database themselves; ours is there already, and is kept.
SETTINGS = """
from tests.settings import *
from tests.settings import DATABASES

DATABASES["default"].setdefault("TEST", {{}})["NAME"] = {name!r}
"""
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """The code of the release before, out of this clone's history."""
    folder = tmp_path_factory.mktemp("before")
    archive = ["git", "archive", "--format=tar", PREVIOUS]
    found = subprocess.run(archive, cwd=ROOT, capture_output=True)
    assert found.returncode == 0, f"This clone lacks {PREVIOUS}: {found.stderr.decode()}"
    subprocess.run(["tar", "-x", "-C", folder], input=found.stdout, check=True)
    return folder


@pytest.fixture
def schema(tmp_path):
    """An empty database with our tables, as (name, DATABASE_URL to it)."""
    if connection.vendor == "sqlite":
        name = str(tmp_path / "ours.sqlite3")
        yield name, f"sqlite:///{name}"
        return
    name = f"ours_{os.getpid()}"
    given = connection.settings_dict
    host = str(given["HOST"]).replace("/", "%2F")
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield name, f"postgres://{given['USER']}@{host}/{name}"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def run(*words: str | Path, where: Path, **changes: str) -> subprocess.CompletedProcess:
    kept = {name: value for name, value in os.environ.items() if name not in OURS_ALONE}
    done = subprocess.run(
        [sys.executable, *words], cwd=where, env=kept | changes, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]
    return done


# What would lead its processes to this run instead of to its own folder.
OURS_ALONE = {"PYTEST_XDIST_WORKER", "PYTEST_ADDOPTS", "DJANGO_SETTINGS_MODULE", "TODAY"}
OURS_ALONE |= {"DATABASE_URL", "REDIS_URL", "BUURTPUNT_TEST_SERVICES"}
OURS_ALONE |= {"PYTHONPATH", "BUURTPUNT_CLOCK_AHEAD", "PYTEST_CURRENT_TEST", "CI"}


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_the_code_before_works_on_the_new_schema(before, schema, tmp_path):
    name, url = schema
    var = str(tmp_path / "var")
    run("manage.py", "migrate", "-v", "0", where=ROOT, DATABASE_URL=url, BUURTPUNT_VAR=var)
    (before / "kept_settings.py").write_text(SETTINGS.format(name=name))
    mode = "sqlite" if connection.vendor == "sqlite" else "1"
    told = run(
        *("-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider"),
        *("--ds", "kept_settings", "--reuse-db", *ITS_TESTS),
        where=before,
        BUURTPUNT_TEST_SERVICES=mode,
        **({} if mode == "sqlite" else {"DATABASE_URL": url}),
    )
    assert " passed" in told.stdout and "failed" not in told.stdout


def test_a_demo_folder_of_before_still_starts(before, tmp_path):
    var = tmp_path / "demo"
    var.mkdir()
    for words in (["migrate", "-v", "0"], ["shell", "-c", PREPARED]):
        run("manage.py", *words, where=before, BUURTPUNT_VAR=str(var), BUURTPUNT_DEMO="1")
    demo = Demo(var, tmp_path / "demo.log").wait_until_ready()
    assert "Making villages" not in demo.printed
    assert demo.press_ctrl_c() == 0
