"""The demo as a person runs it: a process of its own, in a terminal's process group."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from buurtpunt.demo.accounts import DOMAIN, PEOPLE, address
from tests.running import is_alive, wait_until
from tests.services import free_port

ROOT = Path(__file__).parent.parent.parent
PREPARED = """
from network.models import Person, User
person = Person.objects.create(name="Iemand van vorige keer")
User.objects.create(email="vorige.keer@heidebeek.example", person=person)
"""
pytestmark = pytest.mark.slow


class Demo:
    """A running `manage.py demo`, with what it printed."""

    def __init__(self, var: Path, log: Path, *arguments: str):
        self.port = free_port()
        self.var = var
        self.log = log
        command = [sys.executable, "manage.py", "demo", "--port", str(self.port), *arguments]
        with log.open("w") as output:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment(var),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def printed(self) -> str:
        return self.log.read_text()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def wait_until_ready(self, seconds: int = 120) -> "Demo":
        def ready_or_over() -> bool:
            return "Ctrl-C stops everything" in self.printed or self.process.poll() is not None

        wait_until(ready_or_over, seconds=seconds, what=self.log)
        assert self.process.poll() is None, self.printed
        return self

    def press_ctrl_c(self) -> int:
        """The terminal sends it to the whole process group."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(30)

    def processes(self) -> list[int]:
        """Everything that runs on this demo's folder, whoever started it."""
        mark = f"BUURTPUNT_VAR={self.var}\0".encode()
        return [pid for pid in pids() if is_alive(pid) and mark in environ_of(pid)]


def environment(var: Path) -> dict[str, str]:
    """The shell of a person, without the services of this run."""
    ours = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL")
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {**kept, "BUURTPUNT_VAR": str(var)}


def pids() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def environ_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return b""


@pytest.fixture(scope="module")
def earlier(tmp_path_factory):
    """A demo's folder with data of an earlier time, so that nothing long is made."""
    folder = tmp_path_factory.mktemp("earlier")
    for command in (["migrate", "-v", "0"], ["shell", "-c", PREPARED]):
        run = [sys.executable, "manage.py", *command]
        subprocess.run(run, cwd=ROOT, env=environment(folder), check=True, capture_output=True)
    return folder


@pytest.fixture
def var(tmp_path, earlier):
    return shutil.copytree(earlier, tmp_path / "demo")


@pytest.fixture
def start(tmp_path):
    demos = []

    def start(var, *arguments):
        demos.append(Demo(var, tmp_path / f"{len(demos)}.log", *arguments))
        return demos[-1]

    yield start
    for demo in demos:
        if demo.process.poll() is None:
            demo.process.terminate()
            demo.process.wait(30)


@pytest.mark.timeout(600)
def test_a_first_start_makes_the_data_and_a_second_finds_it(start, tmp_path):
    """As a newcomer has it; the tests below begin with data of an earlier time."""
    var = tmp_path / "cold"
    first = start(var).wait_until_ready(seconds=480)
    greets(first)
    assert "Making villages" in first.printed
    assert first.press_ctrl_c() == 0
    assert first.processes() == []

    second = start(var).wait_until_ready()
    greets(second)
    assert "Making villages" not in second.printed
    with urllib.request.urlopen(f"{second.address}dorpen/") as page:
        assert "Molendonk" in page.read().decode()
    assert second.press_ctrl_c() == 0
    assert second.processes() == []


def greets(demo: Demo) -> None:
    """The address, one line for each demo account, and how to stop."""
    lines = demo.printed.splitlines()
    assert f"ons buurtpunt runs at {demo.address}" in lines
    shown = [f"{name}, {shows}" for name, _, shows in PEOPLE.values() if shows]
    emails = [address(name) for name, _, shows in PEOPLE.values() if shows]
    found = [line.split(maxsplit=1) for line in lines if f"@{DOMAIN}" in line]
    assert found == [[email, words] for email, words in zip(emails, shown, strict=True)]
    assert lines[-1] == "Ctrl-C stops everything."


def test_ctrl_c_ends_the_demo_and_all_its_processes(start, var):
    demo = start(var).wait_until_ready()
    with urllib.request.urlopen(demo.address) as answer:
        assert answer.status == 200
    assert demo.address in demo.printed
    # Itself, the web server with one worker, the mail worker with beat, the files worker.
    assert len(demo.processes()) >= 6

    assert demo.press_ctrl_c() == 0

    assert demo.processes() == []
    assert "Its data stays" in demo.printed


def test_a_second_start_keeps_the_data_and_a_reset_forgets_it(start, var):
    start(var).wait_until_ready().press_ctrl_c()
    second = start(var).wait_until_ready()
    second.press_ctrl_c()

    assert "Making villages" not in second.printed
    assert (var / "buurtpunt.sqlite3").exists()

    assert start(var, "--reset").process.wait(30) == 0
    assert not var.exists()
    assert not var.with_name("demo.lock").exists()


def test_a_child_that_dies_starts_again(start, var):
    demo = start(var).wait_until_ready()
    worker = next(pid for pid in demo.processes() if b"files@demo" in command_of(pid))

    os.kill(worker, signal.SIGKILL)

    wait_until(lambda: "files stopped by itself" in demo.printed, what=demo.log)

    def runs_again() -> bool:
        commands = [command_of(pid) for pid in demo.processes() if pid != worker]
        return any(b"files@demo" in command for command in commands)

    wait_until(runs_again, what=demo.log)
    assert demo.press_ctrl_c() == 0
    assert demo.processes() == []


def command_of(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def test_a_killed_demo_leaves_nothing_running(start, var):
    demo = start(var).wait_until_ready()

    demo.process.kill()
    demo.process.wait()

    wait_until(lambda: demo.processes() == [], seconds=30)
    assert demo.processes() == []


def test_a_busy_port_gets_one_sentence_before_anything_long(start, tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        demo = start(tmp_path / "empty", "--port", str(other.getsockname()[1]))

        assert demo.process.wait(30) == 1

    assert "choose another with make demo PORT=" in demo.printed
    assert len(demo.printed.strip().splitlines()) == 1
    assert not (tmp_path / "empty" / "buurtpunt.sqlite3").exists()


def test_two_demos_do_not_share_a_folder(start, var):
    first = start(var).wait_until_ready()

    second = start(var)

    assert second.process.wait(30) == 1
    assert "already running" in second.printed
    assert first.process.poll() is None
