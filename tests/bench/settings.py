"""The site as it is; with PAGE_CACHE=0 nothing is kept, so that every page is made anew."""

import os

from buurtpunt.settings import *  # noqa: F403

if os.environ.get("PAGE_CACHE") == "0":
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
