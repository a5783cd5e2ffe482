"""`plumline history`: on the demonstration, and on a small folder where a load is taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from analysis.questions.history import HistoryAnswer
from graph_schema import load_schema
from ledger import Ledger
from loaders.synthetic.plum_week import STORY_HOUSEHOLD
from tests.cli.calls import Plumline

NAMES = ("陈某", "郑某某", "张某某", "许某某", "李某某")
WITHDRAWN_AT = datetime(2099, 1, 2, 12, tzinfo=UTC)


def test_a_household_is_told_by_its_register_number(ask_demo: Plumline) -> None:
    said = ask_demo("history", STORY_HOUSEHOLD)
    lines = said.out.splitlines()
    assert said.code == 0
    assert lines[0].startswith("Household h")
    assert lines[1].startswith("! This answer rests on made-up data")
    assert "Member 1: head of household, born 1974, here since 2008-01-01" in lines
    assert "    member of 太平示例青梅合作社（虚构） since 2022-02-01" in lines
    assert any(line.startswith("  trade says (load 2") for line in lines)


def test_it_speaks_chinese(ask_demo: Plumline) -> None:
    said = ask_demo("history", STORY_HOUSEHOLD, "--lang", "zh").out
    assert "成员1：户主，出生年份 1974，自 2008-01-01 起在此户" in said
    assert "    自 2022-02-01 起为太平示例青梅合作社（虚构）社员" in said


@pytest.mark.parametrize("options", [(), ("--show-sensitive",), ("--json",), ("--json", "--show-sensitive")])
def test_no_name_is_ever_told(ask_demo: Plumline, options: tuple[str, ...]) -> None:
    said = ask_demo("history", STORY_HOUSEHOLD, *options).out
    assert [name for name in NAMES if name in said] == []


def test_sensitive_facts_are_hidden_unless_asked_for(ask_demo: Plumline) -> None:
    cost = "self-paid medical cost, last 12 months: 26,000 yuan, observed on 2026-03-05"
    hidden, shown = (ask_demo("history", STORY_HOUSEHOLD, *options).out for options in ((), ("--show-sensitive",)))
    assert cost not in hidden
    assert "is not shown" in hidden
    assert cost in shown


def test_by_world_the_oldest_day_is_the_first_day_here(ask_demo: Plumline) -> None:
    answer = HistoryAnswer.model_validate_json(ask_demo("history", STORY_HOUSEHOLD, "--by", "world", "--json").out)
    assert str(answer.entries[0].world_on) == "2008-01-01"
    said = ask_demo("history", STORY_HOUSEHOLD, "--by", "world", "--from", "2026-04-16", "--until", "2026-04-16").out
    assert "\n2026-04-16\n  agriculture says (known 2" in said
    assert "unsold share of the harvest: 58%" in said
    assert "2008" not in said.partition("\n2026-04-16")[2]


def test_pages_go_on_where_the_one_before_ended(ask_demo: Plumline) -> None:
    first = HistoryAnswer.model_validate_json(ask_demo("history", STORY_HOUSEHOLD, "--json", "--limit", "3").out)
    said = ask_demo("history", STORY_HOUSEHOLD, "--limit", "3").out.splitlines()[-1]
    assert said == f"3 of {first.entry_count} entries; go on with --after {first.next_after}"
    rest = HistoryAnswer.model_validate_json(
        ask_demo("history", STORY_HOUSEHOLD, "--json", "--after", str(first.next_after)).out
    )
    assert len(first.entries) + len(rest.entries) == first.entry_count


def test_what_was_taken_back_is_told_both_times(plumline: Plumline, small_folder: Path) -> None:
    ledger = Ledger.open(small_folder, load_schema(), create=False)
    with ledger.writing() as writer:
        writer.withdraw(str(ledger.loads()["load_id"][0].as_py()), WITHDRAWN_AT, "wrong county")
    said = plumline("--data", small_folder, "history", "A1", "--day", "2099-12-31").out
    assert "taken back on 2099-01-0" in said
    assert "wrong county" in said.splitlines()[-1]
    assert "public security took back" in said


def test_a_day_without_anything_is_told(ask_demo: Plumline) -> None:
    said = ask_demo("history", STORY_HOUSEHOLD, "--until", "1999-12-31")
    assert "Nothing to tell between these days." in said.out


@pytest.mark.parametrize(
    ("arguments", "english"),
    [
        (("nobody",), "Nothing was known of a household nobody on 2"),
        ((STORY_HOUSEHOLD, "--day", "2001-01-01"), f"Nothing was known of a household {STORY_HOUSEHOLD} on 2001-01-01"),
        ((STORY_HOUSEHOLD, "--by", "name"), "A history cannot be ordered by “name”."),
        ((STORY_HOUSEHOLD, "--from", "2026-02-30"), "“2026-02-30” is not a day."),
        ((STORY_HOUSEHOLD, "--from", "2026-02-02", "--until", "2026-02-01"), "2026-02-02 lies after the last day"),
    ],
)
def test_what_cannot_be_told_is_said(ask_demo: Plumline, arguments: tuple[str, ...], english: str) -> None:
    said = ask_demo("history", *arguments)
    assert said.code == 2
    assert english in said.err
    assert said.out == ""
