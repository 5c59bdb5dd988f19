# The two commands for a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO ?= demo

# Tests and examples start hundreds of processes: each would compile every module anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: setup demo test test-postgres lint fix soak bench docs pictures dist lock clean

setup: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml constraints.txt
	@echo "Setting up $(VENV): about 80 packages are downloaded, some minutes on a slow line."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: setup
	PATH="$(CURDIR)/$(BIN):$$PATH" examples/campaign.sh $(DEMO)

test: lint
	$(BIN)/python -m pytest -n auto -m 'not soak'

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/yamllint --strict .

# The functional suite with every archive on a PostgreSQL server that pip installs, or on the one
# that HRI_TEST_SERVER=postgresql://… names; `make test` has tests/postgres.
test-postgres: setup
	HRI_TEST_SERVER=$${HRI_TEST_SERVER:-1} $(BIN)/python -m pytest -n auto -m 'not soak' \
	    tests/cli tests/duties tests/postgres

fix: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Long random, concurrent and fuzz runs, each with its counts; `make test` has their short forms.
soak: setup
	$(BIN)/python -m pytest -n auto --dist worksteal -m soak -rP

# Ratios measured side by side in one run; nothing here passes or fails.
bench: setup
	$(BIN)/python -m benchmarks

# The help of every command and the fields of every record, for whoever reads rather than asks, and
# the manual as a site in site/.
docs: setup
	$(BIN)/python docs/make_commands.py
	$(BIN)/python docs/make_fields.py
	$(BIN)/python -m mkdocs build --quiet --site-dir site

# The papers as they print, and screens of the program; needs poppler's pdftoppm and fonts-noto-cjk.
pictures: setup
	$(BIN)/python docs/make_pictures.py

# Wheel, sdist, and zips for Windows, macOS and Linux that install without a network.
dist: docs
	$(BIN)/python packaging/make_dist.py

# Pin anew what the zips hold; needs uv.
lock:
	uv pip compile pyproject.toml --extra pdf --extra screen --universal --generate-hashes --no-header \
	    --no-annotate --python-version 3.11 -c constraints.txt -o packaging/requirements.txt
	echo pip | uv pip compile - --universal --generate-hashes --no-header --no-annotate \
	    --python-version 3.11 -o packaging/bootstrap.txt

clean:
	rm -rf $(VENV) $(DEMO) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
