# Everything sets itself up: `make review` and `make test` need Python 3.11 or newer and make.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
TRIAL  := trial
PORT   ?= 8501
# One more than there are cores: the tests in a browser wait as long as they work.
JOBS   ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')

.DEFAULT_GOAL := help
.PHONY: help setup review check fix test coverage lint format screenshots docs clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(READY) ## the virtual environment in .venv

$(READY): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; make PYTHON=/path/to/python3.11" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(TRIAL)/yijiao.toml:
	@mkdir -p $(TRIAL)/digests
	@cp data/digests/*.md $(TRIAL)/digests/
	@printf '%s\n' 'digests = "digests"' 'sources = ["../data/sources"]' 'review-dir = "review"' > $@

review: $(READY) $(TRIAL)/yijiao.toml ## the review app on a working copy of the samples (trial/)
	$(BIN)/python -m review_app $(TRIAL)/digests --port $(PORT)

check: $(READY) ## the gate on data/digests
	$(BIN)/python -m checks

fix: $(READY) $(TRIAL)/yijiao.toml ## safe fixes on the working copy of the samples
	$(BIN)/python -m checks --fix $(TRIAL)/digests

lint: $(READY) ## ruff, mypy, import layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY) ## ruff's formatting and safe fixes
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

test: lint ## everything that CI runs
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal

coverage: $(READY) ## the suite again, telling what no test runs
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal --cov --cov-report=term:skip-covered

screenshots: $(READY) ## the pictures of the documentation, from the running app (needs Chromium)
	$(BIN)/python tests/review_app/screenshots.py docs/images --light

docs: $(READY) ## the documentation site, in site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --site-dir site

clean: ## remove the trial, the environment and caches
	rm -rf site $(TRIAL) $(VENV) .yijiao_cache .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage build dist *.egg-info
