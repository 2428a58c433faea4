# make demo   sets up, builds invented referrals, opens the queue
# make test   sets up, runs every test
# make check  everything a change must pass
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: demo test check static format lock bench crash fuzz clean
.DEFAULT_GOAL := demo

demo: .venv/ready
	$(BIN)/workbench demo

test: .venv/ready-dev
	@tests/install_chromium.sh
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 8 --dist loadfile

check: static test

static: .venv/ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/workbench rules check

format: .venv/ready-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/ready-dev
	$(BIN)/python tests/benchmarks/import_reports.py
	$(BIN)/python -m tests.benchmarks.import_mixed $(or $(REPORTS),100000)
	$(BIN)/python tests/benchmarks/assess_all.py
	$(BIN)/python tests/benchmarks/match_terms.py $(or $(NARRATIVES),1000000)
	$(BIN)/python tests/benchmarks/network_join.py
	$(BIN)/python tests/benchmarks/match_hashes.py

# Kills an import 200 times; make crash KILLS=20 does it less often.
crash: .venv/ready-dev
	$(BIN)/python -m tests.crash_campaign $(or $(KILLS),200)

# Mutates bytes against every reader; make fuzz SECONDS=3600 does it for an hour.
fuzz: .venv/ready-dev
	$(BIN)/python -m tests.fuzz.campaign $(or $(SECONDS),600)

# Locks name no index, so that a closed network can install from a folder of wheels.
lock: .venv/bin/python
	@test -x $(BIN)/uv || $(PIP) install uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --no-annotate pyproject.toml --extra dev --extra build -o requirements-dev.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --no-annotate pyproject.toml --extra build -c requirements-dev.lock -o requirements.lock

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; run make PYTHON=/path/to/python3.11 ..."; exit 1; }
	$(PYTHON) -m venv .venv

.venv/ready: .venv/bin/python requirements.lock pyproject.toml
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/ready-dev: .venv/bin/python requirements-dev.lock pyproject.toml
	$(PIP) install --require-hashes -r requirements-dev.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch .venv/ready $@

clean:
	rm -rf .venv build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
