"""The names of codes, such as grades and kinds of contract, in both languages."""

from __future__ import annotations

from graph_schema import Schema
from graph_schema.messages import Label


def code_label(schema: Schema, code: str, *code_lists: str) -> Label:
    """Return the name of a code, from the first of the lists that has it; the code itself where none has."""
    for code_list in code_lists:
        for entry in schema.code_list(code_list).codes:
            if entry.code == code:
                return Label(en=entry.label.en, zh=entry.label.zh)
    return Label(en=code, zh=code)
