"""The short form of every fault, on PostgreSQL and Redis of its own."""

import subprocess
import sys

import pytest

from tests.faults.__main__ import FOLDER, SHORT_LIMIT_SECONDS, names

pytestmark = [pytest.mark.faults, pytest.mark.timeout(SHORT_LIMIT_SECONDS + 20)]


# The demo alone takes a minute to make; its first start has a test of its own.
@pytest.mark.parametrize("name", [name for name in names() if name != "demo_hour"])
def test_the_site_stands(name):
    fault = subprocess.Popen(
        [sys.executable, "-m", "tests.faults", name, "--short"],
        cwd=FOLDER.parents[1],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        said, _ = fault.communicate(timeout=SHORT_LIMIT_SECONDS + 10)
    finally:
        fault.terminate()  # asks, so that it ends its own servers
    print(said)

    assert fault.returncode == 0, said
