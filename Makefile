# Everything here works on a fresh machine with Python 3.11 or newer: the environment is made
# when it is first needed, and again when pyproject.toml changes.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The libraries that draw charts take 86 MB: they are installed once there is a chart to draw.
CHARTS := $(if $(shell find content/visualizations -name '*.vl.json' 2>/dev/null),charts)
RUN := $(VENV)/.ready$(addprefix -for-,$(CHARTS))
TEST := $(VENV)/.ready-for-tests
ARGS ?=
# One more than there are cores, for a test that waits for its browser: each collects all tests
# and starts a browser of its own, which takes ten seconds of a core.
WORKERS = $(shell $(PYTHON) -c 'import os; print(1 + (os.cpu_count() or 1))')

.DEFAULT_GOAL := help
.PHONY: help build serve check test lint bench golden messages fonts screenshots docs-screenshots clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'
	@echo "  ARGS='…' is passed on, as in: make build ARGS='--base-url https://example.org/show/'"

build: $(RUN) ## write the site to build/
	$(BIN)/backlist build $(ARGS)

serve: $(RUN) ## preview the site with drafts; the browser reloads after every save
	$(BIN)/backlist serve $(ARGS)

check: $(RUN) ## run all checks without writing anything
	$(BIN)/backlist check $(ARGS)

test: $(TEST) ## style, types and all tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@# mypy works on one core: the tests begin beside it.
	$(BIN)/mypy & types=$$!; $(BIN)/pytest -n $(WORKERS) --dist worksteal $(ARGS); tests=$$?; \
	wait $$types || { echo "mypy: see its errors above"; exit 1; }; exit $$tests

lint: $(TEST) ## style and types only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(RUN) ## measure builds of a made archive of 1,000 episodes; ARGS='5000 --lean --serve'
	$(BIN)/python -m benchmarks.builds $(ARGS)

golden: $(TEST) ## rewrite tests/golden from tests/sites; read the difference before committing
	$(BIN)/python -m tests.golden

messages: $(TEST) ## bring the translations up to date; ARGS=nl begins another language
	$(BIN)/python -m scripts.messages $(ARGS)

fonts: $(TEST) ## make the typefaces of static/fonts again
	$(BIN)/python -m pip install --quiet --editable '.[fonts]'
	$(BIN)/python -m scripts.subset_fonts

screenshots: $(TEST) ## pictures of the pages in .cache/screenshots; ARGS='build ../other/build'
	$(BIN)/python -m benchmarks.screenshots $(ARGS)

docs-screenshots: $(TEST) ## take the screenshots that the documentation shows
	$(BIN)/python docs/screenshots.py

clean: ## remove the built site and the cache; content stays
	rm -rf build .cache dist

$(RUN): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "backlist needs Python 3.11 or newer; name it: make PYTHON=python3.12 …")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable '.$(addsuffix ],$(addprefix [,$(CHARTS)))'
	@touch $@

$(TEST): $(RUN)
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@
