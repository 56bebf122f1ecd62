#!/bin/sh
# Finds a Python and lets environment.py make .venv with it: environment.sh LOCK [PORT]
set -eu
here=$(dirname "$0")

fail() {
    echo "$1" >&2
    exit 1
}

new_enough() {
    command -v "$1" >/dev/null 2>&1 &&
        "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

if [ -n "${PYTHON:-}" ]; then
    new_enough "$PYTHON" ||
        fail "Python 3.11 or newer is needed, and PYTHON=$PYTHON is not one."
else
    for PYTHON in python3 python3.14 python3.13 python3.12 python3.11 ""; do
        [ -z "$PYTHON" ] &&
            fail "Python 3.11 or newer is needed: install it, or name one with PYTHON=/path/to/python3."
        new_enough "$PYTHON" && break
    done
fi
exec "$PYTHON" "$here/environment.py" "$@"
