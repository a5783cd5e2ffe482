"""Every question gives the rows that were worked out by hand on the tiny graph, on both engines.

One file a question: `golden/<area>/<name>.yaml`, `calls: [{parameters: {...}, rows: [...]}]`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph_schema.yaml_text import read_yaml
from graph_store import GraphStore, load_queries

GOLDEN = Path(__file__).parent / "golden"
QUERIES = sorted(load_queries())


def calls_of(name: str) -> list[dict[str, object]]:
    calls: list[dict[str, object]] = read_yaml((GOLDEN / f"{name}.yaml").read_text(encoding="utf-8"))["calls"]
    return calls


@pytest.mark.parametrize("name", QUERIES)
def test_every_question_has_golden_calls(name: str) -> None:
    assert calls_of(name)


def test_no_golden_file_is_left_of_a_question_that_is_gone() -> None:
    named = {str(path.relative_to(GOLDEN).with_suffix("")) for path in GOLDEN.rglob("*.yaml")}
    assert named == set(QUERIES)


@pytest.mark.parametrize("name", QUERIES)
def test_some_golden_call_of_every_question_has_rows(name: str) -> None:
    assert any(call["rows"] for call in calls_of(name))


@pytest.mark.parametrize("name", QUERIES)
def test_a_question_gives_its_golden_rows(name: str, tiny_store: GraphStore, known_gap: Callable[[str], None]) -> None:
    known_gap(name)
    for call in calls_of(name):
        parameters = call["parameters"]
        assert isinstance(parameters, dict)
        assert tiny_store.ask(name, **parameters) == call["rows"], parameters
