"""The site as it is (KEPT=pages), or with less in the cache: KEPT=pieces makes every page anew from
its rows and kept pieces, KEPT=nothing works out those as well."""

import os

from buurtpunt.settings import *  # noqa: F403
from buurtpunt.settings import MIDDLEWARE

KEPT = os.environ.get("KEPT", "pages")
if KEPT != "pages":
    MIDDLEWARE = [name for name in MIDDLEWARE if name != "network.pagecache.PublicPages"]
if KEPT == "nothing":
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
