# make chart: set up and make the charts of orgchart.toml in output/.   make test: set up and run the tests.
VENV := .venv
ORGCHART := $(VENV)/bin/orgchart
FILES := pyproject.toml tools/setup.sh

.PHONY: chart test lint types gallery bench legibility hostile score assurance lock clean

chart: $(VENV)/.drawing
	$(ORGCHART) build

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
	$(ORGCHART) render data/units.json -o docs/gallery --name seed-latn --script latn --page A4 --format svg
	$(ORGCHART) render data/units.json -o docs/gallery --name seed-english --lang en --page A4 --format svg
	$(ORGCHART) render data/units.json -o docs/gallery --name seed-two-languages --also en --page A4 --format svg
	for way in row stacks column columns both; do \
		$(ORGCHART) render docs/gallery/ways/units.json -o docs/gallery/ways --name $$way --page none --title "" \
			--legend off --arrange sector=$$way --arrange department=column --format svg || exit 1; \
	done
	for sheet in A3 A4; do \
		$(VENV)/bin/python benchmarks/ministries.py 137 --shape sectors | $(ORGCHART) render - -o docs/gallery/ministry \
			--name $$(echo $$sheet | tr A a) --page $$sheet --atlas $$([ $$sheet = A3 ] && echo never || echo auto) --format png --dpi 60 \
			|| exit 1; \
	done
	$(ORGCHART) render benchmarks/data/berlin_finance.units.json -o docs/gallery --name berlin-a3 --page A3 \
		--format png --dpi 80
	$(VENV)/bin/python tools/change_gallery.py

bench: $(VENV)/.testing
	$(VENV)/bin/python benchmarks/run.py --write
	$(VENV)/bin/python benchmarks/layout_speed.py --write
	$(VENV)/bin/python benchmarks/scale.py --write

legibility: $(VENV)/.testing
	$(VENV)/bin/python benchmarks/legibility.py --write

hostile: $(VENV)/.testing
	$(VENV)/bin/python benchmarks/hostile.py --night --write
	$(VENV)/bin/python benchmarks/label_round_trips.py 1000000 --write

score: $(VENV)/.testing
	$(VENV)/bin/python benchmarks/score.py

assurance: $(VENV)/.testing
	tools/coverage.sh

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
