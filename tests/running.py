"""The other processes of the site, for tests that want them for real."""

import asyncio
import contextlib
import os
import sys
import time
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import connection

from buurtpunt.demo import supervisor
from tests.services import free_port

ROOT = Path(settings.BASE_DIR)


class Received:
    """An SMTP handler that keeps what comes in, oldest first, and can refuse."""

    def __init__(self):
        self.messages = []
        self.recipients = []
        self.refuse_with = ""
        self.takes = 0.0  # seconds a mail

    async def handle_DATA(self, server, session, envelope):
        if self.refuse_with:
            return self.refuse_with
        await asyncio.sleep(self.takes)
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 OK"


@pytest.fixture
def smtp_server(settings):
    """A real SMTP server; Django's mail goes there. Gives what it received."""
    received = Received()
    controller = Controller(received, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    yield received
    controller.stop()


@pytest.fixture
def celery_worker(transactional_db, smtp_server, tmp_path):
    """Starts real workers on this test's database and broker: celery_worker("mail")."""
    started = []

    def start(queue: str, *, beat: bool = False):
        name = f"{queue}-{len(started)}"
        command = [sys.executable, "-m", "celery", "-A", "buurtpunt", "worker", "-Q", queue]
        command += ["--pool", "solo", "-n", f"{name}@test", "-l", "INFO"]
        if beat:
            command += ["-B", "-s", str(tmp_path / f"{name}.beat")]
        log = tmp_path / f"{name}.log"
        # As the demo does: it goes with this process, even when a run is cut off.
        worker = supervisor.start(name, command, worker_environment(), log, ROOT)
        started.append(worker)
        wait_until(lambda: supervisor.said(worker, " ready."), what=log)
        return worker.process

    yield start
    supervisor.stop(started)


def worker_environment() -> dict[str, str]:
    """The settings of this process, in the words of the environment."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{database['NAME']}"
    else:
        host = str(database["HOST"]).replace("/", "%2F")
        url = f"postgres://{database['USER']}@{host}/{database['NAME']}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "buurtpunt.settings",
        "DATABASE_URL": url,
        "EMAIL_PORT": str(settings.EMAIL_PORT),
        "BUURTPUNT_TICK": "1",
    }


def wait_until(condition, *, seconds: float = 20, what: object = "the condition") -> None:
    """Asks again until it holds; a test never sleeps a fixed time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(FileNotFoundError):
            if condition():
                return
        time.sleep(0.05)
    detail = what.read_text() if hasattr(what, "read_text") else what
    raise AssertionError(f"Waited {seconds} s in vain for {detail}")


def is_alive(pid: int) -> bool:
    """Whether a process still runs; one that ended and waits to be collected does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
