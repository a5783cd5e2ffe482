# Every target makes what it needs. A machine needs Python 3.11 or later, make and its package index.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test soak check format print neo4j clean

# Two counties in a graph and three questions answered. Needs no Java, Docker or Node.
demo: $(VENV)/.plumline-demo
	$(BIN)/plumline demo

# Everything that is true of the product, on the embedded engine and, where Java and Maven are, on a real Neo4j.
# Two processes share the tests; each module's, and all on Neo4j, stay together.
test: $(VENV)/.plumline-dev
	$(BIN)/python -m pytest -m "not soak" -p no:cacheprovider --numprocesses 2 --dist loadgroup

# What takes longer than `make test` may: more than an hour, two processes as there.
soak: $(VENV)/.plumline-dev
	$(BIN)/python -m pytest -m soak -p no:cacheprovider --numprocesses 2 --dist loadgroup

# Format, lint, types and the direction of imports.
check: $(VENV)/.plumline-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.plumline-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The dictionary, the feed templates and the JSON Schema, printed anew from the YAML.
print: $(VENV)/.plumline-dev
	$(BIN)/python -m graph_schema.printers docs

# The same Neo4j that the tests use, for a person: on 127.0.0.1:7687, data in .neo4j/data. Needs Java 17 and Maven.
neo4j: $(VENV)/.plumline-dev
	$(BIN)/python -m tools.neo4j.start --port 7687 --data .neo4j/data

clean:
	rm -rf $(VENV) .neo4j dist build

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.plumline-demo: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) install --constraint constraints.txt --editable ".[html]"
	touch $@

$(VENV)/.plumline-dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) install --constraint constraints.txt --editable ".[dev]"
	touch $@ $(VENV)/.plumline-demo
