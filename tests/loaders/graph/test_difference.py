"""What has to be written and removed to get from one graph to another."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from loaders.difference import difference
from loaders.graph_frames import GraphFrames

DTYPES = {"id": "str", "name": "str", "count": "Int64", "share": "float64", "is_open": "boolean"}
DAYS = {"on": "datetime64[s]"}


def graph(*nodes: dict[str, object], related: tuple[tuple[str, float], ...] = ()) -> GraphFrames:
    """Return a graph of households, each node told by a few columns, and of what they are affected by."""
    columns = [*DTYPES, *DAYS, "codes"]
    rows = pd.DataFrame([dict.fromkeys(columns) | node for node in nodes], columns=columns)
    frame = rows.astype({**DTYPES, **DAYS, "codes": "object"})
    ends = [("Household", "h1", "Cause", cause, severity) for cause, severity in related]
    names = ["from_kind", "from_id", "to_kind", "to_id", "severity"]
    affected = pd.DataFrame(ends, columns=names).astype(dict.fromkeys(names[:4], "str") | {"severity": "float64"})
    return GraphFrames(nodes={"Household": frame}, relationships={"AFFECTED_BY": affected})


WHOLE: dict[str, object] = {
    "id": "h1",
    "name": "Lin",
    "count": 4,
    "share": 0.5,
    "is_open": True,
    "on": date(2025, 6, 1),
    "codes": ["A", "B"],
}


def test_equal_graphs_differ_in_nothing() -> None:
    change = difference(graph(WHOLE, {"id": "h2"}), graph(WHOLE, {"id": "h2"}))
    assert (change.nodes, change.relationships, change.removal_count) == ({}, {}, 0)


def test_a_new_node_is_written() -> None:
    change = difference(graph({"id": "h1"}), graph({"id": "h1"}, {"id": "h2"}))
    assert list(change.nodes["Household"]["id"]) == ["h2"]


def test_a_node_that_is_gone_is_removed() -> None:
    change = difference(graph({"id": "h1"}, {"id": "h2"}), graph({"id": "h2"}))
    assert (change.removed_nodes, change.nodes, change.removal_count) == ({"Household": ("h1",)}, {}, 1)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", "Chen"),
        ("count", 5),
        ("share", 0.25),
        ("is_open", False),
        ("on", date(2025, 6, 2)),
        ("codes", ["B", "A"]),
        ("name", None),
        ("count", None),
        ("share", None),
        ("is_open", None),
        ("on", None),
        ("codes", None),
    ],
)
def test_a_changed_value_is_written_both_ways(name: str, value: object) -> None:
    before, after = graph(WHOLE, {"id": "h2"}), graph({**WHOLE, name: value}, {"id": "h2"})
    assert [list(difference(*pair).nodes["Household"]["id"]) for pair in ((before, after), (after, before))] == [
        ["h1"],
        ["h1"],
    ]


def test_a_changed_node_is_written_whole() -> None:
    change = difference(graph(WHOLE), graph({**WHOLE, "count": 5}))
    assert (change.nodes["Household"]["name"].iloc[0], change.nodes["Household"]["count"].iloc[0]) == ("Lin", 5)


def test_relationships_are_compared_by_both_ends() -> None:
    change = difference(
        graph(related=(("H01", 0.6), ("H02", 0.6), ("H03", 0.6))),
        graph(related=(("H02", 0.8), ("H03", 0.6), ("H04", 0.6))),
    )
    written, removed = change.relationships["AFFECTED_BY"], change.removed_relationships["AFFECTED_BY"]
    assert (list(written["to_id"]), list(removed["to_id"])) == (["H02", "H04"], ["H01"])


def test_a_kind_that_one_graph_lacks_counts_as_empty() -> None:
    empty = GraphFrames(nodes={}, relationships={})
    change = difference(graph({"id": "h1"}), empty)
    assert change.removed_nodes == {"Household": ("h1",)}
    assert list(difference(empty, graph({"id": "h1"})).nodes["Household"]["id"]) == ["h1"]
