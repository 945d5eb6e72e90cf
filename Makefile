# Two commands: make run, make test. They need Python 3.11 or later and make, and set up the rest (tools/setup.py).

ifeq ($(OS),Windows_NT)
VENV_PYTHON := .venv/Scripts/python.exe
else
VENV_PYTHON := .venv/bin/python
endif

# The first of these that is Python 3.11 or later makes the virtual environment; name one with: make PYTHON=...
PYTHONS := $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python
define SET_UP
@for candidate in $(PYTHONS); do \
	if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 </dev/null; then \
		exec "$$candidate" -m tools.setup $(1); \
	fi; \
done; \
echo "Python 3.11 or later was not found (tried: $(strip $(PYTHONS)))." >&2; \
echo "Install one (Debian, Ubuntu: sudo apt-get install python3 python3-venv), or name it: make PYTHON=/path/to/python3 $(MAKECMDGOALS)" >&2; \
exit 1
endef

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test test-fast lint screenshots stills audit audit-packages bench load fuzz hostile clean

help:
	@echo "make run          set up what is missing, start the server and open the page"
	@echo "                  (make run HOST=0.0.0.0 PORT=8000 ARGS=--no-browser)"
	@echo "make test         run everything there is to check"
	@echo "make test-fast    the same without the browser tests"
	@echo "make lint         ruff, mypy, tsc and eslint only"
	@echo "make screenshots  draw the page's pictures anew, in a real Chromium"
	@echo "make stills       draw the still pictures for readers without scripts anew"
	@echo "make audit        let Lighthouse judge the page, in a real Chromium (installs it: 190 MB)"
	@echo "make audit-packages  ask PyPI and npm whether a package that is used has a known weakness"
	@echo "make fuzz         send the server 10,000 hostile requests (make fuzz ARGS='CASES SEED')"
	@echo "make hostile      measure what a learner notices of attacks; writes bench/hostile.md"
	@echo "make bench        measure training beside its peers; writes bench/results.md"
	@echo "make load         measure what one server process carries; writes bench/load.md (ARGS=--long: 20 minutes)"
	@echo "make clean        remove all that set-up made"

setup:
	$(call SET_UP,)

setup-dev:
	$(call SET_UP,--dev)

run: setup
	@exec $(VENV_PYTHON) app.py $(ARGS)

test: setup-dev
	@exec $(VENV_PYTHON) -m tools.check all

test-fast: setup-dev
	@exec $(VENV_PYTHON) -m tools.check fast

lint: setup-dev
	@exec $(VENV_PYTHON) -m tools.check lint

screenshots: setup-dev
	@CHROMIUM="$$($(VENV_PYTHON) -m tools.chromium)" || exit 1; \
	export CHROMIUM; \
	exec $(VENV_PYTHON) -m tools.screenshots $(ARGS)

stills: setup-dev
	@CHROMIUM="$$($(VENV_PYTHON) -m tools.chromium)" || exit 1; \
	export CHROMIUM; \
	exec $(VENV_PYTHON) -m tools.stills

audit: setup-dev
	@exec $(VENV_PYTHON) -m tools.audit

audit-packages: setup-dev
	@exec $(VENV_PYTHON) -m tools.audit_packages

fuzz: setup-dev
	@exec $(VENV_PYTHON) -m tests.fuzz $(ARGS)

hostile: setup-dev
	@exec $(VENV_PYTHON) -m bench.hostile $(ARGS)

bench: setup-dev
	@exec $(VENV_PYTHON) -m bench.training

load: setup-dev
	@exec $(VENV_PYTHON) -m bench.load $(ARGS)

clean:
	rm -rf .venv node_modules tools/lighthouse/node_modules tools/.pip-audit static/vendor static/.vendor-* .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
