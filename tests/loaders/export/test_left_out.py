"""What is sensitive, and names, are in an export only when they are asked for, and the manifest says so."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from graph_schema import Schema
from loaders.export.telling import telling_of
from tests.loaders.export.conftest import Desk


def ids(folder: Path, name: str) -> set[str]:
    path = folder / f"{name}.parquet"
    return {*pq.read_table(path)["id"].to_pylist()} if path.exists() else set()


def ends(folder: Path, name: str) -> set[tuple[str, str]]:
    rows = pq.read_table(folder / f"{name}.parquet").to_pylist()
    return {(row["from_id"], row["to_id"]) for row in rows}


def answers(folder: Path, name: str) -> dict[str, str]:
    rows = pq.read_table(folder / f"{name}.parquet").to_pylist()
    return {row["id"]: row["answer"] for row in rows if row["answer"]}


def all_text(folder: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.csv"))


def test_findings_help_and_observations_of_sensitive_causes_are_left_out(desk: Desk) -> None:
    folder = desk.once("parquet").request.folder
    assert ends(folder, "relationships/AFFECTED_BY") == {("h1", "M02")}
    assert ids(folder, "nodes/Assistance") == {"a-plum"}
    # I14a is sensitive; the answer to I29 that named H01 alone is gone, the other names M02 alone.
    assert answers(folder, "nodes/Observation") == {"I29-h1-2025-06-02-survey": "M02"}
    assert ids(folder, "nodes/Observation") == {"I29-h1-2025-06-02-survey"}


def test_no_relationship_leads_to_what_is_left_out(desk: Desk) -> None:
    folder = desk.once("parquet").request.folder
    nodes = {path.stem: ids(folder, f"nodes/{path.stem}") for path in (folder / "nodes").iterdir()}
    for path in (folder / "relationships").iterdir():
        for row in pq.read_table(path).to_pylist():
            assert row["from_id"] in nodes[row["from_kind"]]
            assert row["to_id"] in nodes[row["to_kind"]]


def test_the_vocabulary_stays_whole(desk: Desk, schema: Schema) -> None:
    folder = desk.once("parquet").request.folder
    assert ids(folder, "nodes/Cause") == {*schema.causes}
    assert len(ends(folder, "relationships/LEADS_TO")) == len(
        {(x.from_cause, x.to_cause) for x in schema.links.values()}
    )


def test_the_facts_leave_out_the_same(desk: Desk) -> None:
    folder = desk.once("parquet", has_graph=False, has_facts=True).request.folder
    assert not (folder / "nodes").exists()
    assert ids(folder, "facts/CauseFinding") == {"h1-M02-village-2025-06-01"}
    assert ids(folder, "facts/Assistance") == {"a-plum"}
    assert answers(folder, "facts/Observation") == {"I29-h1-2025-06-02-survey": "M02"}
    columns = pq.read_schema(folder / "facts" / "Person.parquet").names
    assert not {"name", "has_chronic_illness", "disability_grade"} & {*columns}
    assert {"birth_year", "load_id", "recorded_at", "feed"} <= {*columns}


def test_facts_are_whole_where_all_is_asked_for(desk: Desk) -> None:
    folder = desk.once("parquet", has_graph=False, has_facts=True, show_sensitive=True, with_names=True).request.folder
    for name in ("Household", "Person", "Observation", "Assistance", "Clue", "CauseFinding"):
        wanted = desk.ledger.facts(name)
        assert pq.read_table(folder / "facts" / f"{name}.parquet").cast(wanted.schema).equals(wanted), name


@pytest.mark.parametrize(
    ("asked", "seen", "hidden"),
    [
        ({}, (), ("张三", "沈某某", "says")),
        ({"with_names": True}, ("张三", "沈某某"), ("says",)),
        ({"show_sensitive": True}, (), ("张三", "沈某某", "says")),
        ({"show_sensitive": True, "with_names": True}, ("张三", "沈某某", "says"), ()),
    ],
)
def test_names_and_free_texts_need_to_be_asked_for(
    asked: dict[str, bool], seen: tuple[str, ...], hidden: tuple[str, ...], desk: Desk
) -> None:
    text = all_text(desk.once("csv", has_facts=True, **asked).request.folder)
    assert [word for word in seen if word not in text] == []
    assert [word for word in hidden if word in text] == []


def test_the_manifest_counts_what_is_left_out(desk: Desk) -> None:
    report = desk.once("parquet")
    told = json.loads((report.request.folder / "manifest.json").read_text(encoding="utf-8"))
    assert told["left_out"]["rows"]["Assistance"] == 1
    assert told["left_out"]["rows"]["Observation"] == 2
    assert {"Person.name", "Person.has_chronic_illness", "Household.head_name"} <= {*told["left_out"]["properties"]}
    assert (told["is_whole"], "no_sensitive" in told["notes"], "no_names" in told["notes"]) == (False, True, True)
    whole = desk.once("parquet", show_sensitive=True, with_names=True)
    assert whole.is_whole
    assert vars(whole.left_out) == {"rows": {}, "facts": {}, "properties": []}


def test_a_partial_export_bears_no_marker_so_that_no_update_builds_on_it(desk: Desk) -> None:
    folder = desk.once("neo4j", markers={"loads": 0}).request.folder
    assert not (folder / "nodes" / "_Meta.csv").exists()
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert "import_partial" in told["notes"]


def test_a_kind_of_which_all_is_sensitive_is_left_out_whole(schema: Schema) -> None:
    telling = telling_of(schema, show_sensitive=False, with_names=True)
    hidden = {name for name in schema.node_kinds if telling.hides_kind(name)}
    assert hidden == {"IncomeComponent", "Payment"}
    assert not telling_of(schema, show_sensitive=True, with_names=False).hides_kind("Payment")


def test_a_measure_is_sensitive_by_the_cause_it_mitigates_or_the_first_of_its_link(schema: Schema) -> None:
    measures = telling_of(schema, show_sensitive=False, with_names=False).nouns["Measure"]
    # B03 mitigates H07; B02 weakens K01, which begins at H01; B37 mitigates M02, which anybody may see.
    assert {"B02", "B03"} <= measures
    assert "B37" not in measures
