"""`plumline assistance` on the demonstration."""

from __future__ import annotations

from typing import Any

import pytest

from loaders.synthetic.plum_week import STORY_HOUSEHOLD
from tests.cli.calls import Plumline

COUNTY = "350624"


def body(ask_demo: Plumline, *arguments: str) -> Any:  # noqa: ANN401 - a JSON body
    return ask_demo("--json", *arguments).body


@pytest.mark.parametrize("area", [COUNTY, STORY_HOUSEHOLD[:9]])
def test_an_area_has_the_same_numbers_as_its_chains(ask_demo: Plumline, area: str) -> None:
    told = body(ask_demo, "assistance", "--area", area)
    chains = body(ask_demo, "chains", "--area", area)
    assert told["counts"]["households"] == chains["counts"]["households"] > 0
    assert told["counts"]["missing"] == chains["counts"]["missing"]
    assert told["counts"]["in_whole_chain"] == chains["counts"]["in_whole_chain"]
    assert told["counts"]["without_help"] == chains["without_help"]["total"]
    assert told["counts"]["with_help"] == len({row["household_id"] for row in chains["help"]["rows"]})
    with_one_end = {row["chain_id"]: row for row in chains["chains"]["rows"] if row["household_id"] is None}
    assert with_one_end
    assert {row["chain_id"]: (row["missing"], row["household_count"]) for row in told["chains"]["rows"]} == {
        chain_id: (row["missing"], row["household_count"]) for chain_id, row in with_one_end.items()
    }
    left_out = body(ask_demo, "assistance", "--area", area, "--without-help")
    assert [row["household_id"] for row in left_out["households"]["rows"]] == [
        row["household_id"] for row in chains["without_help"]["rows"]
    ]


def test_with_without_and_neither_make_up_all(ask_demo: Plumline) -> None:
    whole = body(ask_demo, "assistance")
    found = {
        help_: {row["household_id"] for row in body(ask_demo, "assistance", f"--{help_}-help")["households"]["rows"]}
        for help_ in ("with", "without")
    }
    neither = {
        row["household_id"]
        for row in whole["households"]["rows"]
        if not row["is_helped"] and not row["is_without_help"]
    }
    assert len(found["with"]) + len(found["without"]) + len(neither) == whole["counts"]["households"]
    assert found["with"] | found["without"] | neither == {row["household_id"] for row in whole["households"]["rows"]}


def test_the_county_is_told_in_words(ask_demo: Plumline) -> None:
    said = ask_demo("assistance", "--area", COUNTY, "--without-help", "--limit", "3")
    assert said.code == 0
    assert "households with a finding and no help" in said.out.splitlines()[0]
    assert "[no cooperative] → " in said.out
    assert "Places in 诏安县" in said.out
    assert "of them with a finding and no help" in said.out


def test_chinese_is_spoken_too(ask_demo: Plumline) -> None:
    said = ask_demo("--lang", "zh", "assistance", "--cause", "M02")
    assert "帮扶情况：原因产品滞销（M02）" in said.out
    assert "有原因认定而无帮扶" in said.out


def test_nobody_let_through_says_what_to_do(ask_demo: Plumline) -> None:
    assert (
        "Ask with fewer filters" in ask_demo("assistance", "--area", COUNTY, "--measure", "B38", "--cause", "V01").out
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--area", "1"), "unknown_subject"),
        (("--programme", "1"), "unknown_subject"),
        (("--cause", "H01"), "sensitive_cause_asked"),
        (("--measure", "B03"), "sensitive_measure_asked"),
    ],
)
def test_what_cannot_be_answered_is_a_problem(ask_demo: Plumline, arguments: tuple[str, ...], code: str) -> None:
    said = ask_demo("--json", "assistance", *arguments)
    assert (said.code, said.problem["code"]) == (2, code)
