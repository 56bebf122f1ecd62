#!/bin/sh
# djade over every template: sh .make/templates.sh [--check]
set -u
find templates -name '*.html' | xargs -r .venv/bin/djade --target-version 5.2 "$@"
