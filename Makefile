# Thin targets over ordinary commands; the README shows those too.
VENV   ?= .venv
BIN     = $(VENV)/bin
PYTHON ?= python3

.PHONY: site serve quick test soak check bench engines format clean

site: $(VENV)/.site
	$(BIN)/mkdocs build --strict

serve: $(VENV)/.site
	$(BIN)/mkdocs serve

quick: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto --dist worksteal -m quick

test: $(VENV)/.dev
	sh tests/browser/install-chromium.sh
	$(BIN)/python -m pytest -n auto --dist worksteal

soak: $(VENV)/.dev
	BRIEFING_SOAK=1 $(BIN)/python -m pytest -n auto --dist worksteal -m soak

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m tests.structure
	$(BIN)/briefing check --strict
	$(BIN)/mkdocs build --strict --site-dir .cache/check-site

bench: $(VENV)/.dev
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.one_briefing
	$(BIN)/python -m tests.bench.preview
	$(BIN)/python -m tests.bench.rebase

# the newest engines and themes that can be had, beyond what pyproject.toml allows, in an environment of their own
engines:
	$(MAKE) .venv-engines/.dev VENV=.venv-engines
	.venv-engines/bin/python -m pip install --quiet --upgrade mkdocs mkdocs-material properdocs zensical
	.venv-engines/bin/python -m pip list | grep -E '^(mkdocs|mkdocs-material|properdocs|zensical) '
	BRIEFING_UNTRIED_ENGINES=1 BRIEFING_NEWEST_MATERIALX=1 .venv-engines/bin/python -m pytest tests/engines

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf site .cache build dist

$(VENV)/.pip:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	touch $@

$(VENV)/.site: $(VENV)/.pip pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.pip pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@ $(VENV)/.site
