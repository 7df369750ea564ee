# Thin targets over ordinary commands; the README shows those too.
VENV   ?= .venv
BIN     = $(VENV)/bin
PYTHON ?= python3

.PHONY: site serve quick test soak check bench engines oldest newest fuzz coverage mutants dist lock format clean

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
	BRIEFING_SOAK=1 $(BIN)/python -m pytest -n auto --dist worksteal -m "soak or full"

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

# the tests that stay in one process, with the oldest Python and packages that pyproject.toml allows
oldest:
	$(MAKE) .venv-oldest/.dev VENV=.venv-oldest PYTHON="$$($(PYTHON) -m tests.pythons oldest)"
	.venv-oldest/bin/python -m pip install --quiet --no-deps --require-hashes -r requirements/oldest.txt
	.venv-oldest/bin/python -m pytest -n auto --dist worksteal -m quick

# the same with the newest Python that this machine has
newest:
	$(MAKE) quick VENV=.venv-newest PYTHON="$$($(PYTHON) -m tests.pythons newest)"

# for as long as asked: make fuzz SECONDS=3600
SECONDS ?= 600
fuzz: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements/fuzz.txt
	$(BIN)/python -m tests.fuzz --seconds $(SECONDS)

# what the tests reach of the program, and what nothing reaches: less than 95 % fails; of a part of the tests, with
# make coverage TESTS="-m quick", it only says so
TESTS ?=
coverage: $(VENV)/.dev
	rm -rf .cache/coverage && mkdir -p .cache/coverage
	$(BIN)/python -m coverage run -m pytest -n auto --dist worksteal $(TESTS)
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report --skip-covered --sort=miss $(if $(TESTS),--fail-under=0)

# small changes of what the promise rests on that tests should notice; make mutants MUTANTS="--number 300 --only numbers"
MUTANTS ?=
mutants: $(VENV)/.dev
	nice -n 10 $(BIN)/python -m tests.mutants $(MUTANTS)

# what is released: the package, and the list of all that it is made with (CycloneDX)
dist: $(VENV)/.dev
	$(BIN)/python -m build --no-isolation --outdir dist
	$(BIN)/python -m tests.materials dist/sbom.cdx.json

# writes requirements/*.txt anew with uv: the newest versions that pyproject.toml allows and, in oldest.txt, the oldest
# of those that it names
COMPILE = uv pip compile --quiet --upgrade --generate-hashes --no-header --no-annotate --python-version 3.10
USED    = pyproject.toml --extra docx --extra pdf --extra subtitles --extra ingest --extra references --extra search
lock:
	mkdir -p .cache
	$(COMPILE) --universal requirements/build.in -o requirements/build.txt
	$(COMPILE) --universal pyproject.toml --extra dev -o requirements/dev.txt
	grep -o 'atheris.*"' pyproject.toml > .cache/fuzz.in && $(COMPILE) --universal --no-deps .cache/fuzz.in -o requirements/fuzz.txt
	$(COMPILE) $(USED) --resolution lowest-direct -o .cache/oldest.txt
	$(COMPILE) $(USED) --no-deps -c .cache/oldest.txt -o requirements/oldest.txt

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf site .cache build dist

$(VENV)/.pip: requirements/build.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/build.txt
	touch $@

$(VENV)/.site: $(VENV)/.pip pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.pip pyproject.toml requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-build-isolation --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-build-isolation --no-deps --editable .
	touch $@ $(VENV)/.site
