"""`make demo` for an hour on a busy machine, while people click, save and jump the clock.

No process of it ends, no page is an error, its folder of messages stays small, and at the end it
says that it is well.
DEMO_MINUTES=5 make faults ONLY=demo_hour takes less; the short form half a minute, on little data.
"""

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from buurtpunt.demo.accounts import address
from tests import services
from tests.faults import site
from tests.faults.visitors import Crowd, Visitor

ROOT = Path(__file__).parents[2]
MINUTES = float(os.environ.get("DEMO_MINUTES", "60"))
LIMIT_SECONDS = int(MINUTES * 60) + 1200
SHORT_SECONDS = 8
NOT_OURS = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL")
LINK = re.compile(r'href="(/[^"#]*)')
FORM = re.compile(r'<form[^>]*action="(/plan/[^"]+)"[^>]*>(.*?)</form>', re.DOTALL)
PLAN = re.compile(r"/plan/[-\w]+/molendonk/")
BASE = re.compile(r'name="base" value="(\d+)"')
# Not for clicking: signing out, and pages that take long because they make a file.
LEFT_ALONE = ("/afmelden/", "/demo/post/", "/beheer/")
MOST_MESSAGES = 400  # three queues of fifty, and what workers say among each other
PEOPLE = ("Greet Aerts", "Marie Devos", "Els Verhaeghe", "")  # "" is nobody in particular
SECTIONS = ("ons-dorp", "ons-verhaal", "droom", "noden")
# Marie and her plan, where there is no time for all the villages of the demo.
LITTLE = """
from actionplans.actions import install_template, start_plan
from network.models import User
from tests.cast import build_world
install_template()
world = build_world()
start_plan(village=world.village, by=world.person("lead"))
for who, name in (("lead", "marie"), ("coordinator", "greet"), ("coach", "els")):
    User.objects.filter(person=world.person(who)).update(email=f"{name}@buurtpunt.example")
"""


@dataclass
class Clicker:
    """Somebody who follows the links that a page offers, whatever they are."""

    visitor: Visitor
    chance: random.Random
    links: list[str] = field(default_factory=lambda: ["/"])
    wrong: list[str] = field(default_factory=list)

    def click(self) -> None:
        path = self.chance.choice(self.links)
        answer = self.visitor.get(path)
        if answer.status in {0, *range(500, 600)}:
            self.wrong.append(f"{answer.status} {path}")
        found = [link for link in LINK.findall(answer.text) if not link.startswith(LEFT_ALONE)]
        self.links = found or ["/"]


@dataclass
class Writer:
    """Marie, who saves every answer of a section that she opens."""

    visitor: Visitor
    chance: random.Random
    plan: str
    wrong: list[str] = field(default_factory=list)
    saved: int = 0

    def save(self) -> None:
        page = self.visitor.get(f"{self.plan}{self.chance.choice(SECTIONS)}/")
        forms = [form for form in FORM.findall(page.text) if 'name="text"' in form[1]]
        for path, body in forms[:1]:
            base = BASE.search(body)
            sent = {"base": base[1] if base else 0, "text": f"Bewaard om {time.time():.3f}."}
            status = self.visitor.post(path, sent).status
            self.saved += status in {302, 303}
            if status not in {302, 303, 409}:
                self.wrong.append(f"{status} saving {path}")


def run(*, short: bool) -> None:
    folder = services.temporary_folder() / "demo"
    environment = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    environment |= {"BUURTPUNT_VAR": str(folder)}
    if short:
        for command in (["migrate", "-v", "0"], ["shell", "-v", "0", "-c", LITTLE]):
            manage = [sys.executable, "manage.py", *command]
            subprocess.run(manage, cwd=ROOT, env=environment, check=True)
    with running(folder, environment) as (port, log), busy(0 if short else os.cpu_count() or 1):
        click(port, folder, log, SHORT_SECONDS if short else MINUTES * 60)
    printed = log.read_text()
    assert "The demo has stopped." in printed, printed[-2000:]


@contextmanager
def running(folder: Path, environment: dict[str, str]) -> Iterator[tuple[int, Path]]:
    """The demo as a person starts it, until Ctrl-C."""
    port, log = services.free_port(), folder.with_suffix(".log")
    command = [sys.executable, "manage.py", "demo", "--port", str(port)]
    with log.open("w") as output:
        demo = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        site.wait_until(
            lambda: "Ctrl-C stops everything" in log.read_text() or demo.poll() is not None,
            seconds=900,
            what="the demo",
        )
        assert demo.poll() is None, log.read_text()
        yield port, log
        assert demo.poll() is None, log.read_text()
    finally:
        demo.send_signal(signal.SIGINT)
        code = demo.wait(60)
    assert code == 0, f"{code}: {log.read_text()[-2000:]}"


@contextmanager
def busy(count: int) -> Iterator[None]:
    """So many processes that do nothing but keep a core busy."""
    command = [sys.executable, "-c", "while True: pass"]
    burning = [subprocess.Popen(command) for _ in range(count)]
    try:
        yield
    finally:
        for process in burning:
            process.kill()
            process.wait()


def click(port: int, folder: Path, log: Path, seconds: float) -> None:
    clickers = [Clicker(arrived(port, name), random.Random(name)) for name in PEOPLE]
    marie = arrived(port, "Marie Devos")
    writer = Writer(marie, random.Random(1), PLAN.findall(marie.get("/mijn/").text)[0])
    works: list[Callable[[], object]] = [clicker.click for clicker in clickers]
    children, began, most = living(folder), time.monotonic(), 0
    jumper, jumps = arrived(port, ""), 0
    with Crowd([*works, writer.save], pause=0.2):
        while time.monotonic() - began < seconds:
            time.sleep(1)
            if (time.monotonic() - began) / max(seconds / 60, 4) > jumps:
                jumps += jumper.post("/demo/klok/", {"naar": "dag"}).status == 303
            most = max(most, sum(1 for _ in (folder / "broker").rglob("*")))
            assert "stopped by itself" not in log.read_text(), log.read_text()[-3000:]
            gone = children - living(folder)
            assert not gone, f"{gone} ended"
    wrong = [line for one in (*clickers, writer) for line in one.wrong]
    clicks = sum(sum(clicker.visitor.statuses.values()) for clicker in clickers)
    print(f"{clicks} clicks, {writer.saved} saves, {jumps} jumps, at most {most} files")
    assert clicks and writer.saved and jumps, "hardly anything was done"
    assert not wrong, wrong[:20]
    assert most < MOST_MESSAGES, f"{most} messages wait in the folder"
    health = Visitor(("127.0.0.1", port))  # a busy machine needs some ticks after the last jump
    site.wait_until(lambda: health.get("/healthz").status == 200, what="the demo to be well")


def arrived(port: int, name: str) -> Visitor:
    visitor = Visitor(("127.0.0.1", port))
    if name:
        answer = visitor.post("/demo/aanmelden/", {"email": address(name)})
        assert answer.status == 303, f"{answer.status} for {name}"
    return visitor


def living(folder: Path) -> set[tuple[int, str]]:
    """The web server and the workers, by number and by what they were started as."""
    mark, found = f"BUURTPUNT_VAR={folder}\0".encode(), set()
    for place in Path("/proc").iterdir():
        try:
            command = (place / "cmdline").read_bytes().split(b"\0")
            is_ours = place.name.isdigit() and mark in (place / "environ").read_bytes()
        except OSError:
            continue
        if is_ours and b"-m" in command and {b"celery", b"gunicorn"} & set(command):
            found.add((int(place.name), command[-2].decode()))
    return found
