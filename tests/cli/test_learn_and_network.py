"""`plumline learn` and `plumline network` on the demonstration, in both languages."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from graph_schema import Schema
from ledger import Ledger
from tests.analysis.learning.kept import keep, learned_county
from tests.cli.calls import Demonstration, Plumline, Said

COUNTY, EXPERTS = "350624", "vocabulary-1"
LEARNED, FOR_ALL = "learned-350624-2026-04-20", "learned-all-2026-04-20"


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for reports."""
    return tmp_path_factory.mktemp("reports")


@pytest.fixture
def with_version(demonstration: Demonstration, plumline: Plumline, tmp_path: Path, schema: Schema) -> Plumline:
    """Return what calls the program on a copy of the demonstration with versions for the county and for all."""
    data = Path(shutil.copytree(demonstration.folder, tmp_path / "copy"))
    ledger = Ledger.open(data, schema)
    keep(ledger, schema, learned_county(schema, COUNTY, date(2026, 4, 20)))
    keep(ledger, schema, learned_county(schema, "all", date(2026, 4, 20)), is_for_all=True)

    def call(*arguments: str | Path) -> Said:
        return plumline("--data", data, *arguments)

    return call


def test_the_demonstration_has_too_few_and_says_so(ask_demo: Plumline, reports: Path) -> None:
    report, network = reports / "report.md", reports / "network.yaml"
    said = ask_demo("learn", COUNTY, "--keep", "--report", report, "--out", network)
    assert said.code == 0
    assert "Too few: no link has at least 20 households" in said.out
    assert "Nothing was learned, so no version is kept." in said.out
    text = report.read_text(encoding="utf-8")
    assert "This rests on made-up data." in text
    assert "| K26 |" in text
    assert "version:" in network.read_text(encoding="utf-8")
    # What is there is not overwritten.
    again = ask_demo("learn", COUNTY, "--out", network)
    assert (again.code, "is there already" in again.err) == (2, True)


def test_it_is_told_in_chinese(ask_demo: Plumline, reports: Path) -> None:
    report = reports / "report.html"
    said = ask_demo("--lang", "zh", "learn", COUNTY, "--report", report)
    assert "户数过少" in said.out
    assert "基于虚构数据" in report.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("learn", "999999"), "999999"),
        (("learn", COUNTY, "--from", "2026-04-01"), "a whole year has to lie between"),
        (("learn", COUNTY, "--report", "report.doc"), "its name has to end in"),
        (("learn", COUNTY, "--out", "network.txt"), ".yaml"),
        (("learn", COUNTY, "--report", "nowhere/report.md"), "is not there"),
        (("network", "--version", "nobody"), "There is no version nobody"),
        (("network", "--adopt", "nobody", "--reason", "x"), "There is no version nobody"),
        (("network", "--adopt", LEARNED), "why the version is adopted"),
        (("network", "--reason", "x"), "belong to --adopt"),
        (("network", "--adopt", EXPERTS, "--reason", "x"), "is in use already"),
    ],
)
def test_what_cannot_be_done_is_said(ask_demo: Plumline, arguments: tuple[str, ...], told: str) -> None:
    said = ask_demo(*arguments)
    assert said.code == 2
    assert told in said.err


@pytest.mark.soak
def test_a_version_is_adopted_with_a_reason_and_left_again(with_version: Plumline) -> None:
    before = with_version("network", "--json").body
    assert (before["in_use"], len(before["versions"])) == (EXPERTS, 3)  # type: ignore[arg-type]

    adopted = with_version("network", "--adopt", FOR_ALL, "--reason", "the meeting of May")
    assert f"{FOR_ALL} is in use from 2026-04-20 on." in adopted.out
    assert "the meeting of May" in adopted.out
    explained = with_version("explain", "3506241052030007", "--json").body
    assert (explained["network_version"], explained["is_learned"]) == (FOR_ALL, True)

    twice = with_version("network", "--adopt", FOR_ALL, "--reason", "again")
    assert (twice.code, "is in use already" in twice.err) == (2, True)

    assert with_version("network", "--adopt", EXPERTS, "--reason", "a mistake").code == 0
    assert with_version("network", "--json").body["in_use"] == EXPERTS


@pytest.mark.soak
def test_a_version_of_one_county_is_not_used_for_a_graph_of_several(with_version: Plumline) -> None:
    # The demonstration holds households of a survey elsewhere too.
    adopted = with_version("network", "--adopt", LEARNED, "--reason", "the meeting of May", "--from", "2026-04-01")
    assert "It counts for its own area only" in adopted.out
    assert f"in version {EXPERTS}" in adopted.out
    assert with_version("network", "--adopt", LEARNED, "--reason", "again").code == 2


def test_the_network_is_shown_in_both_languages(ask_demo: Plumline) -> None:
    assert "60 causes and states, 79 links" in ask_demo("network").out
    assert "60 个原因和状态，79 条联系" in ask_demo("--lang", "zh", "network").out
