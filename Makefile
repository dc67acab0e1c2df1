# Everything a person does with Engage. `make help` lists it.
.DEFAULT_GOAL := help
SHELL := /bin/sh

PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export PORT
# Where it is set, every start of Python would translate every file anew: seconds each time.
unexport PYTHONDONTWRITEBYTECODE

RUN_STAMP := $(VENV)/.ready-$(shell cksum requirements.lock pyproject.toml 2>/dev/null | cksum | cut -d' ' -f1)
DEV_STAMP := $(VENV)/.ready-dev-$(shell cksum requirements-dev.lock pyproject.toml 2>/dev/null | cksum | cut -d' ' -f1)

help: ## what there is
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

setup: $(RUN_STAMP) ## make the environment that runs Engage

run: $(RUN_STAMP) ## set everything up, with the demonstration, and serve it (PORT=8000)
	@$(BIN)/engage serve --port $(PORT)

worker: $(RUN_STAMP) ## do the waiting jobs, without the web server
	@$(BIN)/engage worker

test: $(DEV_STAMP) ## the tests that need nothing but Python
	@$(BIN)/python -m pytest -n auto

test-all: $(DEV_STAMP) ## what `test` leaves out: real models, browser, accessibility, PostgreSQL
	@sh tools/test_all.sh

check: $(DEV_STAMP) ## format, lint, types, layers, translations
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/djlint engage/templates --lint --quiet
	@$(BIN)/python -m pytest -q tests/test_translations.py

format: $(DEV_STAMP) ## put the code in its usual form
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

translations: $(DEV_STAMP) ## bring the lists of words and every language up to date
	@$(BIN)/python tools/translations.py

benchmark: $(DEV_STAMP) ## measure durability, speed and size (minutes)
	@$(BIN)/python benchmarks/run_all.py

screenshots: $(DEV_STAMP) ## make the pictures of the README again
	@$(BIN)/python -m tools.screenshots

clean: ## remove the environment and the local database
	rm -rf $(VENV) instance

$(RUN_STAMP):
	@sh tools/environment.sh "$(PYTHON)" $(VENV) requirements.lock
	@touch $@

$(DEV_STAMP):
	@sh tools/environment.sh "$(PYTHON)" $(VENV) requirements-dev.lock
	@touch $@ $(RUN_STAMP)

.PHONY: help setup run worker test test-all check format translations benchmark screenshots clean
