"""The three questions on the terminal and as JSON, asked of the demonstration."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

from analysis.questions.buyers import BuyersAnswer
from analysis.questions.cause_graph import CauseGraphAnswer
from analysis.questions.chains_answer import ChainsAnswer
from loaders.synthetic.plum_week import STORY_HOUSEHOLD
from tests.cli.calls import Demonstration, Plumline

TOWN, COOPERATIVE, LOT = "350624105", "CO-TAIPING", "LT-GUANPI-1"
STORY = ("--household", STORY_HOUSEHOLD)


def test_chains_tell_whole_and_broken_ones(ask_demo: Plumline) -> None:
    said = ask_demo("chains", "--area", TOWN)
    lines = said.out.splitlines()
    assert lines[0] == f"Area 太平镇 ({TOWN}), as of 2026-04-20"
    assert any(line.startswith("✓ ") and "太平示例青梅合作社" in line for line in lines)
    assert any(line.startswith("✗ ") and line.endswith("[no contract]") for line in lines)


def test_chains_speak_chinese(ask_demo: Plumline) -> None:
    said = ask_demo("chains", "--area", TOWN, "--lang", "zh")
    assert said.out.startswith(f"地区 太平镇（{TOWN}），截至 2026-04-20\n")
    assert "[缺合同]" in said.out


def test_an_answer_says_that_its_data_are_made_up(ask_demo: Plumline) -> None:
    assert ask_demo("chains", "--area", TOWN).out.splitlines()[1].startswith("! This answer rests on made-up data")


def test_whole_chains_come_first(ask_demo: Plumline) -> None:
    said = ask_demo("chains", "--area", TOWN, "--limit", "100")
    marks = [line[0] for line in said.out.splitlines() if line[:2] in ("✓ ", "✗ ")]
    assert marks == sorted(marks)
    assert set(marks) == {"✓", "✗"}


def test_a_long_list_is_cut_and_counted(ask_demo: Plumline) -> None:
    rows = ask_demo("chains", "--area", TOWN, "--json").body["without_help"]
    assert isinstance(rows, dict)
    said = ask_demo("chains", "--area", TOWN, "--limit", "3")
    assert f"… and {int(rows['total']) - 3} more; --limit or --json shows them." in said.out


def test_json_holds_whole_lists(ask_demo: Plumline) -> None:
    answer = ChainsAnswer.model_validate_json(ask_demo("chains", "--area", "350624", "--json").out)
    assert answer.version == "chains/1"
    assert answer.households.total == len(answer.households.rows) == 300


def test_json_is_cut_only_when_asked_to(ask_demo: Plumline) -> None:
    answer = ChainsAnswer.model_validate_json(ask_demo("chains", "--area", "350624", "--json", "--limit", "7").out)
    assert len(answer.households.rows) == 7


def test_a_household_is_found_by_its_register_number(ask_demo: Plumline) -> None:
    answer = CauseGraphAnswer.model_validate_json(ask_demo("cause-graph", *STORY, "--json").out)
    again = CauseGraphAnswer.model_validate_json(ask_demo("cause-graph", "--household", answer.asked.id, "--json").out)
    assert answer == again


@pytest.mark.parametrize(
    ("arguments", "english"),
    [
        (("chains", "--household", "nobody"), "The graph holds no Household with the id nobody."),
        (("chains", "--area", "1"), "The graph holds no Area with the id 1."),
        (("chains", "--programme", "PR-X"), "The graph holds no Programme with the id PR-X."),
        (("buyers", "--lot", "LT-X"), "The graph holds no Lot with the id LT-X."),
    ],
)
def test_what_is_not_there_is_told_by_the_id_that_was_typed(
    ask_demo: Plumline, arguments: tuple[str, ...], english: str
) -> None:
    said = ask_demo(*arguments)
    assert said.code == 2
    assert english in said.err


def test_who_has_a_sensitive_cause_is_not_told(ask_demo: Plumline) -> None:
    said = ask_demo("chains", "--cause", "H01", "--json")
    assert (said.code, said.problem["code"]) == (2, "sensitive_cause_asked")


def test_sensitive_causes_are_hidden(ask_demo: Plumline) -> None:
    said = ask_demo("cause-graph", *STORY)
    assert "serious illness" not in said.out
    assert "! Sensitive causes are not shown" in said.out


def test_sensitive_causes_are_shown_on_purpose(ask_demo: Plumline) -> None:
    assert "serious illness" in ask_demo("cause-graph", *STORY, "--show-sensitive").out


def test_findings_stand_with_their_evidence_in_chinese(ask_demo: Plumline) -> None:
    said = ask_demo("cause-graph", *STORY, "--show-sensitive", "--lang", "zh")
    assert "近12个月自付医疗费用：26,000 元（医保，2026-03-05）" in said.out


def test_causes_of_an_area_are_counted_with_their_share(ask_demo: Plumline) -> None:
    said = ask_demo("cause-graph", "--area", "rice2010")
    # 440 of 1,410 households fear a disaster in every second year: 31.2 %.
    line = next(line for line in said.out.splitlines() if "weather disaster" in line and "V01" in line)
    assert line.split()[-2:] == ["440", "31%"]


def test_buyers_are_told_with_price_distance_and_worth(ask_demo: Plumline) -> None:
    lines = ask_demo("buyers", "--lot", LOT).out.splitlines()
    place = next(number for number, line in enumerate(lines) if "DM-PUNING-1" in line)
    # 200 t at 2.56 yuan after transport are 512,000 yuan.
    assert lines[place].split()[3:6] == ["200", "t", "2.56"]
    assert lines[place + 1].strip().startswith("would bring 512,000 yuan")


def test_buyers_tell_large_sums_the_chinese_way(ask_demo: Plumline) -> None:
    assert "可得 51.2 万元" in ask_demo("buyers", "--lot", LOT, "--lang", "zh").out


def test_a_demand_that_cannot_take_the_lot_is_told_with_its_reason(ask_demo: Plumline) -> None:
    said = ask_demo("buyers", "--cooperative", COOPERATIVE)
    assert "The buyer takes produce from within" in said.out


def test_many_lots_are_told_in_a_line_each(ask_demo: Plumline) -> None:
    said = ask_demo("buyers", "--product", "green_plum", "--limit", "4")
    assert "Lots: 55" in said.out
    assert "… and 51 more" in said.out


def test_buyers_come_as_json(ask_demo: Plumline) -> None:
    answer = BuyersAnswer.model_validate_json(ask_demo("buyers", "--product", "green_plum", "--json").out)
    assert answer.version == "buyers/1"
    assert answer.lot_count == len(answer.lots) == 55


def test_a_form_goes_to_standard_output_and_notices_beside_it(ask_demo: Plumline) -> None:
    said = ask_demo("cause-graph", *STORY, "--format", "svg")
    assert said.out.startswith("<svg")
    assert "! This answer rests on made-up data" in said.err


def test_graphml_is_read_back(ask_demo: Plumline, tmp_path: Path) -> None:
    file = tmp_path / "why.graphml"
    said = ask_demo("cause-graph", *STORY, "--format", "graphml", "-o", file)
    assert said.out == f"Written: {file}\n"
    assert "M02" in nx.read_graphml(file)


def test_node_link_is_json(ask_demo: Plumline) -> None:
    assert ask_demo("cause-graph", *STORY, "--format", "node-link").body["directed"] is True


def test_a_file_that_cannot_be_written_is_told(ask_demo: Plumline) -> None:
    said = ask_demo("cause-graph", *STORY, "--format", "svg", "-o", "/nowhere/why.svg")
    assert said.code == 2
    assert "The file /nowhere/why.svg cannot be written" in said.err


def test_a_day_may_be_named(ask_demo: Plumline) -> None:
    assert ask_demo("chains", "--area", TOWN, "--day", "2026-04-21", "--json").body["as_of"] == "2026-04-21"


def test_the_demonstration_ended_well(demonstration: Demonstration) -> None:
    assert demonstration.first_run.code == 0
