# The words of this project: make demo, make test, make check. The rest stands in README.md.

PORT ?= 8000
ONLY ?=
run := .venv/bin/python
export PYTHON
# Packages are compiled when they first run (.make/environment.py), and only once.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo demo-reset test days check bench faults format lock environment

help:
	@echo "make demo [PORT=8000]  the whole site with demo data on this machine; Ctrl-C stops it"
	@echo "make demo-reset        forget the demo's data, so that the next demo starts anew"
	@echo "make test              every test, on PostgreSQL and on SQLite (TODAY=2028-02-29: as on that day)"
	@echo "make days              the quick part of the suite, and the demo, on thirteen days"
	@echo "make check             format, lint, types, templates, imports, migrations, settings"
	@echo "make format            write the format that make check asks for"
	@echo "make bench [ONLY=...]  measurements of tests/bench"
	@echo "make faults [ONLY=...] break things under load (tests/faults) and see the site stand"
	@echo "make lock              renew requirements.lock and requirements-dev.lock (needs uv)"

demo:
	@sh .make/environment.sh requirements.lock $(PORT)
	@exec $(run) manage.py demo --port $(PORT)

demo-reset:
	@sh .make/environment.sh requirements.lock
	@exec $(run) manage.py demo --reset

environment:
	@sh .make/environment.sh requirements-dev.lock

test: environment
	@sh .make/system-packages.sh tests/system-packages.txt
	@sh .make/test.sh

days: environment
	@$(run) -m tests.days
	@$(run) -m tests.days --demo

check: environment
	@sh .make/check.sh

format: environment
	@$(run) -m ruff format .
	@$(run) -m ruff check --fix .
	@sh .make/templates.sh

bench: environment
	@exec $(run) -m tests.bench $(ONLY)

faults: environment
	@exec $(run) -m tests.faults $(ONLY)

lock:
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
