"""The demo under clicks: an hour (short: twenty seconds) of leafing, writing and jumping ahead.

Nothing is broken on purpose; the machine may be busy. No page fails, no child ends by itself, and
at the end the demo says that it is well. DEMO_MINUTES asks for another length than an hour.
"""

import os
import random
import re
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.buurtpunt.test_demo_command import Demo
from tests.faults.visitors import Crowd, Visitor

MINUTES = float(os.environ.get("DEMO_MINUTES", "60"))
PAUSE = 1.0  # seconds between two clicks of one of the six
LIMIT_SECONDS = int(MINUTES * 60) + 900
LINK = re.compile(r'href="(/[^"#]*)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
NOT_FOR_LEAFING = re.compile(r"^/(static|afmelden|beeld|media)/")
SECTION = "/plan/2026/molendonk/functies/"
BASE = re.compile(r'id="gewone-dag".*?name="base" value="(\d+)"', re.DOTALL)


def run(*, short: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        demo = Demo(Path(folder) / "demo", Path(folder) / "demo.log")
        try:
            demo.wait_until_ready(seconds=480)
            click_through(demo, seconds=20 if short else MINUTES * 60)
        finally:
            code = demo.press_ctrl_c() if demo.process.poll() is None else demo.process.returncode
    assert code == 0, code


def click_through(demo: Demo, *, seconds: float) -> None:
    at = ("127.0.0.1", demo.port)
    leafing = [Leafer(Visitor(at)), *(Leafer(let_in(at, who)) for who in ("marie", "els", "greet"))]
    writers = [Writer(let_in(at, who)) for who in ("marie", "jef")]
    jumper = let_in(at, "greet")
    until = time.monotonic() + seconds
    jumps = 0
    with Crowd([one.click for one in leafing] + [one.write for one in writers], pause=PAUSE):
        while time.monotonic() < until:
            time.sleep(10)
            assert demo.process.poll() is None, demo.printed
            if jumps < 8 and time.monotonic() > until - seconds + (jumps + 1) * seconds / 10:
                jumps += 1
                jumper.post("/demo/klok/", {"naar": "herinnering"})
    seen = sum((one.visitor.statuses for one in [*leafing, *writers]), Counter())
    print(f"{seconds / 60:.1f} minutes: {dict(seen)}, {jumps} jumps", flush=True)
    assert not [status for status in seen if status == 0 or status >= 500], seen
    assert "by itself" not in demo.printed, demo.printed
    health = wait_until_well(Visitor(at))
    assert health.status == 200, health.text


def let_in(at: tuple[str, int], who: str) -> Visitor:
    """Signed in by the button of that person."""
    visitor = Visitor(at)
    page = visitor.get("/aanmelden/").text
    form = next(part for part in page.split("<form")[1:] if f'value="{who}@' in part)
    action = re.search(r'action="([^"]+)"', form)
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    assert action and TOKEN.search(form), form
    answer = visitor.post(action[1], fields)
    assert answer.status in {302, 303}, answer.status
    return visitor


def wait_until_well(visitor: Visitor):
    """A busy machine may need some ticks to catch up with the last jump."""
    for _ in range(12):
        answer = visitor.get("/healthz")
        if answer.status == 200:
            break
        time.sleep(5)
    return answer


class Leafer:
    """Follows links as they come, and begins at home again when there is none."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self._path = "/"
        self._chance = random.Random(1)

    def click(self) -> None:
        page = self.visitor.get(self._path).text
        links = [link for link in LINK.findall(page) if not NOT_FOR_LEAFING.match(link)]
        self._path = self._chance.choice(links).replace("&amp;", "&") if links else "/"


class Writer:
    """Saves the same answer again and again, from where it stands."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self._number = 0

    def write(self) -> None:
        base = BASE.search(self.visitor.get(SECTION).text)
        assert base, "the page has no such question"
        self._number += 1
        text = f"Dag {self._number}: om zes uur gaat het licht aan."
        answer = self.visitor.post(f"{SECTION}gewone-dag/", {"base": base[1], "text": text})
        assert answer.status in {200, 303, 409}, answer.status
