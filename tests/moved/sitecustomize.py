"""A process that a test started runs on the clock of that test (tests/moments.py)."""

import os
from datetime import UTC, datetime, timedelta

ahead = os.environ.get("BUURTPUNT_CLOCK_AHEAD")
if ahead:
    import time_machine

    moment = datetime.now(UTC) + timedelta(seconds=float(ahead))
    time_machine.travel(moment, tick=True).start()
