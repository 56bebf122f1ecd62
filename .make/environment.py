"""Makes .venv and installs a lock into it, once per version of that lock.

Runs on a bare Python, before anything is installed. With a port it first says
whether that port is free, so that nobody waits for an install to hear it.
"""

import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = ["requirements.lock", "requirements-dev.lock"]


def main(lock: str, port: str = "") -> None:
    os.chdir(ROOT)
    if port:
        check_port(port)
    if VENV.is_symlink():  # somebody's own environment: theirs to fill
        return
    check_python()
    if not works():
        make()
    if stamp(lock).exists() and stamp(lock).read_text() == fingerprint(lock):
        return
    install(lock)
    for installed in LOCKS[: LOCKS.index(lock) + 1]:  # the second lock holds the first
        stamp(installed).write_text(fingerprint(installed))


def check_port(port: str) -> None:
    if not port.isdigit() or not 0 < int(port) < 65536:
        sys.exit(f"PORT={port} is not a port: give a number from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except PermissionError:
            sys.exit(f"Port {port} is for root only: try make demo PORT=8001.")
        except OSError:
            sys.exit(f"Port {port} is taken by another program: try make demo PORT={free_port()}.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def check_python() -> None:
    missing = [name for name in ("venv", "ensurepip", "sqlite3", "ssl") if not has(name)]
    if missing:
        sys.exit(
            f"{sys.executable} lacks {' and '.join(missing)}: on Debian or Ubuntu, "
            "apt-get install python3-venv brings it."
        )


def has(module: str) -> bool:
    if importlib.util.find_spec(module) is None:
        return False
    try:
        __import__(module)
    except ImportError:
        return False
    return True


def works() -> bool:
    """Whether .venv has a Python that runs (its maker may be gone or too old)."""
    check = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([PYTHON, "-c", check], stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def make() -> None:
    print(f"Making .venv with Python {sys.version.split()[0]} ...", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(f"Python could not make .venv here: {(made.stderr or made.stdout).strip()}")


def stamp(lock: str) -> Path:
    return VENV / f".{lock}.installed"


def fingerprint(lock: str) -> str:
    """The demo's lock counts in both, because a change of it changes shared packages."""
    names = dict.fromkeys([LOCKS[0], lock])
    return hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in names)).hexdigest()


def install(lock: str) -> None:
    total = sum("==" in line for line in (ROOT / lock).read_text().splitlines())
    command = [PYTHON, "-m", "pip", "install", "--require-hashes", "--no-input", "-r", lock]
    command += ["--disable-pip-version-check", "--progress-bar", "off"]
    # The lock is whole, and Python compiles what it runs: a third of the time saved.
    command += ["--no-deps", "--no-compile"]
    # Piped, so that 300 lines become one; all of it is kept for when it fails.
    pip = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PIP_ROOT_USER_ACTION": "ignore"},
    )
    lines = follow(pip, total)
    if pip.wait():
        sys.exit("".join(lines[-12:]) + f"\nInstalling {lock} failed: the reason stands above.")


def follow(pip: subprocess.Popen, total: int) -> list[str]:
    lines: list[str] = []
    done = 0
    for line in pip.stdout or []:
        lines.append(line)
        if line.startswith(("Collecting", "Requirement already satisfied")):
            done += 1
            progress(f"Installing: {min(done, total)} of {total} packages", final=False)
        if line.startswith("Installing collected"):
            progress(f"Installing: {total} packages, unpacking ...", final=True)
    return lines


def progress(text: str, *, final: bool) -> None:
    """One line that is written over in a terminal; in a log only its last state."""
    if sys.stdout.isatty():
        print(f"\r{text:<60}", end="\n" if final else "", flush=True)
    elif final:
        print(text, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
