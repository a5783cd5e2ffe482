"""Warnings about facts that are possible but unlikely by themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from graph_schema import Schema
from loaders.checks.fact_warning import FactWarning
from loaders.checks.facts import check_facts
from loaders.checks.statements import JudgedFacts
from loaders.checks.unlikely import unlikely_facts
from loaders.checks.verdict import judge
from loaders.files.csv_text import parse_csv
from loaders.files.feed_file import FeedFile
from loaders.identity import Identity
from loaders.load_plan import plan_of, read_planned
from policy import Policy, load_policy

# Ages are counted in this year.
RECORDED_AT = datetime(2026, 3, 1, 8, tzinfo=UTC)
WarningsOf = Callable[[str, str], list[FactWarning]]
ToldWarnings = Callable[[str, str], list[tuple[int, str, str, str]]]


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy()


@pytest.fixture
def unlikely(schema: Schema, identity: Identity, policy: Policy) -> WarningsOf:
    """Return the warnings of one file whose references are all known."""

    def found(name: str, text: str) -> list[FactWarning]:
        feed, kind = name.split(".")[:2]
        plan = plan_of(FeedFile(Path(name), feed, kind), schema=schema, mapping=None)
        read = read_planned(plan, parse_csv(text.encode(), file=name), schema=schema)
        lines = read.raw.lines
        checked = [check_facts(facts, schema=schema, identity=identity, feed=feed, lines=lines) for facts in read.facts]
        known = pa.array(["E1", "R1", "green_plum", "A1", identity.pseudonym("Household", "100")])
        verdict = judge(checked, lines=lines, known=lambda kind: known, schema=schema)
        return list(unlikely_facts(JudgedFacts(name, feed, lines, checked, verdict), policy, recorded_at=RECORDED_AT))

    return found


@pytest.fixture
def told(unlikely: WarningsOf) -> ToldWarnings:
    """Return the warnings of one file as line, column, value and code."""

    def short(name: str, text: str) -> list[tuple[int, str, str, str]]:
        return [(one.line, one.column, one.value, one.code) for one in unlikely(name, text)]

    return short


def test_a_warning_about_one_row_names_no_other(unlikely: WarningsOf) -> None:
    (found,) = unlikely("police.Person.csv", "id,birth_year\n900,1905\n")
    assert (found.other_file, found.other_line, found.to_dict()["other"]) == (None, None, None)
    assert found.what("en") == "Born in “1905”, the person would be 121; more than 120 is unlikely."
    assert found.what("zh") == "出生年份为“1905”，则年龄为 121 岁，超过 120 岁不合常理。"
    assert found.remedy("en") == "Check the year; if the person has died, give the day of death."


@pytest.mark.parametrize(
    ("row", "is_unlikely"),
    [("1906,", False), ("1905,", True), ("1890,2010-01-01", False), ("1889,2010-01-01", True)],
)
def test_nobody_grows_older_than_policy_says(told: ToldWarnings, row: str, is_unlikely: bool) -> None:
    found = told("police.Person.csv", f"id,birth_year,died_on\n900,{row}\n")
    assert found == ([(2, "birth_year", row[:4], "age_unlikely")] if is_unlikely else [])


@pytest.mark.parametrize(
    ("stage", "born", "code"),
    [
        ("primary", 2022, "too_young_for_school"),
        ("primary", 2021, None),
        ("primary", 2008, None),
        ("primary", 2007, "too_old_for_school"),
        ("junior", 2017, "too_young_for_school"),
        ("junior", 2016, None),
        ("junior", 2005, None),
        ("junior", 2004, "too_old_for_school"),
        ("senior", 2021, "too_young_for_school"),
        ("senior", 2013, None),
        ("senior", 2001, "too_old_for_school"),
        ("vocational", 2014, "too_young_for_school"),
        ("vocational", 1970, None),
        ("college", 2012, "too_young_for_school"),
        ("college", 1970, None),
        ("none", 2025, None),
    ],
)
def test_a_birth_year_fits_the_stage_of_schooling(told: ToldWarnings, stage: str, born: int, code: str | None) -> None:
    found = told("police.Person.csv", f"id,birth_year,school_stage\n900,{born},{stage}\n901,,{stage}\n")
    assert found == ([(2, "school_stage", stage, code)] if code else [])


@pytest.mark.parametrize(("born", "years", "is_unlikely"), [(2010, 11, False), (2010, 12, True), (1960, 16, False)])
def test_schooling_begins_in_childhood(told: ToldWarnings, born: int, years: int, is_unlikely: bool) -> None:
    found = told("police.Person.csv", f"id,birth_year,schooling_years\n900,{born},{years}\n")
    assert found == ([(2, "schooling_years", str(years), "too_much_schooling")] if is_unlikely else [])


@pytest.mark.parametrize(
    ("columns", "row", "told_in"),
    [
        ("worked_months", "2011,3", "worked_months"),
        ("worked_months", "2011,0", None),
        ("worked_months", "2010,3", None),
        ("work_place", "2011,migrant", "work_place"),
        ("work_place", "2011,none", None),
    ],
)
def test_children_do_not_work(told: ToldWarnings, columns: str, row: str, told_in: str | None) -> None:
    found = told("police.Person.csv", f"id,birth_year,{columns}\n900,{row}\n")
    assert [(column, code) for _, column, _, code in found] == ([(told_in, "too_young_to_work")] if told_in else [])


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2206-04-20", "day_far_ahead"),
        ("2097-01-01", "day_far_ahead"),
        ("2096-12-31", None),
        ("1906-01-01", None),
        ("1905-12-31", "day_long_ago"),
        ("1900-01-01", "day_long_ago"),
    ],
)
def test_a_day_lies_within_a_life(told: ToldWarnings, day: str, code: str | None) -> None:
    header = "id,enterprise_id,household_id,contract_kind,goods_flow,starts_on\n"
    found = told("trade.Contract.csv", f"{header}K1,E1,100,purchase,to_enterprise,{day}\n")
    assert found == ([(2, "starts_on", day, code)] if code else [])


def test_works_may_be_older_than_anybody(told: ToldWarnings) -> None:
    text = "area_id,name,works_kind,works_status,built_on\nA1,Stone bridge,bridge,open,1723-01-01\n"
    assert told("transport.Infrastructure.csv", text) == []


def test_a_part_above_its_whole_is_told_where_it_may_be_right(unlikely: WarningsOf) -> None:
    (found,) = unlikely("police.Household.csv", "id,worker_count,migrant_worker_count\n100,2,2\n101,2,3\n")
    assert (found.line, found.column, found.value, found.code) == (3, "migrant_worker_count", "3", "part_above_whole")
    assert found.what("en") == "“3” in “migrant_worker_count” is more than “2” in “worker_count”."


def test_a_payment_above_what_was_approved_is_told(told: ToldWarnings) -> None:
    header = (
        "assistance_id,household_id,programme_id,payment_status,approved_fen,approved_on,paid_fen,paid_on,"
        "delivered_fen,delivered_on\n"
    )
    text = header + "A1,100,R1,delivered,1000,2026-01-01,1001,2026-01-02,1001,2026-01-03\n"
    assert told("revitalisation.Payment.csv", text) == [(2, "paid_fen", "1001", "part_above_whole")]


def test_a_smallest_part_above_the_lot_is_told(told: ToldWarnings) -> None:
    header = (
        "household_id,product_id,lot_quantity_kg,min_split_quantity_kg,grade,ready_on,use_by_on,ask_fen_per_kg,"
        "lot_status\n"
    )
    text = header + "100,green_plum,500,600,1,2026-05-01,2026-05-05,300,open\n"
    assert told("trade.SupplyLot.csv", text) == [(2, "min_split_quantity_kg", "600", "part_above_whole")]


def test_facts_of_years_before_every_policy_are_judged_too(schema: Schema, identity: Identity, policy: Policy) -> None:
    name, long_ago = "police.Person.csv", datetime(1998, 1, 1, tzinfo=UTC)
    plan = plan_of(FeedFile(Path(name), "police", "Person"), schema=schema, mapping=None)
    read = read_planned(plan, parse_csv(b"id,birth_year\n900,1877\n901,1878\n", file=name), schema=schema)
    lines = read.raw.lines
    checked = [check_facts(facts, schema=schema, identity=identity, feed="police", lines=lines) for facts in read.facts]
    verdict = judge(checked, lines=lines, known=lambda kind: pa.array([], pa.string()), schema=schema)
    found = unlikely_facts(JudgedFacts(name, "police", lines, checked, verdict), policy, recorded_at=long_ago)
    assert [one.line for one in found] == [2]
