# make chart: set up and draw data/units.json into output/.   make test: set up and run the tests.
VENV := .venv
ORGCHART := $(VENV)/bin/orgchart
FILES := pyproject.toml tools/setup.sh

.PHONY: chart test lint types gallery bench score lock clean

chart: $(VENV)/.drawing
	$(ORGCHART) render data/units.json -o output

test: $(VENV)/.testing
	$(VENV)/bin/python -m pytest -n auto

lint: $(VENV)/.testing
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .

types: $(VENV)/.testing
	$(VENV)/bin/mypy

gallery: $(VENV)/.drawing
	for style in classic print contrast; do \
		$(ORGCHART) render data/units.json -o docs/gallery --name seed-$$style --style $$style --format svg,png --dpi 110 || exit 1; \
	done

bench: $(VENV)/.testing
	$(VENV)/bin/python benchmarks/run.py --write

score: $(VENV)/.testing
	$(VENV)/bin/python benchmarks/score.py

lock:
	tools/lock.sh

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/.drawing: requirements.lock $(FILES)
	tools/setup.sh requirements.lock
	@touch $@

$(VENV)/.testing: requirements-dev.lock $(FILES)
	tools/setup.sh requirements-dev.lock
	@touch $@ $(VENV)/.drawing
