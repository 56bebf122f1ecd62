"""The site's settings, with what the tests need different.

Mail goes to memory (pytest-django does that); a test that wants real SMTP takes the
fixture `smtp_server`.
"""

import os

from tests import services

# Each process its own folder: workers of xdist must not see each other's files.
os.environ["BUURTPUNT_VAR"] = str(services.temporary_folder())
for name in ("BUURTPUNT_DEMO", "BUURTPUNT_PRODUCTION", "DJANGO_DEBUG", "SITE_URL", "MAIL_DOMAIN"):
    os.environ.pop(name, None)
services.start()

from buurtpunt.settings import *  # noqa: E402, F403
from buurtpunt.settings import DATABASES, REDIS_URL, VAR_DIR  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Each test client builds the middleware anew; no need to find every static file each time.
WHITENOISE_AUTOREFRESH = True
CELERY_BEAT_SCHEDULE: dict = {}  # a sweep in a test is one that the test asks for
(VAR_DIR / "static").mkdir(exist_ok=True)
if not REDIS_URL:
    (VAR_DIR / "broker" / "control").mkdir(parents=True, exist_ok=True)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, because threads (live server, tests of locks) need connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    )
