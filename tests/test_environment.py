"""The first thing `make` does, on a bare Python: one clear sentence for what is wrong."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture
def clone(tmp_path):
    """Only what the first step reads, with a .venv that is somebody's own."""
    shutil.copytree(ROOT / ".make", tmp_path / ".make")
    (tmp_path / "requirements.lock").write_text("nonsuch==1.0\n")
    (tmp_path / "requirements-dev.lock").write_text("nonsuch==1.0\n")
    return tmp_path


def run(clone: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["sh", str(clone / ".make" / "environment.sh"), *arguments],
        env={"PATH": os.environ["PATH"], "PYTHON": sys.executable, **environment},
        cwd="/",
        capture_output=True,
        text=True,
    )


def python_that(does: str, folder: Path) -> str:
    path = folder / "python3"
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o755)
    return str(path)


def test_an_environment_of_ones_own_is_left_alone(clone):
    (clone / ".venv").symlink_to(clone)

    assert run(clone, "requirements.lock").returncode == 0


def test_an_environment_that_is_up_to_date_is_not_made_again(clone):
    subprocess.run([sys.executable, "-m", "venv", clone / ".venv"], check=True)
    (clone / "requirements.lock").write_text("")  # nothing to install

    first = run(clone, "requirements.lock")
    again = run(clone, "requirements.lock")

    assert (first.returncode, again.returncode) == (0, 0)
    assert again.stdout == ""


def test_a_busy_port_is_said_before_anything_is_made(clone):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = run(clone, "requirements.lock", str(port))

    assert result.returncode == 1
    assert result.stderr.startswith(f"Port {port} is taken by another program: try make demo PORT=")
    assert not (clone / ".venv").exists()


@pytest.mark.parametrize("port", ["0", "65536", "acht"])
def test_a_port_that_is_none_is_refused(clone, port):
    result = run(clone, "requirements.lock", port)

    assert result.returncode == 1
    assert result.stderr == f"PORT={port} is not a port: give a number from 1 to 65535.\n"


def test_a_python_that_is_too_old_is_refused_in_one_sentence(clone):
    old = python_that("exit 1", clone)

    result = run(clone, "requirements.lock", PYTHON=old)

    assert result.returncode == 1
    assert result.stderr == f"Python 3.11 or newer is needed, and PYTHON={old} is not one.\n"


def test_no_python_at_all_is_said_in_one_sentence(clone):
    result = run(clone, "requirements.lock", PYTHON="", PATH=str(only("sh", "dirname", clone)))

    assert result.returncode == 1
    assert result.stderr.startswith("Python 3.11 or newer is needed: install it")


def only(*names_and_folder) -> Path:
    """A folder with these programs of the system and no other."""
    *names, folder = names_and_folder
    place = folder / "programs"
    place.mkdir()
    for name in names:
        (place / name).symlink_to(shutil.which(name))
    return place


def test_a_python_without_venv_names_the_package(clone):
    (clone / "lacking").mkdir()
    (clone / "lacking" / "ensurepip.py").write_text("raise ImportError('Debian split it off')\n")

    result = run(clone, "requirements.lock", PYTHONPATH=str(clone / "lacking"))

    assert result.returncode == 1
    assert "lacks ensurepip: on Debian or Ubuntu, apt-get install python3-venv" in result.stderr
