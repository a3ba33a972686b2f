# Needs Python 3.11 or newer, git and make; everything else goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The theme's notice about its own future is not about this site.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help site serve test test-time test-code test-browser check format lock chromium clean

help: ## list what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

site: $(VENV)/ready ## build the site into site/
	$(BIN)/mkdocs build --strict

serve: $(VENV)/ready ## preview at http://localhost:8000, rebuilt as you edit
	$(BIN)/mkdocs serve --livereload

test: $(VENV)/ready chromium ## all tests: lint, format, types, cases, properties, browser
	@$(MAKE) --no-print-directory test-time
	@$(MAKE) --no-print-directory --jobs=2 test-code test-browser

# By itself, since what is timed should not share its core.
test-time: $(VENV)/ready
	$(BIN)/python -m pytest -m timed tests --ignore=tests/browser

# Side by side, since browsers take most of the time.
test-code: $(VENV)/ready
	$(BIN)/python -m pytest -m "not timed" --ignore=tests/browser

test-browser: $(VENV)/ready
	$(BIN)/python -m pytest tests/browser

check: $(VENV)/ready ## prove every edition and check the vocabularies; writes nothing
	$(BIN)/python -m build_tools check

format: $(VENV)/ready ## format the code
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: ## pin the newest versions that pyproject.toml allows
	$(PYTHON) -m venv --clear .venv-lock
	.venv-lock/bin/pip install --quiet '.[dev]'
	.venv-lock/bin/pip freeze --exclude interview-archive > requirements.txt
	rm -rf .venv-lock

clean: ## remove what was built, and .venv
	rm -rf $(VENV) site .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The browser tests need Chromium; where it cannot be had they skip and say so.
chromium:
	@command -v chromium chromium-browser google-chrome >/dev/null 2>&1 \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	     && echo "installing chromium" && apt-get -qq update && apt-get -qq install -y chromium >/dev/null; } \
	|| { sudo -n true 2>/dev/null && command -v apt-get >/dev/null \
	     && echo "installing chromium" && sudo apt-get -qq update && sudo apt-get -qq install -y chromium >/dev/null; } \
	|| echo "no Chromium here and no way to install it: browser tests will skip"

$(VENV)/ready: pyproject.toml requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; try: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint requirements.txt --editable '.[dev]'
	@touch $@
