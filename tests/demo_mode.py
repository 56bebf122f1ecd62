"""The site as it is in demo mode, and a letter in its inbox."""

import importlib
from datetime import timedelta

import pytest
from django.urls import clear_url_caches

import buurtpunt.urls
from buurtpunt.demo import inbox
from network import clock

LETTER = b"""From: post@buurtpunt.example\r
To: marie@buurtpunt.example\r
Subject: Morgen werksessie 2\r
Date: Mon, 01 Mar 2027 09:00:00 +0100\r
MIME-Version: 1.0\r
Content-Type: multipart/alternative; boundary=x\r
\r
--x\r
Content-Type: text/plain; charset=utf-8\r
\r
Tot morgen.\r
--x\r
Content-Type: text/html; charset=utf-8\r
\r
<html><head></head><body><img src="cid:horizon.png"><script>alert(1)</script></body></html>\r
--x\r
Content-Type: text/calendar; charset=utf-8\r
\r
BEGIN:VCALENDAR\r
--x--\r
"""


def rebuild_urls():
    importlib.reload(buurtpunt.urls)
    clear_url_caches()


@pytest.fixture
def demo_mode(settings, tmp_path):
    """The URLconf as it is built in demo mode, and back to what it was."""
    settings.VAR_DIR = tmp_path
    settings.DEMO = True
    rebuild_urls()
    yield
    settings.DEMO = False
    clock._offset, clock._offset_read_at = timedelta(), -clock.OFFSET_IS_FRESH_FOR
    rebuild_urls()


@pytest.fixture
def letter(demo_mode):
    inbox.keep(LETTER)
    return inbox.letters()[0]
