"""The site as it is; with PAGE_CACHE=0 every page is made anew, from its rows and pieces."""

import os

from buurtpunt.settings import *  # noqa: F403
from buurtpunt.settings import MIDDLEWARE

if os.environ.get("PAGE_CACHE") == "0":
    MIDDLEWARE = [name for name in MIDDLEWARE if name != "network.pagecache.PublicPages"]
