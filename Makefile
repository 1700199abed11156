# The doors of the project. `make help` lists them; set-up happens by itself, and again only when requirements change.
# Variables: PORT, ARGS, PYTHON (makes the environment), CHROMIUM (drives the browser tests), WORKERS (of pytest;
# one more than processors, because browser tests wait a third of their time).
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PORT ?= 8501
WORKERS ?= 3
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
# What runs the course, and what tests it: one stamp each.
RUN := $(VENV)/.run-installed
DEV := $(VENV)/.dev-installed
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Compiled modules are kept, whatever the environment says: servers and commands that tests start, and the next run, begin sooner.
export PYTHONDONTWRITEBYTECODE :=
WITH_CHROMIUM = CHROMIUM="$$(PYTHON=$(BIN)/python scripts/get_chromium.sh)" && export CHROMIUM

.PHONY: help run demo test e2e check bench schema

help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*## ' Makefile | awk -F ':.*## ' '{ printf "  make %-7s %s\n", $$1, $$2 }'

run: $(RUN) ## serve the course on http://localhost:8501 (PORT=8600 make run: on another port)
	@$(BIN)/python -m course db upgrade
	@COURSE_BASE_URL="$${COURSE_BASE_URL:-http://localhost:$(PORT)}" $(BIN)/python -m streamlit run streamlit_app.py --server.port $(PORT)

test: $(DEV) ## run every test, those in a browser too (ARGS="-k words": some of them)
	@$(WITH_CHROMIUM) && $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup --no-loadscope-reorder $(ARGS)

check: $(DEV) ## lint, format, types, import rules, and the content's own checks
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m course check

bench: $(DEV) ## measure what must stay fast
	@$(BIN)/python -m benchmarks $(ARGS)

e2e: $(DEV) ## run the browser tests alone
	@$(WITH_CHROMIUM) && $(BIN)/python -m pytest tests/e2e $(ARGS)

demo: $(RUN) ## fill the database with a synthetic cohort, so that every page has something to show
	@$(BIN)/python -m course demo $(ARGS)

schema: $(RUN) ## write again what is generated: quiz.schema.json and the reference pages in docs/
	@$(BIN)/python -m course schema
	@$(BIN)/python scripts/write_settings_page.py
	@$(BIN)/python scripts/write_statistics_page.py
	@$(BIN)/python scripts/write_permission_table.py

$(RUN): requirements.txt scripts/make_venv.sh
	@PYTHON="$(PYTHON)" scripts/make_venv.sh $(VENV)
	@echo "Installing what runs the course (once) ..." >&2
	@$(INSTALL) -r requirements.txt
	@touch $@

$(DEV): requirements-dev.txt $(RUN)
	@echo "Installing what tests the course (once) ..." >&2
	@$(INSTALL) -r requirements-dev.txt
	@touch $@
