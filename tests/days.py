"""Runs plain `pytest` (the part about SQLite) as on other days: python -m tests.days

With --quick on three days, as `make test` does; with --demo the demo is started on each day
instead, and the README's steps are walked in a browser; other words go to pytest.
"""

import os
import subprocess
import sys

from tests.moments import DAYS, QUICK_DAYS

WALK = ["tests/journeys/test_readme_walk.py", "-m", "browser and slow"]


def main(*words: str) -> None:
    days = QUICK_DAYS if "--quick" in words else DAYS
    asked = [word for word in words if word not in {"--quick", "--demo"}]
    asked += WALK if "--demo" in words else []
    failed = [day for day in days if not passes(day, asked)]
    if failed:
        sys.exit(f"Failed as on {', '.join(failed)}.")


def passes(day: str, words: list[str]) -> bool:
    print(f"== As on {day} in Brussels", flush=True)
    environment = {**os.environ, "TODAY": day}
    environment.pop("BUURTPUNT_TEST_SERVICES", None)
    return subprocess.run([sys.executable, "-m", "pytest", *words], env=environment).returncode == 0


if __name__ == "__main__":
    main(*sys.argv[1:])
