"""The tiny graph keeps the rules of the schema, so that what holds on it holds on real data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph_schema import Schema
from graph_schema.meta import Property
from graph_schema.yaml_text import read_yaml

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def nodes() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = read_yaml((HERE / "nodes.yaml").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="session")
def relationships() -> dict[str, list[dict[str, Any]]]:
    text = (HERE / "relationships.yaml").read_text(encoding="utf-8")
    found: dict[str, list[dict[str, Any]]] = read_yaml(text)
    return found


def properties_told(
    schema: Schema, *files: dict[str, list[dict[str, Any]]]
) -> Iterator[tuple[str, Property, dict[str, Any]]]:
    for file in files:
        for kind, entries in file.items():
            for entry in entries:
                for each in schema.graph_properties(kind):
                    yield kind, each, entry.get("props", {})


def test_every_kind_that_the_graph_holds_is_drawn(
    schema: Schema, nodes: dict[str, list[dict[str, Any]]], relationships: dict[str, list[dict[str, Any]]]
) -> None:
    kept = {name for name, kind in schema.node_kinds.items() if kind.kept_in != "ledger"}
    kept |= {name for name, kind in schema.relationship_kinds.items() if kind.kept_in != "ledger"}
    assert kept - set(nodes) - set(relationships) == {"MERGED_INTO"}


def test_every_code_is_one_of_its_list(
    schema: Schema, nodes: dict[str, list[dict[str, Any]]], relationships: dict[str, list[dict[str, Any]]]
) -> None:
    wrong = [
        (kind, each.name, props[each.name])
        for kind, each, props in properties_told(schema, nodes, relationships)
        if each.codes is not None and each.name in props
        for code in (props[each.name] if isinstance(props[each.name], list) else [props[each.name]])
        if code not in schema.code_list(each.codes)
    ]
    assert wrong == []


def test_what_one_feed_alone_must_know_is_known(
    schema: Schema, nodes: dict[str, list[dict[str, Any]]], relationships: dict[str, list[dict[str, Any]]]
) -> None:
    missing = {
        (kind, each.name)
        for kind, each, props in properties_told(schema, nodes, relationships)
        if each.is_required
        and each.name not in props
        and not (kind in schema.node_kinds and schema.node_kinds[kind].is_shared)
    }
    assert missing == set()


def test_no_node_on_the_many_side_has_two_open_relationships(
    schema: Schema, relationships: dict[str, list[dict[str, Any]]]
) -> None:
    for kind, entries in relationships.items():
        many = {"n:1": "from", "1:n": "to"}.get(schema.relationship_kinds[kind].cardinality)
        if many is not None:
            ends = [tuple(entry[many]) for entry in entries if "ended_on" not in entry.get("props", {})]
            assert len(ends) == len(set(ends)), kind
