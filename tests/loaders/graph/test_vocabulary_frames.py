"""The vocabulary in the graph."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd
import pytest

from graph_schema import Schema
from loaders.projection.vocabulary import vocabulary_nodes, vocabulary_relationships
from policy import Policy
from tests.loaders.graph.written_facts import DAY, plain


@pytest.fixture(scope="module")
def nodes(schema: Schema) -> dict[str, pd.DataFrame]:
    return vocabulary_nodes(schema)


@pytest.fixture(scope="module")
def relationships(schema: Schema, policy: Policy) -> dict[str, pd.DataFrame]:
    return vocabulary_relationships(schema, policy, day=DAY)


def row(frame: pd.DataFrame, **keys: str) -> dict[str, object]:
    for name, value in keys.items():
        frame = frame[frame[name] == value]
    (only,) = frame.to_dict("records")
    return {str(name): plain(cell) for name, cell in only.items()}


def test_a_cause_has_both_names_and_its_leaks(nodes: dict[str, pd.DataFrame]) -> None:
    cause = row(nodes["Cause"], id="H01")
    assert (cause["name_zh"], cause["is_sensitive"], cause["leak"]) == ("大病", True, 0.001)


def test_a_noun_without_a_source_has_none(nodes: dict[str, pd.DataFrame]) -> None:
    assert row(nodes["Indicator"], id="I39")["source"] is None


def test_the_vocabulary_carries_its_version(nodes: dict[str, pd.DataFrame], schema: Schema) -> None:
    assert {version for frame in nodes.values() for version in frame["version"]} == {schema.version}


def test_a_link_keeps_its_amplifiers_as_text(relationships: dict[str, pd.DataFrame]) -> None:
    link = row(relationships["LEADS_TO"], link_id="K71")
    assert json.loads(str(link["amplified_by"])) == [{"cause": "F06", "factor": 2.0}]


def test_feedback_links_are_marked(relationships: dict[str, pd.DataFrame]) -> None:
    links = relationships["LEADS_TO"]
    assert sorted(links.loc[links["is_feedback"], "link_id"]) == ["KF1", "KF2", "KF3"]


def test_a_rule_tells_the_number_it_compares_with(relationships: dict[str, pd.DataFrame]) -> None:
    rule = row(relationships["EVIDENCES"], from_id="I03b", to_id="H07")
    assert (rule["rule_id"], rule["rule"], rule["confidence"]) == ("I03b-H07", ">= 0.4", 1.0)


def test_a_rule_for_any_cause_stands_once_for_each(relationships: dict[str, pd.DataFrame]) -> None:
    named = relationships["EVIDENCES"].loc[relationships["EVIDENCES"]["from_id"] == "I30", "to_id"].tolist()
    assert (len(named), len(set(named)), [cause for cause in named if cause.startswith("O")]) == (54, 54, [])


def test_a_measure_against_a_link_ends_at_its_first_cause(relationships: dict[str, pd.DataFrame]) -> None:
    measure = row(relationships["MITIGATES"], from_id="B02")
    assert (measure["to_id"], measure["link_id"], measure["effect"]) == ("H01", "K01", 0.7)


def test_a_measure_against_a_cause_names_no_link(relationships: dict[str, pd.DataFrame]) -> None:
    measure = row(relationships["MITIGATES"], from_id="B50")
    assert (measure["to_id"], measure["link_id"]) == ("A05", None)


@pytest.mark.parametrize(("measure_id", "grade"), [("B46", "A"), ("B30", "C"), ("B07", "P")])
def test_a_measure_has_the_grade_of_its_best_source(
    relationships: dict[str, pd.DataFrame], measure_id: str, grade: str
) -> None:
    assert row(relationships["MITIGATES"], from_id=measure_id)["evidence_grade"] == grade


def test_a_feed_supplies_its_indicators(relationships: dict[str, pd.DataFrame]) -> None:
    supplies = relationships["SUPPLIES"]
    assert sorted(supplies.loc[supplies["from_id"] == "disability", "to_id"]) == ["I14c", "I33"]


def test_the_number_of_a_rule_is_that_of_the_day(schema: Schema, policy: Policy) -> None:
    assert vocabulary_relationships(schema, policy, day=date(2021, 1, 1))["EVIDENCES"]["rule"].notna().all()
