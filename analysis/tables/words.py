"""The names of tables and columns in both languages, from `words.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from graph_schema.messages import Label
from graph_schema.yaml_text import read_yaml

MADE_UP = "is_made_up"


def table_label(name: str) -> Label:
    """Return the name of a table."""
    return _words()["tables"][name]


def column_label(code: str) -> Label:
    """Return the header of a column."""
    return _words()["columns"][code]


def cell_word(code: str) -> Label:
    """Return a word that stands in cells, such as yes and no."""
    return _words()["cells"][code]


@cache
def _words() -> Mapping[str, Mapping[str, Label]]:
    told = read_yaml((files("analysis.tables") / "words.yaml").read_text(encoding="utf-8"))
    return {part: {code: Label(**label) for code, label in entries.items()} for part, entries in told.items()}
