# Needs Python 3.11 or later, make, and PyPI once. Everything is kept in .venv.
.DEFAULT_GOAL := help
.PHONY: help run test quick mixed bench clean

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-6s %s\n", $$1, $$2}' Makefile

run: $(READY) ## summarize the example talks into notes/, with no key and no model
	$(BIN)/vidgist run --from-file examples/talks.txt -o notes --model offline:
	@echo "The notes are in notes/:"
	@ls -1 notes

test: $(READY) ## every gate and every test that can run on this machine
	@PYTHON=$(BIN)/python sh scripts/check

PURE := $(addprefix tests/unit/,text evidence readers notes writers drawing llm commands)

quick: $(READY) ## lint, and the tests of the rooms without network and threads, in a minute
	@$(BIN)/python -m ruff check --quiet .
	@$(BIN)/python -m pytest -q -n auto $(PURE) tests/golden

mixed: $(READY) ## YouTube, a podcast, a page, media and files in one batch, all on this machine
	$(BIN)/python -m pytest tests/e2e/test_mixed.py -q

bench: $(READY) ## measure start-up, overhead, throughput, memory and resume
	$(BIN)/python -m benchmarks.run

clean: ## remove the environment and all caches
	rm -rf .venv build dist .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "vidgist needs Python 3.11 or later; name one with: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install -q -e . --group dev
	@touch $@
