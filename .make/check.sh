#!/bin/sh
# Every check that needs no running site. Each one runs; the first line of each tells what.
set -u
run=.venv/bin/python
failed=0

step() {
    name=$1
    shift
    if output=$("$@" 2>&1); then
        echo "ok    $name"
    else
        failed=1
        echo "FAIL  $name: $*"
        echo "$output"
    fi
}

step "format" $run -m ruff format --check .
step "lint" $run -m ruff check .
step "templates" sh .make/templates.sh --check
# From nothing, because a kept cache forgets relations between apps.
step "types" $run -m mypy --no-incremental
step "floors and rooms" .venv/bin/lint-imports --no-logo
step "migrations" $run manage.py makemigrations --check --dry-run
step "production settings" sh .make/check-production.sh
exit $failed
