# Quaymark. Start with `make demo` or `make test`: each does all of its own set-up.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PIP_FLAGS ?=
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: setup demo test check bench load wheels format clean
.DEFAULT_GOAL := help

help:
	@echo "make demo    set up and run the site on http://127.0.0.1:8000"
	@echo "make test    set up and run every test"
	@echo "make check   format, lint, types, import contracts, templates, migrations, catalogues"
	@echo "make bench   the benchmarks, each a ratio measured in one run"
	@echo "make load    50 readers and 5 photos a second on PostgreSQL, about five minutes"
	@echo "make wheels  what a machine without internet needs, in FOLDER"

setup: .venv/.ready
	@sh .ci/browser-and-fonts
	@$(BIN)/python manage.py compile_catalogues
	@$(BIN)/python -m ml export

.venv/.ready: pyproject.toml constraints.txt
	@sh .ci/virtual-environment "$(PYTHON)" $(PIP_FLAGS)
	@touch $@

demo: setup
	@echo "== Preparing the database and loading the content"
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py load_content
	@exec $(BIN)/python manage.py demo

test: setup
	$(BIN)/pytest

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet */templates
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py compile_catalogues --check
	$(BIN)/python manage.py check

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup
	$(BIN)/pytest -q tests/bench

load: setup
	$(BIN)/python -m tests.load

FOLDER ?= build/quaymark-offline
wheels: setup
	sh deploy/wheels "$(FOLDER)"

clean:
	rm -rf .venv var
