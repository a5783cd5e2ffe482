"""`plumline cut`: for a household and for an area, in both languages, and when it is called in a wrong way."""

from __future__ import annotations

import pytest

from cli.cut_command import parse_level, parse_yuan
from cli.usage import UsageError
from tests.cli.calls import Plumline

HOUSEHOLD, TAIPING, VILLAGE = "3506241052030007", "350624105", "350624105203"


def test_a_household_is_told_the_risk_the_plan_and_what_it_costs(ask_demo: Plumline) -> None:
    said = ask_demo("cut", HOUSEHOLD, "--level", "0.5", "--show-sensitive")
    assert (said.code, said.err) == (0, "")
    body = ask_demo("cut", HOUSEHOLD, "--level", "0.5", "--show-sensitive", "--json").body
    cut = body["cut"]
    assert isinstance(cut, dict)
    assert cut["plan"]["risk"] < 0.5 <= cut["risk_with_help"]
    assert cut["text_en"] in said.out
    assert "risk without it" in said.out
    told = " ".join(said.out.split())
    assert [each["code"] for each in cut["plan"]["measures"] if f"{each['code']} {each['name_en']}" not in told] == []


def test_the_same_is_told_in_chinese(ask_demo: Plumline) -> None:
    said = ask_demo("cut", HOUSEHOLD, "--level", "0.5", "--lang", "zh")
    assert said.code == 0
    assert "缺此项时风险" in said.out
    assert "措施的效果和费用均为建议值" in said.out


def test_what_would_tell_of_a_sensitive_cause_is_not_named(ask_demo: Plumline) -> None:
    shown, kept = ask_demo("cut", HOUSEHOLD, "--show-sensitive"), ask_demo("cut", HOUSEHOLD)
    assert "second reimbursement" in shown.out
    assert "second reimbursement" not in kept.out
    assert "not shown" in kept.out


def test_an_area_is_told_what_the_budget_does(ask_demo: Plumline) -> None:
    said = ask_demo("cut", "--area", TAIPING, "--budget", "50,000", "--most", "1")
    body = ask_demo("cut", "--area", TAIPING, "--budget", "50000", "--most", "1", "--json").body
    plan = body["plan"]
    assert isinstance(plan, dict)
    assert (plan["budget_fen"], plan["most"], body["programmes"]) == (5_000_000, 1, None)
    assert plan["text_en"] in said.out
    first = plan["measures"][0]
    assert f"{first['code']} {first['name_en']} {first['households']}" in " ".join(said.out.split())


def test_programmes_for_all_or_none_say_how_far_they_may_be_below_the_best(ask_demo: Plumline) -> None:
    said = ask_demo("cut", "--area", VILLAGE, "--budget", "5000", "--most", "1", "--programmes", "--lang", "zh")
    assert "整体实施的项目" in said.out
    assert "可能比最优方案少至多" in said.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "asks about one household or about one area"),
        ((HOUSEHOLD, "--area", TAIPING), "asks about one household or about one area"),
        ((HOUSEHOLD, "--budget", "5"), "belong to an area"),
        ((HOUSEHOLD, "--most", "1"), "belong to an area"),
        (("--area", TAIPING), "How much may be spent"),
        (("--area", TAIPING, "--budget", "5", "--level", "0.3"), "--level belongs to a household"),
        (("--area", TAIPING, "--budget", "much"), "is not an amount of money"),
        (("--area", TAIPING, "--budget", "-5"), "A budget of -5.0 yuan cannot be spent"),
        (("--area", TAIPING, "--budget", "5", "--most", "5"), "1 to 3 can"),
        ((HOUSEHOLD, "--level", "2"), "must be above 0 and at most 1"),
        ((HOUSEHOLD, "--level", "0"), "must be above 0 and at most 1"),
        ((HOUSEHOLD, "--level", "low"), "is not a risk"),
        (("nobody",), "nobody"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(ask_demo: Plumline, arguments: tuple[str, ...], told: str) -> None:
    said = ask_demo("cut", *arguments)
    assert said.code == 2
    assert told in said.err


@pytest.mark.parametrize(("text", "fen"), [("500000", 50_000_000), ("1,000", 100_000), ("0.05", 5), ("0", 0)])
def test_an_amount_is_read_in_yuan(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize("text", ["", "0.001", "nan", "Infinity", "five"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_yuan(text)


def test_a_level_is_read_as_a_number() -> None:
    assert parse_level("0.25") == 0.25
