"""Every table and column has its words, and no words are left of those that are gone."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest
import yaml

import analysis.tables

FOLDER = Path(str(analysis.tables.__file__)).parent
WORDS = yaml.safe_load((FOLDER / "words.yaml").read_text(encoding="utf-8"))
EVERY = [(part, code, label) for part, labels in WORDS.items() for code, label in labels.items()]
MOST_LETTERS_OF_A_SHEET = 31


def constants() -> set[str]:
    """Return every text of the package; of one that is put together its beginning, as in link_{...}."""
    return {
        node.value
        for path in FOLDER.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_word_is_there_in_both_languages_with_the_same_places() -> None:
    assert [code for _, code, label in EVERY if set(label) != {"en", "zh"} or not all(label.values())] == []
    places = {
        code: [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in label.values()]
        for _, code, label in EVERY
    }
    assert [code for code, (first, second) in places.items() if first != second] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_sheet_may_be_called_so(language: str) -> None:
    names = [label[language] for label in WORDS["tables"].values()]
    assert [name for name in names if len(name) > MOST_LETTERS_OF_A_SHEET or {*name} & {*"[]:*?/\\"}] == []


def test_every_word_is_used() -> None:
    told = constants()
    families = tuple(text for text in told if text.endswith("_"))
    unused = [code for _, code, _ in EVERY if code not in told and not code.startswith(families)]
    assert unused == []
