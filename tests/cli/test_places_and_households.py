"""`plumline search`, `plumline area` and `plumline household` on the demonstration."""

from __future__ import annotations

import re

import pytest

from analysis.questions.area import AreaAnswer
from analysis.questions.household import HouseholdAnswer
from analysis.questions.search import SearchAnswer
from loaders.synthetic.plum_week import STORY_HOUSEHOLD
from tests.cli.calls import Plumline

NAMES = ("陈某", "郑某某", "张某某", "许某某", "李某某")


def test_search_finds_places_and_organisations(ask_demo: Plumline) -> None:
    said = ask_demo("search", "太平")
    assert said.code == 0
    assert re.search(r"350624105 +太平镇 +福建省 › 漳州市 › 诏安县\n", said.out)
    assert "\nCooperative\n" in said.out
    assert "CO-TAIPING" in said.out


def test_search_says_that_nothing_fits_and_that_names_are_not_searched(ask_demo: Plumline) -> None:
    assert ask_demo("search", "陈某", "--lang", "zh").out == "没有与“陈某”相符的结果。不会搜索人员姓名。\n"


def test_search_finds_a_sensitive_cause_only_where_it_may_be_shown(ask_demo: Plumline) -> None:
    assert "H01" not in ask_demo("search", "serious illness").out
    assert "H01" in ask_demo("search", "serious illness", "--show-sensitive").out


def test_an_area_is_told_with_the_places_below_it(ask_demo: Plumline) -> None:
    said = ask_demo("area", "350624").out
    answer = AreaAnswer.model_validate_json(ask_demo("area", "350624", "--json").out)
    counts = answer.counts
    assert f"Households: {counts.household_count}. With an open cause: {counts.with_finding_count}." in said
    assert "诏安县" in said.splitlines()[0]
    for place in answer.places:
        assert (f"  {place.area_id}  " in said) == (place.counts.household_count > 0)
    assert sum(place.counts.household_count for place in answer.places) == counts.household_count


def test_an_area_speaks_chinese(ask_demo: Plumline) -> None:
    said = ask_demo("area", "350624105", "--lang", "zh").out
    assert "主要原因（按户数排序）" in said
    assert "福建省 › 漳州市 › 诏安县 › 太平镇" in said


def test_a_household_is_told_by_its_register_number(ask_demo: Plumline) -> None:
    said = ask_demo("household", STORY_HOUSEHOLD)
    answer = HouseholdAnswer.model_validate_json(ask_demo("household", STORY_HOUSEHOLD, "--json").out)
    assert said.code == 0
    assert f"Household {answer.asked.id}" in said.out.splitlines()[0]
    # The police count four, the register of former poverty five.
    assert "number of members            4 (disputed)  public security" in said.out
    assert f"plumline history {answer.asked.id}" in said.out
    assert [fact.source is not None for fact in answer.facts] == [True] * len(answer.facts)
    # It may be asked for by its pseudonym as well.
    assert ask_demo("household", answer.asked.id).out == said.out


def test_a_household_speaks_chinese(ask_demo: Plumline) -> None:
    said = ask_demo("household", STORY_HOUSEHOLD, "--lang", "zh").out
    assert "家庭成员" in said
    assert "4（有矛盾）" in said


@pytest.mark.parametrize("options", [(), ("--show-sensitive",), ("--json",), ("--json", "--show-sensitive")])
def test_no_name_is_ever_told(ask_demo: Plumline, options: tuple[str, ...]) -> None:
    said = ask_demo("household", STORY_HOUSEHOLD, *options).out
    assert [name for name in NAMES if name in said] == []


def test_the_numbers_of_members_are_those_of_the_history(ask_demo: Plumline) -> None:
    answer = HouseholdAnswer.model_validate_json(ask_demo("household", STORY_HOUSEHOLD, "--json").out)
    told = ask_demo("history", STORY_HOUSEHOLD).out
    for member in answer.members:
        assert member.role is not None
        assert f"Member {member.number}: {member.role.name_en}, born {member.birth_year}," in told


@pytest.mark.parametrize(
    ("arguments", "english"),
    [
        (("household", "nobody"), "The graph holds no Household with the id nobody."),
        (("area", "1"), "The graph holds no Area with the id 1."),
    ],
)
def test_what_is_not_there_is_said(ask_demo: Plumline, arguments: tuple[str, ...], english: str) -> None:
    said = ask_demo(*arguments)
    assert (said.code, said.out) == (2, "")
    assert english in said.err


def test_the_body_of_search_is_the_answer(ask_demo: Plumline) -> None:
    answer = SearchAnswer.model_validate_json(ask_demo("search", "PR-", "--json").out)
    assert {group.kind for group in answer.groups} == {"Programme"}
