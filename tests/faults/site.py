"""The whole site as in production, on loopback, with every process at hand to be killed.

    with site.running() as here:
        lead = here.signed_in("lead")
        lead.get("/mijn/")
        here.kill("mail")
        here.start("mail")

Everything ends with the block, and with the fault's own process whatever happens to it.
Start and kill from the main thread: Linux ends a child with the thread that made it.
"""

import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connections

from actionplans.actions import install_template
from buurtpunt.demo import supervisor
from tests.cast import World, build_world
from tests.faults import ground, visitors

START_SECONDS = 60
ERROR = re.compile(r"^[\w.]+(?:Error|Exception)\b.*$", re.MULTILINE)


def queues() -> list[str]:
    """Every queue that the settings name."""
    routes = settings.CELERY_TASK_ROUTES.values()
    return sorted({settings.CELERY_TASK_DEFAULT_QUEUE, *(route["queue"] for route in routes)})


@dataclass
class Site:
    ground: ground.Ground
    world: World
    commands: dict[str, list[str]]
    children: dict[str, supervisor.Child] = field(default_factory=dict)

    @property
    def address(self) -> tuple[str, int]:
        return ("127.0.0.1", self.ground.port)

    @property
    def sink(self) -> "ground.Sink":
        return self.ground.sink

    def visitor(self) -> visitors.Visitor:
        """Somebody who did not sign in."""
        return visitors.Visitor(self.address)

    def signed_in(self, who: str) -> visitors.Visitor:
        """A member of the cast (tests/cast.py) in a browser of her own."""
        return visitors.signed_in(self.address, self.world.person(who).user)

    def start(self, *names: str) -> None:
        """Start these (or everything that does not run), and wait until they can work."""
        for name in names or [name for name in self.commands if not self.runs(name)]:
            log = self.ground.folder / f"{name}.log"
            if log.exists():  # what it said before it was killed stays readable
                log.rename(log.with_suffix(f".{time.monotonic_ns()}.log"))
            self.children[name] = supervisor.start(
                name, self.commands[name], os.environ, log, Path(settings.BASE_DIR)
            )
        for name in names or list(self.commands):
            wait_until(lambda name=name: self._is_ready(name), what=f"{name} to start")

    def runs(self, name: str) -> bool:
        return name in self.children and self.children[name].process.poll() is None

    def pid(self, name: str) -> int:
        return self.children[name].process.pid

    def kill(self, name: str, number: signal.Signals = signal.SIGKILL) -> int | None:
        """Signal this process and wait until it is gone with its own children; its exit code."""
        process = self.children[name].process
        process.send_signal(number)
        process.wait(START_SECONDS)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        return process.returncode

    def log(self, name: str) -> str:
        """All that processes of this name said since the site started."""
        logs = sorted(self.ground.folder.glob(f"{name}*.log"))
        return "".join(log.read_text(errors="replace") for log in logs)

    def errors(self) -> str:
        """What the web server said of the answers 500: the address and the last error of each."""
        said = self.log("web").split("Internal Server Error: ")[1:]
        lines = [(part.splitlines()[0], ERROR.findall(part)[-1:]) for part in said]
        return "\n".join(f"{address}: {''.join(error)}" for address, error in lines)

    def stop(self) -> None:
        supervisor.stop(list(self.children.values()))

    def _is_ready(self, name: str) -> bool:
        supervisor.check([self.children[name]])
        if name == "web":
            return visitors.Visitor(self.address).get("/robots.txt").status != visitors.NO_ANSWER
        return name == "beat" or supervisor.said(self.children[name], " ready.")


@contextmanager
def running(
    *, web_workers: int = 2, threads: int = 4, only: Sequence[str] | None = None
) -> Iterator[Site]:
    """The site with a cast and an installed plan template. `only` names what to start at once of
    "web", "beat" and the queues; the rest waits for `start`."""
    laid = ground.at_hand()
    install_template()
    here = Site(laid, build_world(), commands(laid.port, web_workers, threads))
    connections.close_all()
    try:
        here.start(*(only if only is not None else list(here.commands)))
        yield here
    finally:
        here.stop()


def commands(port: int, web_workers: int, threads: int) -> dict[str, list[str]]:
    """As docs/operations.md has them."""
    web = ["gunicorn", "buurtpunt.wsgi", "--no-control-socket", "--bind", f"127.0.0.1:{port}"]
    web += ["--workers", str(web_workers), "--threads", str(threads), "--log-level", "warning"]
    celery = ["celery", "-A", "buurtpunt"]
    started = {"web": web, "beat": [*celery, "beat", "-l", "INFO"]}
    for queue in queues():
        started[queue] = [*celery, "worker", "-Q", queue, "-n", f"{queue}@faults", "-c", "1"]
        started[queue] += ["-l", "INFO"]
    return {name: [sys.executable, "-m", *command] for name, command in started.items()}


def wait_until(
    condition: Callable[[], object], *, seconds: float = START_SECONDS, what: str = "it"
) -> None:
    """Asks again until it holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"Waited {seconds:.0f} s in vain for {what}.")
        time.sleep(0.05)
