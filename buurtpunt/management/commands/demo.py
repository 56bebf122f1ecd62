"""The whole site on this machine: database, demo data, web server, workers, inbox."""

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, call_command
from django.urls import reverse

from buurtpunt.demo import inbox, supervisor
from buurtpunt.demo.accounts import accounts
from buurtpunt.demo.supervisor import Child

HOST = "127.0.0.1"
TICK = "5"  # seconds between two looks at what is due
# The demo is the embedded column of the design, whatever the shell around it says.
NOT_IN_THE_DEMO = [
    *("DATABASE_URL", "REDIS_URL", "FILES_ACCEL_LOCATION", "DJANGO_ALLOWED_HOSTS"),
    *("EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS", "BUURTPUNT_PRODUCTION"),
]


class Command(BaseCommand):
    help = "Start the site with demo data on this machine; Ctrl-C stops it."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--reset", action="store_true", help="forget the demo's data")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            start_again_in_demo_mode(options["port"])
        var = Path(settings.VAR_DIR)
        var.mkdir(parents=True, exist_ok=True)
        with only_one_in(var):
            if options["reset"]:
                forget(var)
                self.stdout.write("The demo's data is gone: the next make demo starts anew.")
            else:
                self.run(var, options["port"])

    def run(self, var: Path, port: int) -> None:
        """Everything from a free port to a stopped demo."""
        check_port(port)
        children: list[Child] = []
        listen_for_the_end()
        try:
            self.prepare(var)
            with mail_coming_in():
                self.fill(var)
                ending = Ending()
                self.start(var, port, children, ending)
                self.greet(port)
                watch(supervisor.Keeper(children, self.say), ending)
        except KeyboardInterrupt:
            self.stdout.write("\nStopping ...")
        except supervisor.Stopped as stopped:
            raise CommandError(str(stopped)) from None
        finally:
            ignore_signals()  # a second Ctrl-C must not leave half of them
            supervisor.stop(children)
        self.stdout.write("The demo has stopped. Its data stays for the next time.")

    def prepare(self, var: Path) -> None:
        """An up-to-date database and an empty broker."""
        unfinished = var / "unfinished"
        if unfinished.exists():
            self.say("The demo data was not finished last time; starting anew ...")
            empty(var)
        shutil.rmtree(var / "broker", ignore_errors=True)
        for name in ("broker/control", "inbox", "log", "private", "public", "static"):
            (var / name).mkdir(parents=True, exist_ok=True)
        self.say("Preparing the database ...")
        call_command("migrate", verbosity=0)

    def fill(self, var: Path) -> None:
        """Demo data in an empty database; its mails of the past go through the inbox too."""
        unfinished = var / "unfinished"
        if not get_user_model()._default_manager.exists():
            self.say("Making villages, people, plans and pictures (once) ...")
            unfinished.touch()
            call_command("demo_data", stdout=self.stdout)
            unfinished.unlink()

    def start(self, var: Path, port: int, children: list[Child], ending: "Ending") -> None:
        self.say("Starting the site, three workers and the inbox ...")
        for name, command in commands(port).items():
            log = var / "log" / f"{name}.log"
            child = supervisor.start(name, command, os.environ, log, settings.BASE_DIR)
            children.append(child)
        workers = [child for child in children if child.name != "web"]
        health = f"http://{HOST}:{port}/healthz"

        def ready() -> bool:
            ending.check()
            all_ready = all(supervisor.said(worker, " ready.") for worker in workers)
            return all_ready and supervisor.answers(health)

        supervisor.wait_for(ready, children, seconds=60)

    def greet(self, port: int) -> None:
        self.say(f"\nons buurtpunt runs at {self.style.SUCCESS(f'http://{HOST}:{port}/')}\n")
        for email, description in accounts():
            self.say(f"  {email:<34} {description}")
        sign_in = f"http://{HOST}:{port}{reverse(settings.LOGIN_URL)}"
        self.say(f"\nSign in with one click at {sign_in}")
        self.say(f"Mails and the clock: http://{HOST}:{port}/demo/")
        self.say("Ctrl-C stops everything.")

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def start_again_in_demo_mode(port: int) -> NoReturn:
    """Settings are read once, so the demo begins anew with its own environment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        inbox_port = probe.getsockname()[1]
    var = os.environ.get("BUURTPUNT_VAR") or str(settings.BASE_DIR / "var" / "demo")
    environment = {name: os.environ[name] for name in os.environ if name not in NOT_IN_THE_DEMO}
    environment |= {
        "BUURTPUNT_DEMO": "1",
        "BUURTPUNT_TICK": TICK,
        "BUURTPUNT_VAR": var,
        "SITE_URL": f"http://{HOST}:{port}",
        "EMAIL_HOST": HOST,
        "EMAIL_PORT": str(inbox_port),
    }
    os.execve(sys.executable, [sys.executable, *sys.argv], environment)  # noqa: S606 - no shell


@contextlib.contextmanager
def only_one_in(var: Path) -> Iterator[None]:
    """Two demos in one folder would share a broker; the lock goes with the process."""
    with lock_of(var).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError(f"A demo is already running from {var}: stop it first.") from None
        yield


def check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"Port {port} cannot be used ({error}): choose another with make demo PORT=8001."
            ) from None


def listen_for_the_end() -> None:
    def end(number: int, frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    handle_signals(end)


def handle_signals(handler: Callable[[int, FrameType | None], None]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup
            signal.signal(number, handler)


class Ending:
    """From now on a signal is only noted, and looked at between two steps.

    As an exception it could fall in the middle of Popen.poll(), which then keeps its lock: the
    demo would wait for that child for ever.
    """

    def __init__(self) -> None:
        self.is_asked = False
        handle_signals(self._note)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.is_asked = True

    def check(self) -> None:
        if self.is_asked:
            raise KeyboardInterrupt


def ignore_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def empty(var: Path) -> None:
    shutil.rmtree(var)
    var.mkdir()


def forget(var: Path) -> None:
    """Deletes what the demo made and nothing else."""
    shutil.rmtree(var)
    lock_of(var).unlink()
    with contextlib.suppress(OSError):  # something else lives there
        var.parent.rmdir()


def lock_of(var: Path) -> Path:
    return var.parent / f"{var.name}.lock"


@contextlib.contextmanager
def mail_coming_in() -> Iterator[None]:
    server = inbox.serve(settings.EMAIL_PORT)
    try:
        yield
    finally:
        server.stop()


def commands(port: int) -> dict[str, list[str]]:
    """What runs beside this process, by the name of its log."""
    web = ["gunicorn", "buurtpunt.wsgi", "--no-control-socket", "--bind", f"{HOST}:{port}"]
    web += ["--worker-class", "gthread", "--threads", "8", "--graceful-timeout", "3"]
    worker = ["celery", "-A", "buurtpunt", "worker", "--pool", "solo", "--loglevel", "INFO"]
    worker += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return {
        "web": [sys.executable, "-m", *web],
        "mail": [sys.executable, "-m", *worker, "-Q", "mail", "-n", "mail@demo", "-B"],
        "now": [sys.executable, "-m", *worker, "-Q", "now", "-n", "now@demo"],
        "files": [sys.executable, "-m", *worker, "-Q", "files", "-n", "files@demo"],
    }


def watch(keeper: supervisor.Keeper, ending: Ending) -> NoReturn:
    while True:
        ending.check()
        keeper.look()
        time.sleep(0.2)
