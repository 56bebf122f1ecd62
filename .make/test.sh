#!/bin/sh
# The suite as DESIGN.md 7 asks: all of it on PostgreSQL and Redis, then what SQLite must
# carry too, then the quick part on three days of the calendar. Every part runs, so that one
# failure does not hide another. With TODAY=2028-02-29 the whole suite runs as on that day.
set -u
failed=0

echo "== On PostgreSQL and Redis"
BUURTPUNT_TEST_SERVICES=1 .venv/bin/python -m pytest -n 2 --dist worksteal || failed=1
echo "== On SQLite: saving, mail, search, constraints and the journeys"
BUURTPUNT_TEST_SERVICES=sqlite .venv/bin/python -m pytest -n 2 --dist worksteal -m "both or journey" || failed=1
if [ -z "${TODAY:-}" ]; then
    .venv/bin/python -m tests.days --quick || failed=1
fi
exit $failed
