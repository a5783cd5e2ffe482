"""Asking the schema for a noun, and what it derives."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import cast

import pytest

from graph_schema import Schema, SchemaError

ASKED = [
    ("node_kind", "Household"),
    ("relationship_kind", "MEMBER_OF"),
    ("code_list", "grade"),
    ("cause", "M02"),
    ("link", "K01"),
    ("indicator", "I01"),
    ("measure", "B38"),
    ("product", "green_plum"),
    ("feed", "trade"),
    ("fact_table", "SupplyLot"),
]


@pytest.mark.parametrize(("question", "name"), ASKED)
def test_a_noun_is_found_by_its_name(schema: Schema, question: str, name: str) -> None:
    ask = cast("Callable[[str], object]", getattr(schema, question))

    assert ask(name) is not None


@pytest.mark.parametrize("question", [question for question, _ in ASKED])
def test_a_noun_that_is_not_there_is_refused_by_name(schema: Schema, question: str) -> None:
    ask = cast("Callable[[str], object]", getattr(schema, question))

    with pytest.raises(SchemaError, match="Nothing"):
        ask("Nothing")


def test_the_graph_holds_the_properties_of_a_kind_and_whether_it_is_made_up(schema: Schema) -> None:
    names = [entry.name for entry in schema.graph_properties("Cooperative")]

    assert names == ["name", "credit_grade", "member_count", "closed_on", "is_made_up"]


def test_the_vocabulary_is_never_made_up(schema: Schema) -> None:
    assert "is_made_up" not in {entry.name for entry in schema.graph_properties("Cause")}


def test_a_relationship_that_only_the_graph_has_is_closed_by_a_day(schema: Schema) -> None:
    assert [entry.name for entry in schema.graph_properties("MEMBER_OF")] == ["share_fen", "ended_on"]
    assert [entry.name for entry in schema.graph_properties("AFFECTED_BY")] == [
        "severity",
        "confidence",
        "status",
        "onset_on",
        "ended_on",
    ]


@pytest.mark.parametrize("name", ["FROM_FEED", "PART_OF", "SIGNS"])
def test_other_relationships_hold_only_their_own_properties(schema: Schema, name: str) -> None:
    assert schema.graph_properties(name) == ()


def test_a_feed_fills_its_kinds_and_the_relationships_that_begin_there(schema: Schema) -> None:
    filled = schema.kinds_filled_by("trade")

    assert {"SupplyLot", "Demand", "Contract", "Observation", "POOLED_IN", "PLACED_IN"} <= set(filled)
    assert "Enterprise" not in filled


def test_a_feed_of_one_property_fills_its_kind_but_none_of_its_relationships(schema: Schema) -> None:
    assert schema.kinds_filled_by("disability") == ("Person", "Observation")


def test_no_feed_fills_the_vocabulary_from_a_file(schema: Schema) -> None:
    assert not any(schema.is_vocabulary(kind) for feed in schema.feeds for kind in schema.kinds_filled_by(feed))
    assert schema.is_vocabulary("LEADS_TO")
    assert not schema.is_vocabulary("TARGETS")


def test_the_schema_goes_to_another_process_as_it_is(schema: Schema) -> None:
    assert pickle.loads(pickle.dumps(schema)) == schema  # noqa: S301 - our own bytes


def test_the_nouns_load_without_any_engine_frame_or_web() -> None:
    # With only pydantic and PyYAML installed the import must work.
    program = (
        "import sys; from graph_schema import load_schema; load_schema();"
        "print([name for name in ('neo4j', 'kglite', 'deltalake', 'pyarrow', 'pandas', 'numpy', 'networkx', 'fastapi',"
        " 'xlsxwriter') if name in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603 - our own words

    assert ended.stdout.strip() == "[]"
