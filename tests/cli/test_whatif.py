"""`plumline whatif` on the demonstration."""

from __future__ import annotations

from typing import Any

import pytest

from loaders.synthetic.plum_week import STORY_HOUSEHOLD
from policy.scenarios import WAYS
from tests.cli.calls import Plumline

COUNTY, TOWN = "350624", "350624105"
PRICE = ("whatif", "price_down", "--set", "product=green_plum", "--set", "share=0.5")


def body(ask_demo: Plumline, *arguments: str) -> Any:  # noqa: ANN401 - a JSON body
    return ask_demo("--json", *arguments).body


def test_alone_it_lists_the_scenarios_and_what_each_asks_for(ask_demo: Plumline) -> None:
    told = body(ask_demo, "whatif")
    assert told["version"] == "scenarios/1"
    said = ask_demo("whatif")
    assert said.code == 0
    for each in told["scenarios"]:
        assert each["code"] in said.out
        assert each["name_en"] in said.out
        assert all(parameter["code"] in said.out for parameter in each["parameters"])
    assert "项目结束" in ask_demo("--lang", "zh", "whatif").out


def test_a_scenario_tells_whom_it_reaches_before_and_after_and_who_crosses(ask_demo: Plumline) -> None:
    told = body(ask_demo, *PRICE, "--area", COUNTY)
    assert (told["version"], told["asked"]["area"]["id"]) == ("scenario/1", COUNTY)
    assert [each["code"] for each in told["ways"]] == list(WAYS["product"])
    assert sum(each["nearest_count"] for each in told["ways"]) == told["reached_count"] > 0
    assert told["after"]["expected_returns"] > told["before"]["expected_returns"]
    assert told["crossing"]["total"] == told["upward_count"] + told["downward_count"] > 0
    said = ask_demo(*PRICE, "--area", COUNTY)
    assert said.code == 0
    assert "What if: a price falls" in said.out.splitlines()[0]
    assert f"{told['upward_count']} households come to the level" in said.out
    assert f"{told['before']['expected_returns']:,.1f}" in said.out
    assert "context, not a target" in said.out
    assert "Nothing is decided about a household by a score alone" in said.out
    assert told["crossing"]["rows"][0]["household_id"] in said.out


def test_chinese_is_spoken_too(ask_demo: Plumline) -> None:
    said = ask_demo("--lang", "zh", *PRICE)
    assert "情景：产品降价" in said.out
    assert "前后对比" in said.out
    assert "households" not in said.out


def test_an_event_happens_in_the_area_that_is_named(ask_demo: Plumline) -> None:
    named = body(ask_demo, "whatif", "drought", "--area", TOWN)
    assert named == body(ask_demo, "whatif", "drought", "--area", TOWN, "--set", f"area={TOWN}")
    assert named["touched_count"] > 0


def test_a_household_is_asked_by_its_register_number_and_told_before_and_after(ask_demo: Plumline) -> None:
    arguments = ("whatif", "--household", STORY_HOUSEHOLD, "--confirm", "M01:0.8", "--give", "B36", "--take", "B01")
    told = body(ask_demo, *arguments, "--strength", "K50=0.4", "--show-sensitive")
    assert told["version"] == "household-what-if/1"
    assert [(each["kind"], each["code"]) for each in told["changes"]] == [
        ("confirmed", "M01"),
        ("given", "B36"),
        ("taken", "B01"),
        ("strength", "K50"),
    ]
    said = ask_demo(*arguments, "--strength", "K50=0.4", "--show-sensitive")
    assert f"{told['after']['with_help']:.4f}" in said.out
    assert "It is so already." in said.out
    chinese = ask_demo("--lang", "zh", *arguments, "--show-sensitive")
    assert "所作改变" in chinese.out
    assert "分界线" in chinese.out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("whatif", "meteor"), "scenario_unknown"),
        (("whatif", "price_down", "--set", "product=green_plum"), "scenario_missing_parameter"),
        (("whatif", "price_down", "--set", "product=green_plum", "--set", "share=2"), "scenario_share_out_of_range"),
        (("whatif", "price_down", "--set", "share"), "whatif_set_misread"),
        (("whatif", "price_down", "--set", "share=1", "--set", "share=0.3"), "whatif_set_misread"),
        ((*PRICE, "--area", "999999"), "unknown_subject"),
        ((*PRICE, "--household", "h1"), "whatif_two_subjects"),
        (("whatif", "--household", "h1", "--area", COUNTY), "whatif_two_subjects"),
        (("whatif", "--area", COUNTY), "whatif_no_scenario"),
        (("whatif", "price_down", "--confirm", "M01"), "whatif_no_household"),
        (("whatif", "--household", STORY_HOUSEHOLD, "--give", "B99"), "risk_measure_unknown"),
        (("whatif", "--household", STORY_HOUSEHOLD, "--confirm", "H01:0.8"), "sensitive_what_if"),
        (("whatif", "--household", STORY_HOUSEHOLD, "--confirm", "M01:much"), "what_if_unreadable"),
        (("whatif", "--household", "nobody", "--confirm", "M01"), "risk_households_unknown"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_do(ask_demo: Plumline, arguments: tuple[str, ...], code: str) -> None:
    said = ask_demo("--json", *arguments)
    assert said.code == 2
    assert said.problem["code"] == code
    for language in ("en", "zh"):
        told = ask_demo("--lang", language, *arguments)
        assert told.out == ""
        assert len(told.err.strip().splitlines()) >= 2
