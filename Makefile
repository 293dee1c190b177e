# Two commands matter: `make serve` shows the knowledge base, `make test` checks everything.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export NO_MKDOCS_2_WARNING := 1# Material's notice about its successor; the design has read it

.PHONY: serve site docs tutorial check test format lint types unit coverage fuzz kills faults bench doors neighbours golden shots lighthouse understanding yardsticks queries clean

serve: $(VENV)/.run ## install, build and serve on http://127.0.0.1:8000, rebuilding on every save
	$(BIN)/mkdocs serve --livereload

site: $(VENV)/.run ## build once, into site/
	$(BIN)/mkdocs build --strict

docs: $(VENV)/.run ## the documentation, into build/docs/; what is made of the program is written anew
	$(BIN)/python bench/reference.py
	$(BIN)/aikb build --strict -f docs.yml

tutorial: $(VENV)/.dev ## run the tutorial word by word with the wheel that is built of this folder, in an environment of its own
	$(BIN)/python bench/tutorial.py --wheel

check: $(VENV)/.run ## the link check alone
	$(BIN)/aikb check --strict $(ARGS)

test: format lint types unit ## everything: format, lint, types, tests in a real build, serve and browser
	@echo "all checks passed"

format: $(VENV)/.dev
	$(BIN)/ruff format --check .

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: $(VENV)/.dev
	$(BIN)/mypy

unit: $(VENV)/.dev
	$(BIN)/pytest --numprocesses=auto --dist=worksteal --durations=15 --ignore-glob='tests/adapters/test_browser*'
	$(BIN)/pytest tests/adapters/test_browser*.py  # one after the other: scrolling and hovering need a machine that keeps time

coverage: $(VENV)/.dev ## the tests, and which lines they run; it takes twice as long
	$(BIN)/pytest --numprocesses=auto --dist=worksteal --cov --cov-fail-under=90

SEED ?= 1
MINUTES ?= 10
fuzz: $(VENV)/.dev ## ten minutes of hostile words; MINUTES=60 for more, SEED=100 for others
	AIKB_FUZZ_SECONDS=$$(( $(MINUTES) * 12 )) $(BIN)/pytest -q tests/read/test_fuzz_readers.py
	$(BIN)/pytest -q tests/test_properties.py tests/render/test_gate.py --hypothesis-profile=long
	@end=$$(( $$(date +%s) + $(MINUTES) * 36 )); seed=$(SEED); while [ $$(date +%s) -lt $$end ]; do \
	  echo "4000 snippets in a browser, seed $$seed"; \
	  AIKB_FUZZ=4000 AIKB_SEED=$$seed $(BIN)/pytest -q --show-capture=no tests/adapters/test_browser_hostile.py || exit 1; \
	  seed=$$(( $$seed + 1 )); done

kills: $(VENV)/.dev ## 100 builds killed at random, full and read-only disks, three builds at once
	$(BIN)/python tests/kills.py $(ARGS)

faults: $(VENV)/.dev ## the fault corpus, each row alone and all together, beside plain MkDocs with Material
	$(BIN)/python tests/faults.py $(ARGS)

golden: $(VENV)/.dev ## rewrite the expected pages and findings of tests/cases; read the diff
	$(BIN)/pytest -q tests/test_cases.py --golden

bench: $(VENV)/.dev ## time against plain MkDocs with Material, in the same run
	$(BIN)/python bench/bench.py

doors: $(VENV)/.dev ## `aikb new` and a build on folders as people have them, beside plain Material; ARGS=-v with what it says
	$(BIN)/python bench/doors.py $(ARGS)

ways: $(VENV)/.dev ## lists, feeds, sitemap and previews of published sites, built twice; ARGS="FOLDER 1000" for a folder and for made notes
	$(BIN)/python bench/ways.py $(or $(ARGS),. 1000)

neighbours: $(VENV)/.dev ## the table of options and plugins, each built with and without aikb; ARGS=--browser opens every page in Chromium
	cd tests && ../$(BIN)/python neighbours.py $(ARGS)

understanding: $(VENV)/.dev ## precision and recall of what aikb understands, on labels; ARGS=-v names every miss
	$(BIN)/python tests/understanding/measure.py $(ARGS)

yardsticks: $(VENV)/.dev ## structure as on GitHub, and what pages lose, on the folders of ../shared/corpus; ARGS="seeds -v" for one, with differences
	$(BIN)/python bench/yardsticks.py $(ARGS)

queries: $(VENV)/.dev ## search on queries of our own, beside Material's and Pagefind's; ARGS="seeds --box -v" for a folder, typed, with misses
	cd tests && ../$(BIN)/python -m queries.measure $(ARGS)

shots: $(VENV)/.dev ## screenshots of the own knowledge base, into build/shots
	$(BIN)/python bench/shots.py

lighthouse: $(VENV)/.dev ## Lighthouse on every kind of page in both trees, median of three; ARGS="folder page/ …" for other notes; wants npm
	$(BIN)/python bench/lighthouse.py $(ARGS)

clean:
	rm -rf $(VENV) site build .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache

# Each install is marked by a file of its own when it is whole; without one, what a killed run left is made anew.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11, 5) else "aikb needs Python 3.11.5 or later; this is %s. Say which: make PYTHON=python3.12 …" % sys.version.split()[0])'
	@[ -e $(VENV)/.run ] || [ -e $(VENV)/.dev ] || { echo "making $(VENV)"; $(PYTHON) -m venv --clear $(VENV); }
	@touch $@

define install
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable "$(1)" || { echo "the packages named above could not be installed: is the network there? Without it: PIP_NO_INDEX=1 PIP_FIND_LINKS=folder-of-wheels make …" >&2; exit 1; }
endef

$(VENV)/.run: pyproject.toml constraints.txt | $(VENV)/.made
	@echo "installing aikb and what it stands on"
	$(call install,.)
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/.made
	@echo "installing aikb and its tests' tools"
	$(call install,.[dev])
	@touch $@ $(VENV)/.run
