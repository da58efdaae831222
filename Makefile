# Conveniences for maintainers. Nothing here is needed: `python3 -m portal demo` and `python3 -m portal test` are enough.
PYTHON = .venv/bin/python
UV ?= $(or $(shell command -v uv),build/uv/bin/uv)
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --custom-compile-command "make lock"

.PHONY: demo test full-test lint format lock upgrade-lock wheel messages

demo:
	python3 -m portal demo

test:
	python3 -m portal test

# Every example of every property, and every browser journey on both databases: an hour on two cores.
full-test:
	SONGGANG_TESTS=full python3 -m portal test

lint:
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy
	$(PYTHON) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"

format:
	$(PYTHON) -m ruff check --fix
	$(PYTHON) -m ruff format

# After a change of dependencies in pyproject.toml. Versions that still fit stay as they are.
# lock.txt has everything with hashes; constraints.txt has what the portal itself runs on, at the same versions.
lock: $(filter build/%,$(UV))
	$(COMPILE) --generate-hashes --no-annotate --group test --group browser --output-file requirements/lock.txt pyproject.toml
	$(COMPILE) --no-annotate --constraint requirements/lock.txt --output-file requirements/constraints.txt pyproject.toml

build/uv/bin/uv:
	python3 -m venv build/uv
	build/uv/bin/pip install --quiet uv

# The same with the newest versions of everything.
upgrade-lock: $(filter build/%,$(UV))
	rm -f requirements/lock.txt requirements/constraints.txt
	$(MAKE) lock

wheel:
	$(PYTHON) -m hatchling build -t wheel

# Collect the words to be translated, and compile the translations.
messages:
	$(PYTHON) -m babel.messages.frontend extract -k say -k lazy_gettext -k __ --no-location --sort-output -F portal/translations/babel.cfg -o portal/translations/messages.pot .
	$(PYTHON) -m babel.messages.frontend update --no-fuzzy-matching --ignore-obsolete -i portal/translations/messages.pot -d portal/translations
	$(PYTHON) -m babel.messages.frontend compile -d portal/translations
