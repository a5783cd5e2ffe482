"""`plumline synth`: what is written is told, and that all of it is made up."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.cli.calls import Plumline

SMALL = ("--households", "20", "--years", "1", "--seed", "3")


def test_it_says_that_all_is_made_up_where_it_is_and_how_to_load_it(plumline: Plumline, tmp_path: Path) -> None:
    said = plumline("--lang", "en", "synth", *SMALL, "county")
    assert said.code == 0
    assert "made up" in said.out
    assert "county-truth" in said.out
    assert said.out.rstrip().endswith("plumline --data county-data load --ends-all county")
    assert (tmp_path / "county" / "ORIGIN.yaml").is_file()


def test_it_says_so_in_chinese(plumline: Plumline) -> None:
    assert "虚构" in plumline("--lang", "zh", "synth", *SMALL, "county").out


def test_a_program_reads_what_was_written(plumline: Plumline, tmp_path: Path) -> None:
    body = json.loads(plumline("--json", "synth", *SMALL, "county").out)
    assert body["version"] == "synth/1"
    assert body["is_made_up"] is True
    files = [name for name in body["rows"] if not name.startswith("truth/")]
    assert body["file_count"] == len(files) == len(list((tmp_path / "county").rglob("*.csv")))
    with (tmp_path / "county" / "police.Person.2025-01-01.csv").open(encoding="utf-8", newline="") as stream:
        assert body["rows"]["police.Person.2025-01-01.csv"] == len(list(csv.DictReader(stream)))


def test_a_county_that_cannot_be_made_up_is_refused_with_those_that_can(plumline: Plumline, tmp_path: Path) -> None:
    said = plumline("--lang", "en", "synth", "--county", "110101", "county")
    assert said.code == 2
    assert "350624" in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_second_county_is_not_written_over_the_first(plumline: Plumline) -> None:
    plumline("synth", *SMALL, "county")
    said = plumline("--lang", "en", "synth", *SMALL, "county")
    assert said.code == 2
    assert "not empty" in said.err
