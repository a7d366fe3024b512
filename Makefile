# The two commands: `make demo` shows the main job at work, `make test` runs every check. Both set up what they need.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DEMO ?= demo-desk

.PHONY: demo test lint types docs bench clean lock

demo: $(VENV)/run.done
	@DEMO="$(DEMO)" BIN="$(BIN)" sh ./demo.sh

test: $(VENV)/test.done
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python -m mkdocs build --strict --site-dir $(VENV)/site
	$(BIN)/python -m pytest

lint: $(VENV)/test.done
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/bench.done
	$(BIN)/python benchmarks/run.py

lock:
	requirements/lock

clean:
	rm -rf $(VENV) $(DEMO) $(DEMO)-keys $(DEMO)-site $(DEMO)-kit

# Installing the larger lock over the smaller one is fine; the other way round nothing is taken out.
$(VENV)/%.done: requirements/%.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "factdesk needs Python 3.11 or newer; name one with PYTHON=..." >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$*.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@
