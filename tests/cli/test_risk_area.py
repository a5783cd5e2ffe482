"""`plumline risk` on the graph: an area in both languages, the list, what is kept, and what cannot be asked."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.calls import Demonstration, Plumline

TOWN = "350624105"


def test_an_area_is_told_in_both_languages_with_the_numbers_of_the_json(ask_demo: Plumline) -> None:
    body: dict[str, Any] = ask_demo("--json", "risk", TOWN).body
    returns = f"{body['counts']['returns']:,.2f}"
    for language, words in (("en", "Expected returns if nothing is done"), ("zh", "不采取措施时预期返贫")):
        said = ask_demo("--lang", language, "risk", TOWN)
        assert said.code == 0
        assert words in said.out
        assert returns in said.out
    assert (body["version"], body["households"]) == ("risk/1", [])


def test_the_households_with_the_highest_risk_are_listed_when_asked_for(ask_demo: Plumline) -> None:
    listed: dict[str, Any] = ask_demo("--json", "risk", TOWN, "--households").body
    risks = [each["risk"] for each in listed["households"]]
    assert len(risks) == listed["total"] == listed["counts"]["household_count"]
    assert risks == sorted(risks, reverse=True)
    few = ask_demo("risk", TOWN, "--households", "--limit", "2", "--above", "0.5").out
    assert listed["households"][0]["household_id"] in few
    assert listed["households"][2]["household_id"] not in few
    assert "At or above 0.5" in few


@pytest.mark.soak
def test_what_was_kept_is_listed_compared_with_and_can_be_taken_back(
    plumline: Plumline, demonstration: Demonstration, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(demonstration.folder, tmp_path / "data"))
    assert "No run was kept yet" in plumline("--data", folder, "risk", "--runs").out
    kept = plumline("--data", folder, "risk", TOWN, "--keep", "--day", "2026-03-01")
    assert kept.code == 0
    load_id = re.search(r"load (\S+)\.", kept.out)
    assert load_id is not None
    runs: dict[str, Any] = plumline("--data", folder, "--json", "risk", "--runs").body
    (run,) = runs["runs"]
    assert (run["area_id"], run["data_on"]) == (TOWN, "2026-03-01")
    body: dict[str, Any] = plumline("--data", folder, "--json", "risk", TOWN).body
    change = body["changed_since"]
    # Nothing was loaded since, so nothing changed.
    assert change["run_id"] == run["run_id"]
    assert change["then"] == pytest.approx(change["now"])
    assert sum(part["returns"] for part in change["parts"]) == pytest.approx(0.0)
    assert "Why it changed since 2026-03-01" in plumline("--data", folder, "risk", TOWN).out
    assert plumline("--data", folder, "withdraw", load_id.group(1), "--why", "a trial").code == 0
    assert plumline("--data", folder, "--json", "risk", "--runs").body["runs"] == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["risk", "999"], "no Area with the id 999"),
        (["risk", TOWN, "--above", "2"], "2 is not a share"),
        (["risk", "--runs", "--keep"], "goes with no other option"),
        (["risk", TOWN, "--findings", "x.csv"], "the households are those of the file"),
        (["risk", "--target", "O06"], "plumline risk"),
    ],
)
def test_what_cannot_be_asked_is_told(ask_demo: Plumline, arguments: list[str], words: str) -> None:
    said = ask_demo(*arguments)
    assert said.code == 2
    assert words in said.err
