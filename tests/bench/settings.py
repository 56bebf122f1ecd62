"""The site as it is, with production's static names; PAGE_CACHE=0 makes every page anew."""

import os

from buurtpunt.settings import *  # noqa: F403

PAGE_CACHE = os.environ.get("PAGE_CACHE", "1") == "1"
