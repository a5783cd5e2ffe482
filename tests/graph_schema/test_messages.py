"""Every sentence is there in both languages, with the same places to fill in."""

from __future__ import annotations

import string
from pathlib import Path

import pytest

from graph_schema.errors import SchemaError
from graph_schema.messages import Catalogue, Label
from graph_schema.yaml_text import read_yaml

ROOT = Path(__file__).parents[2]
PACKAGES = ("graph_schema", "policy", "graph_store", "ledger", "loaders", "analysis", "api", "cli")
FILES = sorted(
    path.relative_to(ROOT).as_posix() for package in PACKAGES for path in (ROOT / package).rglob("messages.yaml")
)


@pytest.mark.parametrize("file", FILES)
def test_both_languages_have_the_same_places(file: str) -> None:
    messages = read_yaml((ROOT / file).read_text(encoding="utf-8"))
    different = [
        f"{code}.{part}"
        for code, entry in messages.items()
        for part, label in entry.items()
        if len({frozenset(name for _, name, _, _ in string.Formatter().parse(label[lang]) if name) for lang in label})
        != 1
    ]

    assert different == []


@pytest.mark.parametrize("file", FILES)
def test_no_message_has_an_empty_language_or_an_unknown_part(file: str) -> None:
    messages = read_yaml((ROOT / file).read_text(encoding="utf-8"))
    faulty = [
        f"{code}.{part}"
        for code, entry in messages.items()
        for part, label in entry.items()
        if part not in ("what", "remedy") or set(label) != {"en", "zh"} or not all(label.values())
    ]

    assert faulty == []


def test_a_message_without_a_remedy_says_only_what_is() -> None:
    assert Catalogue("graph_schema").text("expected_text", {}, "zh") == "文字"


def test_a_label_among_the_fields_is_put_in_the_language_of_the_sentence() -> None:
    fields: dict[str, object] = {"file": "f", "line": 1, "key": "k", "value": 2, "expected": Label("a day", "日期")}

    assert SchemaError("wrong_value", **fields).text("zh") == "f 第 1 行：k 不能是 2。此处应填写日期。"
    assert SchemaError("wrong_value", **fields).text("en") == "f, line 1: k cannot be 2. Write a day there."
