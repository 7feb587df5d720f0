# Everything runs from .venv, which is made with the standard library's venv and pip, with the exact
# versions in locks/, each checked by its hash, and rebuilt only when those or pyproject.toml change.
PYTHON ?= python3
BIN := .venv/bin
# One more than there are cores: some tests wait for programs that they have started. Each worker
# reads all tests before it begins, so that many more take longer.
WORKERS ?= $(shell expr 1 + $$(nproc 2>/dev/null || echo 2))

.PHONY: run check test lint types lock screenshots bench proof mutants clean

INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.venv/.run: pyproject.toml locks/run.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(INSTALL) --require-hashes --requirement locks/run.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.test: pyproject.toml locks/test.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(INSTALL) --require-hashes --requirement locks/test.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch .venv/.run $@

# The newest versions that pyproject.toml allows, for every Python and system that it names: to be
# tested before they are committed. Only uv looks for all of them at once.
lock:
	@test -x .venv-lock/bin/uv || $(PYTHON) -m venv .venv-lock
	@.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9,<1'
	@for kind in run test; do \
	  extra=; test $$kind = run || extra='--extra test'; \
	  .venv-lock/bin/uv pip compile --quiet --upgrade --universal --generate-hashes \
	    --python-version 3.11 --no-header --no-annotate $$extra \
	    pyproject.toml locks/build.in --output-file locks/$$kind.txt || exit 1; \
	done

run: .venv/.run
	@$(BIN)/rounds

# Half a minute: before each commit. SINCE=main looks at all that has changed since main.
check: lint types
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $$($(BIN)/python tests/touched.py $(SINCE))

# A good three minutes: everything, in the short form. PYTEST="-p randomly" takes it in random order.
test: .venv/.test
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(PYTEST)

lint: .venv/.test
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: .venv/.test
	@$(BIN)/mypy

screenshots: .venv/.test
	@ROUNDS_DRAW=1 $(BIN)/python -m pytest -q tests/tui/test_pictures.py \
	  tests/tui/cli/shells/test_manual.py tests/tui/cli/leaving/test_board_schema.py

# The programs that rounds is measured beside; one that cannot be installed is left out.
.venv-bench/.peers: tests/bench/peers.txt
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	@while read -r peer; do \
	  .venv-bench/bin/python -m pip install --quiet --disable-pip-version-check "$$peer" \
	    || echo "$$peer cannot be installed here: left out"; \
	done < tests/bench/peers.txt
	@touch $@

# BENCH="--quick --only cursor" measures less; --help tells all.
bench: .venv/.test .venv-bench/.peers
	@$(BIN)/python tests/bench --peers .venv-bench/bin/python $(BENCH)

# The long form of what `make test` runs shortly: all hostile texts, up to a thousand examples of each
# law, thousands of killed writers. Ends with a table of what was proved.
proof: .venv/.test
	@ROUNDS_PROOF=long $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --timeout 3600 \
	  --hypothesis-profile=long -m 'proof or terminal or long or hypothesis' $(PYTEST)

# Changes the rules and the use cases in thousands of small ways and sees which ones no test
# notices (hours, on one core); tests/proof/survivors.md tells why some are left.
mutants: .venv/.test
	@tests/proof/mutants

clean:
	rm -rf .venv .venv-bench .venv-lock .mutants build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
