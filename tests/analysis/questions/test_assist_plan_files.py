"""An assistance plan on files alone: what was worked by hand, and what does not depend on the order of rows."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.assistance.files.assist_files import AssistTables
from analysis.assistance.plan.rules import Ceiling, Forbidden, Locked, Rules
from analysis.errors import QuestionError
from analysis.questions.assist_locked import made_with_rules, told_assist_locked
from analysis.questions.assist_plan import assist_plan
from analysis.questions.assist_plan_files import files_assist_source
from analysis.questions.assist_plan_made import HowToAssist, MadeAssistPlan, make_assist_plan
from graph_schema import Schema, load_schema
from tests.analysis.produce.files.made_tables import table

FOLDER = Path(__file__).resolve().parents[3] / "examples" / "assist"
DAY = date(2026, 3, 1)
QUICK = HowToAssist(seconds=20.0)
NAMES = ("households", "programmes", "chains")


def rows_of_file(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


ROWS = {name: rows_of_file(name) for name in NAMES}


def tables(rows: dict[str, list[dict[str, str]]] | None = None) -> AssistTables:
    households, programmes, chains = (table(f"{name}.csv", *(rows or ROWS)[name]) for name in NAMES)
    return AssistTables(households, programmes, chains, is_made_up=True)


@pytest.fixture(scope="module")
def made() -> MadeAssistPlan:
    schema = load_schema()
    return make_assist_plan(files_assist_source(tables(), schema, DAY), schema, DAY, QUICK)


def test_the_plan_comes_to_what_was_worked_by_hand(schema: Schema) -> None:
    answer = assist_plan(files_assist_source(tables(), schema, DAY), schema, day=DAY, how=QUICK)
    assert {each.household_id: (each.cover_fen, each.cost_fen) for each in answer.helps} == {
        "H-201": (75000, 150000),
        "H-202": (200000, 200000),
        "H-203": (75000, 150000),
        "H-206": (20000, 20000),
        "H-208": (180000, 250000),
    }
    need, cost = answer.stages[0], answer.stages[-1]
    # 750 x 0.8 + 2000 x 0.6 + 750 x 1 + 200 x 0.4 + 1800 x 0.8
    assert (need.value, need.bound, need.is_optimal, cost.value) == (4070.0, 4070.0, True, 770000.0)


def test_why_nothing_comes_is_told_by_the_thing_that_is_in_the_way(schema: Schema) -> None:
    answer = assist_plan(files_assist_source(tables(), schema, DAY), schema, day=DAY, how=QUICK)
    left = {each.reason: each.need_count for each in answer.uncovered}
    # H-205: the budget is too small. H-201: one place. H-204 and H-209: no link. H-207: no case of the category.
    assert left == {"nothing_more": 5, "budget": 1, "capacity": 1, "no_partner_link": 2, "category": 1}


def test_names_that_nothing_belongs_to_are_told(schema: Schema) -> None:
    rows = {
        **ROWS,
        "programmes": [
            {**row, "area_ids": "SOUHT" if row["programme_id"] == "P-WATER" else ""} for row in ROWS["programmes"]
        ],
        "chains": [
            {**row, "cooperative_id": row["cooperative_id"].replace("C-TAIPING", "C-TAIPNG")} for row in ROWS["chains"]
        ],
    }
    notices = files_assist_source(tables(rows), schema, DAY).notices
    assert [notice.code for notice in notices] == ["notice_assist_areas_unused", "notice_assist_cooperatives_unused"]
    assert ["SOUHT" in notices[0].text_en, "C-TAIPNG" in notices[1].text_zh] == [True, True]


@settings(deadline=None, max_examples=12)
@given(data=st.data())
def test_the_plan_does_not_depend_on_the_order_of_rows(data: st.DataObject, made: MadeAssistPlan) -> None:
    schema = load_schema()
    shuffled = {name: data.draw(st.permutations(ROWS[name])) for name in NAMES}
    other = make_assist_plan(files_assist_source(tables(shuffled), schema, DAY), schema, DAY, QUICK)
    assert other.allocation.program.needs.equals(made.allocation.program.needs)
    assert other.allocation.program.chains.equals(made.allocation.program.chains)
    assert np.array_equal(other.plan.units, made.plan.units)


PAIRS = st.tuples(
    st.sampled_from(["H-201", "H-202", "H-203", "H-206", "H-208"]),
    st.sampled_from(["P-SKILLS", "P-WORK", "P-LOAN", "P-SALES"]),
)
RULES = st.one_of(
    PAIRS.map(lambda pair: Forbidden(*pair)),
    PAIRS.map(lambda pair: Locked(*pair, 20000)),
    st.builds(Ceiling, st.sampled_from(["E-TOYS", "E-TEXTILE"]), st.integers(0, 200000)),
)


def ruled(made: MadeAssistPlan, schema: Schema, rules: Rules) -> MadeAssistPlan | None:
    """Return the plan that keeps the rules too, None where none can."""
    try:
        return made_with_rules(made, schema, rules)
    except QuestionError:
        return None


@settings(deadline=None, max_examples=12)
@given(rules=st.lists(RULES, min_size=1, max_size=3).map(Rules.of))
def test_rules_never_bring_more_by_severity_and_what_they_cost_is_told(made: MadeAssistPlan, rules: Rules) -> None:
    schema = load_schema()
    after = ruled(made, schema, rules)
    assume(after is not None)
    assert after is not None
    answer = told_assist_locked(made, after, schema, rules)
    assert answer.cost.gained_yuan <= 0
    assert answer.cost.gained_yuan == pytest.approx((after.plan.stages[0].value - made.plan.stages[0].value) / 10000)
