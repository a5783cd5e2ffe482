"""`plumline export`, `backup` and `restore`, as they are typed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # it ships no type hints

from cli.bodies import StatusBody
from cli.export_bodies import BackupBody, ExportBody, RestoreBody
from tests.cli.calls import Plumline


def test_an_export_says_what_is_in_it_and_what_is_not(plumline: Plumline, small_folder: Path, tmp_path: Path) -> None:
    said = plumline("--data", small_folder, "export", tmp_path / "out", "--form", "csv")
    assert said.code == 0
    assert f"Exported to {tmp_path / 'out'}: " in said.out
    assert "Names are left out; --with-names includes them." in said.out
    assert "张某" not in (tmp_path / "out" / "nodes" / "Household.csv").read_text(encoding="utf-8")


def test_an_export_as_json_tells_the_same_as_its_manifest(
    plumline: Plumline, small_folder: Path, tmp_path: Path
) -> None:
    said = plumline("--data", small_folder, "export", "out", "--facts", "--with-names", "--day", "2026-04-20", "--json")
    body = ExportBody.model_validate_json(said.out)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert [file.model_dump() for file in body.files] == manifest["files"]
    assert (body.form, str(body.day), body.ledger_version, body.is_whole) == ("parquet", "2026-04-20", 0, False)
    rows = {(file.holds, file.kind): file.rows for file in body.files}
    assert rows["nodes", "Household"] == rows["facts", "Household"] == 2


def test_an_export_as_of_a_day_before_the_first_load_holds_no_household(plumline: Plumline, small_folder: Path) -> None:
    said = plumline("--data", small_folder, "export", "out", "--as-of", "2021-06-01", "--facts", "--json")
    body = ExportBody.model_validate_json(said.out)
    assert (str(body.day), body.ledger_version) == ("2021-06-01", -1)
    assert "Household" not in {file.kind for file in body.files}


def test_a_whole_export_for_neo4j_bears_the_markers_of_the_graph(plumline: Plumline, small_folder: Path) -> None:
    status = StatusBody.model_validate_json(plumline("--data", small_folder, "status", "--json").out)
    said = plumline(
        "--data", small_folder, "export", "out", "--form", "neo4j", "--show-sensitive", "--with-names"
    )  # fmt: skip
    assert "neo4j-admin database import full neo4j" in said.out
    markers = Path("out/nodes/_Meta.csv").read_text(encoding="utf-8").splitlines()
    assert f'"loads",{status.graph_version},"_Meta"' in markers
    assert '"as_of",0,"_Meta"' in markers
    assert any(line.startswith('"ground",') for line in markers)
    assert status.day is not None
    assert f'"day",{status.day.toordinal()},"_Meta"' in markers


def test_a_partial_export_for_neo4j_says_that_commands_would_make_the_graph_anew(
    plumline: Plumline, small_folder: Path
) -> None:
    said = plumline("--data", small_folder, "export", "out", "--form", "neo4j")
    assert "would make the graph anew, with everything" in said.out
    assert not Path("out/nodes/_Meta.csv").exists()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--form", "xlsx"), "no_such_export_form"),
        (("--form", "graphml", "--facts"), "facts_need_tables"),
        (("--form", "neo4j", "--only-facts"), "facts_need_tables"),
        (("--gzip",), "gzip_not_for_parquet"),
    ],
)
def test_options_that_do_not_fit_are_told(
    options: tuple[str, ...], code: str, plumline: Plumline, small_folder: Path
) -> None:
    said = plumline("--data", small_folder, "export", "out", *options, "--json")
    assert (said.code, said.problem["code"]) == (2, code)
    assert not Path("out").exists()


def test_a_second_export_into_the_same_folder_is_refused(plumline: Plumline, small_folder: Path) -> None:
    plumline("--data", small_folder, "export", "out", "--only-facts")
    said = plumline("--data", small_folder, "export", "out", "--lang", "zh")
    assert said.code == 2
    assert "文件夹 out 不是空的" in said.err


@pytest.mark.parametrize("name", ["b.tar", "b"])
def test_a_backup_restores_and_goes_on(name: str, plumline: Plumline, small_folder: Path, household_file: Path) -> None:
    made = BackupBody.model_validate_json(plumline("--data", small_folder, "backup", name, "--json").out)
    assert (made.form, made.has_key, made.ledger_version) == ("tar" if name.endswith("tar") else "folder", True, 0)
    restored = RestoreBody.model_validate_json(plumline("restore", name, "--data", "again", "--json").out)
    assert (restored.data, restored.ledger_version, restored.size) == ("again", 0, made.size)
    # The same file is known, since the key made the same pseudonyms of its numbers; the graph is made anew.
    assert plumline("--data", "again", "load", household_file).code == 0
    status = StatusBody.model_validate_json(plumline("--data", "again", "status", "--json").out)
    assert (status.nodes["Household"], status.ledger_version, status.graph_version) == (2, 0, 0)


def test_a_check_of_a_backup_writes_nothing(plumline: Plumline, small_folder: Path) -> None:
    plumline("--data", small_folder, "backup", "b.tar")
    said = plumline("restore", "--check", "b.tar", "--data", "again")
    assert said.out.startswith("The backup b.tar is whole: ")
    assert not Path("again").exists()


def test_a_backup_says_what_it_holds_and_what_not(plumline: Plumline, small_folder: Path) -> None:
    said = plumline("--data", small_folder, "backup", "b.tar")
    assert "It holds the key identity.key" in said.out
    assert "Not in it: the graph, which is made again from the ledger, and the files of rejected rows." in said.out
    said = plumline("--data", small_folder, "backup", "without.tar", "--without-key")
    assert "It does not hold the key identity.key" in said.out
    assert "put yours into the data folder" in plumline("restore", "without.tar", "--data", "again").out


def test_a_lost_key_is_told_before_a_backup_is_made_without_it(plumline: Plumline, small_folder: Path) -> None:
    (small_folder / "identity.key").unlink()
    said = plumline("--data", small_folder, "backup", "b.tar", "--json")
    assert said.problem["code"] == "key_missing"
    assert not Path("b.tar").exists()


def test_a_restore_over_data_is_refused(plumline: Plumline, small_folder: Path) -> None:
    plumline("--data", small_folder, "backup", "b.tar")
    said = plumline("--data", small_folder, "restore", "b.tar", "--json")
    assert (said.code, said.problem["code"]) == (2, "restore_not_empty")


def test_what_is_no_backup_is_told_in_both_languages(plumline: Plumline, small_folder: Path) -> None:
    shutil.copy(small_folder / "graph" / "graph.kgl", "b.tar")
    assert "b.tar is no whole backup" in plumline("restore", "b.tar", "--data", "again").err
    assert "b.tar 不是完整的备份" in plumline("restore", "b.tar", "--data", "again", "--lang", "zh").err


def test_a_restore_for_a_graph_on_a_server_asks_for_a_rebuild(plumline: Plumline, small_folder: Path) -> None:
    plumline("--data", small_folder, "backup", "b.tar")
    said = plumline("--graph", "bolt://127.0.0.1:1", "restore", "b.tar", "--data", "again")
    assert "Run plumline rebuild now" in said.out


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("export", ("export", "out")), ("backup", ("backup", "b.tar")), ("restore", ("restore", "s.tar", "--check"))],
)
def test_the_bodies_have_the_form_of_their_schema(
    name: str, arguments: tuple[str, ...], plumline: Plumline, small_folder: Path
) -> None:
    plumline("--data", small_folder, "backup", "s.tar")
    schema = plumline("json-schema", name).body
    body = plumline("--data", small_folder, *arguments, "--json").body
    assert Draft202012Validator(schema).is_valid(body)
