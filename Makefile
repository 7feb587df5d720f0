# Everything runs from .venv, which is made with the standard library's venv and pip and
# rebuilt only when pyproject.toml changes.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test lint types screenshots bench proof clean

.venv/.run: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/.test: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch .venv/.run $@

run: .venv/.run
	@$(BIN)/rounds

test: .venv/.test
	@$(BIN)/python -m pytest -n auto

lint: .venv/.test
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: .venv/.test
	@$(BIN)/mypy

screenshots: .venv/.test
	@ROUNDS_DRAW=1 $(BIN)/python -m pytest -q tests/tui/test_pictures.py

proof: .venv/.test
	@ROUNDS_PROOF=long $(BIN)/python -m pytest -n auto -s tests/proof tests/store/test_machine.py

clean:
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
