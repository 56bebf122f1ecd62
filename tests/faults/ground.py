"""What a fault stands on: PostgreSQL, Redis and an empty database, before Django is read.

tests/faults/__main__.py lays it, so that every fault may import models at its top.
"""

import atexit
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import django
from django.core.management import call_command

from tests import services
from tests.faults.sink import Sink

# A commit outlives the server that took it: nothing acknowledged may be missing afterwards.
OPTIONS = ("fsync=off", "full_page_writes=off", "max_connections=100")
TICK = 1


@dataclass(frozen=True)
class Ground:
    postgresql: services.Server
    redis: services.Server
    sink: Sink
    folder: Path
    port: int  # where the site will be

    def environment(self) -> dict[str, str]:
        """What the processes of the site are told, and this process too."""
        return {
            "DJANGO_SETTINGS_MODULE": "buurtpunt.settings",
            "DATABASE_URL": self.postgresql.url,
            "REDIS_URL": self.redis.url,
            "BUURTPUNT_VAR": str(self.folder),
            "BUURTPUNT_TICK": str(TICK),
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "MAIL_DOMAIN": "buurtpunt.example",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(self.sink.port),
        }


NOT_IN_A_FAULT = ("BUURTPUNT_DEMO", "BUURTPUNT_PRODUCTION", "DJANGO_DEBUG", "DJANGO_ALLOWED_HOSTS")
laid: list[Ground] = []


def lay() -> Ground:
    """Start the servers, set Django up on them and migrate; all of it ends with this process."""
    started = time.monotonic()
    folder = services.temporary_folder()
    made = Ground(
        services.postgresql(OPTIONS), services.redis(), Sink(), folder, services.free_port()
    )
    atexit.register(made.sink.stop)
    for name in NOT_IN_A_FAULT:
        os.environ.pop(name, None)
    os.environ.update(made.environment())
    (folder / "static").mkdir()
    django.setup()
    call_command("migrate", verbosity=0)
    print(f"the ground was laid in {time.monotonic() - started:.1f} s", file=sys.stderr)
    laid.append(made)
    return made


def at_hand() -> Ground:
    return laid[0]
