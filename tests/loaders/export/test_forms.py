"""Each form of file gives back every value, read by a reader that is not ours."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import networkx as nx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph_schema import Schema
from loaders.export.neo4j_form import import_command
from policy import Policy
from tests.loaders.export.conftest import LONG_NUMBER, ODD_TEXTS, Desk
from tests.loaders.graph.written_facts import Facts

WHOLE = {"show_sensitive": True, "with_names": True}
RAISED_AT = datetime(2025, 6, 1, 3, 4, 5, 678901, tzinfo=UTC)


def rows_of(path: Path, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def test_parquet_keeps_every_type_and_value(desk: Desk) -> None:
    folder = desk.once("parquet", **WHOLE).request.folder
    households = pq.read_table(folder / "nodes" / "Household.parquet")
    assert households.schema.field("productive_investment_fen").type == pa.int64()
    assert households.schema.field("poverty_exit_on").type == pa.date32()
    rows = {row["id"]: row for row in households.to_pylist()}
    assert [rows[f"h{number}"]["head_name"] for number in range(len(ODD_TEXTS))] == list(ODD_TEXTS)
    assert rows["h0"]["productive_investment_fen"] == LONG_NUMBER
    assert rows["h0"]["arable_mu"] == 0.1 + 0.2
    assert rows["h0"]["poverty_exit_on"] == date(1890, 1, 2)
    assert rows["h0"]["resettled_on"] is None
    programmes = {row["id"]: row for row in pq.read_table(folder / "nodes" / "Programme.parquet").to_pylist()}
    assert programmes["PR-two"]["eligible_codes"] == ["any", "migrant"]
    clue = pq.read_table(folder / "nodes" / "Clue.parquet").to_pylist()[0]
    assert clue["raised_at"] == RAISED_AT


def test_csv_keeps_every_value_and_guards_what_looks_like_a_formula(desk: Desk) -> None:
    folder = desk.once("csv", **WHOLE).request.folder
    assert (folder / "nodes" / "Household.csv").read_bytes().startswith(b"\xef\xbb\xbfid,head_name,")
    rows = {row["id"]: row for row in rows_of(folder / "nodes" / "Household.csv")}
    guarded = [f"'{text}" if text[:1] in ("=", "-") else text for text in ODD_TEXTS]
    assert [rows[f"h{number}"]["head_name"] for number in range(len(ODD_TEXTS))] == guarded
    assert rows["h0"]["productive_investment_fen"] == "9007199254740993"
    assert float(rows["h0"]["arable_mu"]) == 0.1 + 0.2
    assert rows["h0"]["poverty_exit_on"] == "1890-01-02"
    programmes = {row["id"]: row for row in rows_of(folder / "nodes" / "Programme.csv")}
    assert programmes["PR-two"]["eligible_codes"] == "any;migrant"
    assert rows_of(folder / "nodes" / "Clue.csv")[0]["raised_at"] == "2025-06-01T03:04:05.678901Z"
    assert rows_of(folder / "nodes" / "Agency.csv")[0]["name"] == "'=cmd()"


def test_graphml_is_read_back_by_networkx(desk: Desk) -> None:
    folder = desk.once("graphml", **WHOLE).request.folder
    graph = nx.read_graphml(folder / "graph.graphml")
    household = graph.nodes["Household:h1"]
    assert household["head_name"] == "line one\nline two\r\nline three\ttab"
    assert household["productive_investment_fen"] == LONG_NUMBER + 1
    assert household["was_registered_poor"] is True
    assert (household["kind"], household["arable_mu"]) == ("Household", 0.1 + 0.2)
    assert graph.nodes["Household:h8"]["head_name"] == "control �� end"
    assert graph.nodes["Household:h5"]["head_name"] == "<b>&amp;</b> ]]>"
    assert graph.edges["Household:h1", "Cause:M02"]["status"] == "confirmed"


def test_graphml_has_as_many_nodes_and_relationships_as_the_frames(desk: Desk) -> None:
    tables = desk.once("parquet", **WHOLE)
    rows = {
        holds: sum(file.rows for file in tables.files if file.holds == holds) for holds in ("nodes", "relationships")
    }
    graph = nx.read_graphml(desk.once("graphml", **WHOLE).request.folder / "graph.graphml")
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (rows["nodes"], rows["relationships"])


def test_an_id_with_signs_of_xml_still_joins_both_ends(
    desk_of: Callable[[Facts], Desk], schema: Schema, policy: Policy
) -> None:
    odd = 'a"b<&>\n\tc'
    facts = Facts(schema, policy).areas().add("Agency", id=odd, name="x", area_level="county")
    facts.add("Programme", id="P1", name="p", agency_id=odd)
    graph = nx.read_graphml(desk_of(facts).export("graphml", **WHOLE).request.folder / "graph.graphml")
    assert graph.nodes["Agency:" + odd]["id"] == odd
    assert graph.has_edge("Agency:" + odd, "Programme:P1")


def test_the_import_files_hold_texts_as_they_are_and_tell_empty_from_unknown(desk: Desk) -> None:
    folder = desk.once("neo4j", **WHOLE, markers={"loads": 0}).request.folder
    path = folder / "nodes" / "Household.csv"
    rows = {row["id:ID(Household)"]: row for row in rows_of(path, "utf-8")}
    assert [rows[f"h{number}"]["head_name:string"] for number in range(len(ODD_TEXTS))] == list(ODD_TEXTS)
    assert rows["h0"][":LABEL"] == "Household"
    lines = path.read_text(encoding="utf-8").splitlines()
    # The empty name is two quotation marks; the day that nobody knows is nothing at all.
    assert lines[0].startswith("id:ID(Household),head_name:string,member_count:long,")
    assert next(line for line in lines if line.startswith('"h6"')).startswith('"h6","",4,,,true,1890-01-02,,')
    assert rows_of(folder / "nodes" / "_Meta.csv") == [
        {"id:ID(_Meta)": "loads", "version:long": "0", ":LABEL": "_Meta"}
    ]


def test_relationships_for_the_import_stand_by_the_kinds_of_their_ends(desk: Desk) -> None:
    folder = desk.once("neo4j", **WHOLE).request.folder
    rows = rows_of(folder / "relationships" / "LIVES_IN-Household-Area.csv")
    assert len(rows) == len(ODD_TEXTS)
    assert list(rows[0]) == [
        ":START_ID(Household)",
        ":END_ID(Area)",
        "lat:double",
        "lon:double",
        "ended_on:date",
        ":TYPE",
    ]


def test_the_printed_command_names_every_file_and_the_constraints_stand_beside_it(desk: Desk) -> None:
    report = desk.once("neo4j", **WHOLE, is_gzip=True)
    command = (report.request.folder / "import.txt").read_text(encoding="utf-8")
    assert command.startswith("neo4j-admin database import full neo4j --delimiter=,")
    for file in report.files:
        option = {"nodes": "--nodes=", "relationships": "--relationships="}.get(str(file.holds))
        assert option is None or f" {option}{file.file}" in command
        assert option is None or file.file.endswith(".csv.gz")
    constraints = (report.request.folder / "constraints.cypher").read_text(encoding="utf-8")
    assert "household_id IF NOT EXISTS FOR (n:Household)" in constraints


def test_a_very_long_cell_gets_a_buffer_that_it_fits_into() -> None:
    assert not any("buffer" in option for option in import_command(["a"], [], 1_000_000))
    assert "--read-buffer-size=40000000" in import_command(["a"], [], 10_000_000)


@pytest.mark.parametrize("form", ["csv", "graphml", "neo4j"])
def test_gzip_packs_the_same_text(form: str, desk: Desk) -> None:
    plain = desk.once(form)  # type: ignore[arg-type]
    packed = desk.once(form, is_gzip=True)  # type: ignore[arg-type]
    assert sum(file.size for file in packed.files) < sum(file.size for file in plain.files)
    for file in packed.files:
        if file.file.endswith(".gz"):
            text = gzip.decompress((packed.request.folder / file.file).read_bytes())
            assert text == (plain.request.folder / file.file.removesuffix(".gz")).read_bytes()


@pytest.mark.parametrize("form", ["parquet", "csv", "graphml", "neo4j"])
def test_the_same_graph_gives_the_same_bytes(form: str, desk: Desk) -> None:
    first, second = desk.once(form), desk.export(form)  # type: ignore[arg-type]
    assert first.files == second.files


@pytest.mark.parametrize("form", ["parquet", "csv", "graphml", "neo4j"])
def test_the_manifest_tells_size_and_hash_of_every_file(form: str, desk: Desk) -> None:
    report = desk.once(form)  # type: ignore[arg-type]
    folder = report.request.folder
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert {file["file"] for file in told["files"]} | {"manifest.json", "README.txt"} == {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    }
    for file in told["files"]:
        content = (folder / file["file"]).read_bytes()
        assert (file["size"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert (told["day"], told["ledger_version"], told["is_made_up"]) == ("2025-06-30", 0, False)
    assert "pseudonyms" in told["notes"]
