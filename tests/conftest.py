"""Fixtures that every test may use. Rows come from tests/factories.py."""

import socket

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

pytest_plugins = [
    "tests.moments",  # first: a test has its clock before it makes anything
    "tests.left_out",
    "tests.browsing",
    "tests.mailserver",
    "tests.running",
    "tests.cast",
    "tests.demo_mode",
]

# A busy machine is no fault of a property.
hypothesis_settings.register_profile(
    "suite", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("suite")

LOOPBACK = ("127.", "::1", "localhost")


@pytest.fixture(autouse=True)
def empty_cache():
    """Rate limits and cached pages of one test are not those of the next."""
    cache.clear()


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """A test that reaches for another machine fails, wherever it runs."""
    connect = socket.socket.connect

    def guarded(self, address):
        if isinstance(address, tuple) and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"A test reached for {address[0]}.")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield
