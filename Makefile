# `make` lists the targets. Every target does its own set-up; stamp files keep a second run quick.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site test lint format bench serve lock messages clean system-parts

# The first Python on the PATH that is 3.11 or newer and can make an environment; `make PYTHON=... site` overrides it.
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
  $$p -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
NEED_PYTHON = test -n "$(PYTHON)" || { \
  echo 'Python 3.11 or newer with venv is needed (Debian, Ubuntu: apt-get install python3 python3-venv).' >&2; exit 1; }

RUN := .venv/bin/python -m
PIP := $(RUN) pip install --quiet --disable-pip-version-check

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

site: .venv/.project  ## Build the website into site/
	.venv/bin/policypress build

# Bytecode is kept whatever the environment says: the tests start programs hundreds of times.
test: system-parts .venv/.dev node_modules/.installed  ## Run every test; ARGS='-k words' is handed to pytest
	PYTHONDONTWRITEBYTECODE= $(RUN) pytest -n auto --maxprocesses 8 --dist worksteal $(ARGS)

lint: .venv/.dev  ## Check style, formatting and types
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy

format: .venv/.dev  ## Repair what can be repaired in style and formatting
	$(RUN) ruff check --fix
	$(RUN) ruff format

bench: .venv/.bench  ## Measure speed; ARGS=sources, builds or sending measures only that
	$(RUN) tests.bench $(ARGS)

serve: .venv/.project  ## Preview the website, rebuilt at every change
	.venv/bin/policypress serve

messages: .venv/.dev  ## Bring the gettext catalogues up to date
	$(RUN) tests.tools.messages update

clean:  ## Remove everything that a build, a test run or the set-up made
	rm -rf .venv .cache .hypothesis .mypy_cache .ruff_cache build dist node_modules
	find generator tests -name __pycache__ -type d -prune -exec rm -rf {} +
	find site -mindepth 1 -not -path site/.gitignore -delete

# --- Locks: exact versions with hashes, for Python 3.11 and newer. UPGRADE=1 also takes newer versions of what is locked.

UV := .cache/lock/bin/uv --quiet --cache-dir .cache/uv
COMPILE := $(UV) pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
  --custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade) --group build

lock:  ## Lock the dependencies again, after changing them in pyproject.toml or package.json
	@$(NEED_PYTHON)
	$(PYTHON) -m venv --clear .cache/lock
	.cache/lock/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --group dev --constraint requirements.txt --output-file requirements-dev.txt
	$(COMPILE) --group bench --constraint requirements-dev.txt --output-file requirements-bench.txt
	npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund
	rm -rf .cache/lock .cache/uv

# --- Set-up

.venv/.packages: requirements.txt
	@$(NEED_PYTHON)
	$(PYTHON) -m venv --clear .venv
	$(PIP) --require-hashes -r requirements.txt
	@touch $@

.venv/.project: .venv/.packages pyproject.toml
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.project requirements-dev.txt
	$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@

.venv/.bench: .venv/.dev requirements-bench.txt
	$(PIP) --require-hashes -r requirements-bench.txt
	@touch $@

node_modules/.installed: package.json package-lock.json | system-parts
	npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

system-parts:
	@tests/tools/system-parts
