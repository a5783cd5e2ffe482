"""The words of the product, one per thing."""

from __future__ import annotations

from importlib.resources import files

import yaml

from graph_schema.printers.markdown import table
from graph_schema.printers.words import Words


def word_lines(words: Words) -> list[str]:
    """Return every word of the product with its meaning, from `glossary.yaml`."""
    text = (files("graph_schema.printers") / "glossary.yaml").read_text(encoding="utf-8")
    entries = yaml.safe_load(text).values()
    rows = ([entry["word"][words.language], entry["meaning"][words.language]] for entry in entries)
    return table(words.all(("word", "meaning")), rows)
