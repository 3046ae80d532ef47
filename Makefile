# make demo    everything from a fresh clone to a running site with sample content
# make test    the whole test suite, on SQLite and PostgreSQL
# make fuzz    ten times the operations that tests make from the schema; FUZZ=100000 for still more
# make bench   the benchmark, in some ten minutes; BENCH=--help for a shorter one, and for growth
# make lock    write the locks anew from pyproject.toml
#
# `make demo PYTHON=/path/to/python` chooses the interpreter. Where packages come from is pip's own
# affair: set PIP_INDEX_URL or a pip.conf.

.DELETE_ON_ERROR:
.PHONY: demo test fuzz bench lock clean

VENV := .venv
PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	"$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { command -v "$$python"; break; }; done)
PIP := $(VENV)/bin/pip --disable-pip-version-check --quiet

demo: $(VENV)/.project
	@$(VENV)/bin/pressroom demo

test: $(VENV)/.project $(VENV)/.dev
	$(VENV)/bin/pytest -n auto

fuzz: $(VENV)/.project $(VENV)/.dev
	PRESSROOM_FUZZ=$(or $(FUZZ),20000) \
		$(VENV)/bin/pytest -n auto -k generated tests/schema/engine/test_differential.py

bench: $(VENV)/.project $(VENV)/.dev
	@cd tests && ../$(VENV)/bin/python -m benchmarks $(BENCH)

$(VENV)/.python:
	@if [ -z "$(PYTHON)" ]; then \
		echo 'Pressroom needs Python 3.11 or newer with venv; none was found on PATH.' >&2; \
		echo 'Name one: make demo PYTHON=/path/to/python3' >&2; \
		exit 1; \
	fi
	@echo "Making $(VENV) with $(PYTHON)"
	@"$(PYTHON)" -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.lock | $(VENV)/.python
	@echo 'Installing what Pressroom needs'
	@$(PIP) install --require-hashes --only-binary :all: -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock | $(VENV)/.runtime
	@echo 'Installing what the tests need'
	@$(PIP) install --require-hashes --only-binary :all: -r requirements-dev.lock
	@touch $@

$(VENV)/.project: pyproject.toml $(VENV)/.runtime
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

# The oldest Python that is supported needs the most packages, so its lock serves the newer ones.
LOCKER := var/locker
COMPILE := $(LOCKER)/bin/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe \
	--strip-extras --no-header --no-annotate --no-emit-options --no-emit-index-url \
	--no-emit-trusted-host --no-emit-find-links
DEV_GROUP := import tomllib; project = tomllib.load(open("pyproject.toml", "rb")); \
	print(*project["dependency-groups"]["dev"], sep="\n")

lock:
	@python3.11 -m venv $(LOCKER)
	@$(LOCKER)/bin/pip --quiet install pip-tools
	$(COMPILE) --build-deps-for editable --output-file requirements.lock pyproject.toml
	$(LOCKER)/bin/python -c '$(DEV_GROUP)' | \
		$(COMPILE) --constraint requirements.lock --output-file requirements-dev.lock -
	@! grep -nE '://|^-' requirements.lock requirements-dev.lock

clean:
	rm -rf $(VENV) var
