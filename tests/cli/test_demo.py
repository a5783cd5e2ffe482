"""`plumline demo`: what it shows, in both languages, again on the same folder, and as JSON."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from cli.bodies import DemoBody
from tests.cli.calls import Demonstration, Plumline, Said


@pytest.fixture(scope="module")
def first_run(demonstration: Demonstration) -> Said:
    return demonstration.first_run


def test_it_says_what_is_made_up_and_what_is_real(first_run: Said) -> None:
    assert "1. A plum week in Zhao'an - made up" in first_run.out
    assert "2. 1,410 real rice-growing households" in first_run.out


def test_it_says_why_sensitive_causes_are_shown(first_run: Said) -> None:
    assert "shown here only because this household is made up" in first_run.out


def test_it_shows_two_rival_chains_of_one_household(first_run: Said) -> None:
    assert "poverty return: catastrophic health cost →" in first_run.out
    assert "rival, from another finding: unsold surplus → income below line → poverty return" in first_run.out


def test_it_shows_a_chain_that_breaks(first_run: Said) -> None:
    assert any(line.startswith("✗ ") and line.endswith("[no contract]") for line in first_run.out.splitlines())


def test_it_shows_buyers_over_the_provincial_line(first_run: Said) -> None:
    assert "普宁示例果脯厂" in first_run.out


def test_it_says_nothing_on_standard_error(first_run: Said) -> None:
    assert first_run.err == ""


def test_piped_into_a_file_it_has_no_colours_and_no_spaces_at_ends_of_lines(first_run: Said) -> None:
    assert "\x1b" not in first_run.out
    assert [line for line in first_run.out.splitlines() if line != line.rstrip()] == []


@pytest.mark.parametrize("form", ["svg", "html", "graphml"])
def test_it_writes_the_first_answer_in_other_forms(demonstration: Demonstration, form: str) -> None:
    assert (demonstration.folder / "answers" / f"cause-graph.{form}").stat().st_size > 1000


def test_what_it_says_to_try_next_works(plumline: Plumline, first_run: Said) -> None:
    commands = [shlex.split(line)[1:] for line in first_run.out.splitlines() if line.startswith("  plumline ")]
    codes = {tuple(command): plumline(*command).code for command in commands if command[-1] != "serve"}
    assert len(codes) >= 5
    assert set(codes.values()) == {0}


def test_a_second_run_skips_what_is_known(ask_demo: Plumline) -> None:
    said = ask_demo("demo", "--lang", "zh")
    assert said.code == 0
    assert "43 个文件此前已导入，跳过。" in said.out
    assert "图：已是最新，无需写入。" in said.out
    assert "疾病等敏感原因在此显示，只因该户为虚构" in said.out


def test_json_holds_every_answer_and_nothing_else_is_printed(ask_demo: Plumline) -> None:
    said = ask_demo("demo", "--json")
    body = DemoBody.model_validate_json(said.out)
    assert body.version == "demo/1"
    assert body.cause_graph.is_made_up
    assert not body.rice.is_made_up
    assert said.err == ""


def test_without_a_data_folder_it_makes_one_of_its_own(plumline: Plumline, monkeypatch: pytest.MonkeyPatch) -> None:
    # A file in its place shows which folder is meant, without loading everything once more.
    Path("plumline-demo").write_text("", encoding="utf-8")
    said = plumline("demo")
    assert said.code == 2
    assert "The folder plumline-demo cannot be written to" in said.err
