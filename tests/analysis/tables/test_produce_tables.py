"""Why a lot stays, what more is worth, the plan beside others and gluts, as tables, on the plum week of the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from analysis.questions.produce_compare import produce_compare
from analysis.questions.produce_gluts import produce_gluts
from analysis.questions.produce_plan import PlanSource, files_source
from analysis.questions.produce_why import produce_why
from analysis.tables.produce_compare_tables import produce_compare_tables, produce_gluts_tables
from analysis.tables.produce_why_tables import produce_why_tables
from analysis.tables.table import Table
from cli.produce_files import ProducePaths, read_tables
from graph_schema import load_schema
from policy import load_policy
from tests.cli.calls import ROOT

DAY = date(2026, 5, 20)
FOLDER = ROOT / "examples" / "produce"
SCHEMA, POLICY = load_schema(), load_policy()


@pytest.fixture(scope="module")
def source() -> PlanSource:
    names = ("lots.csv", "demands.csv", "cooperatives.csv", "distances.csv")
    return files_source(read_tables(ProducePaths(*(FOLDER / name for name in names))), SCHEMA, DAY)


def cells(tables: Sequence[Table], name: str) -> list[dict[str, object]]:
    """Return the rows of the table of a name, its cells by column, words in English."""
    (table,) = [each for each in tables if each.name == name]
    codes = [column.code for column in table.columns]
    return [dict(zip(codes, [getattr(cell, "en", cell) for cell in row], strict=True)) for row in table.rows]


def test_what_would_sell_a_lot_and_what_is_planned_of_it(source: PlanSource) -> None:
    tables = produce_why_tables(produce_why(source, SCHEMA, POLICY, "LOT-5", day=DAY), SCHEMA)
    assert [table.name for table in tables] == ["lot_changes", "lot_plan", "lot_deliveries", "lot_nearest", "about"]
    (grade, quantity) = cells(tables, "lot_changes")
    assert (grade["plan_dimension"], grade["change_amount"], grade["change_unit"]) == ("grade", None, None)
    assert (grade["grade"], grade["takers"], grade["is_proven"]) == ("special", "E-GIFTS", True)
    assert (quantity["change_amount"], quantity["change_unit"], quantity["demand_id"]) == (1200, "kg", "WANT-2")
    (planned,) = cells(tables, "lot_plan")
    assert (planned["offered_kg"], planned["sold_kg"], planned["unsold_kg"]) == (3000, 1800, 1200)
    (sent,) = cells(tables, "lot_deliveries")
    assert (sent["delivery_id"], sent["quantity_kg"], sent["income_yuan"]) == ("C-GUANPI > WANT-1", 1800, 399_600)
    (nearest,) = cells(tables, "lot_nearest")
    assert (nearest["demand_id"], nearest["buyer"]) == ("WANT-4", "E-GIFTS")
    assert {"about_what": "Lot", "about_value": "LOT-5"} in cells(tables, "about")


def test_the_plan_beside_two_others(source: PlanSource) -> None:
    tables = produce_compare_tables(produce_compare(source, POLICY, day=DAY))
    told = [(each["which_plan"], each["sold_kg"], each["income_yuan"]) for each in cells(tables, "compared_plans")]
    # Favouring H-102 costs 96 yuan; the best pair first sells as much for as much as the plan that favours nobody.
    assert told == [
        ("the plan", 8100, 1_756_200),
        ("best pair first", 8100, 1_765_800),
        ("if all sellers weighed alike", 8100, 1_765_800),
    ]
    at_risk, others = cells(tables, "compared_sellers")
    assert (at_risk["sold_kg"], at_risk["equal_sold_kg"], at_risk["lot_count"]) == (1800, 600, 2)
    assert (others["offered_kg"], others["sold_kg"], others["equal_sold_kg"]) == (8900, 6300, 7500)
    lots = [(each["lot_id"], each["sold_kg"], each["equal_sold_kg"]) for each in cells(tables, "compared_lots")]
    assert lots == [("LOT-2", 1200, 0), ("LOT-5", 1800, 3000)]


def test_what_will_not_sell_and_what_would_help(source: PlanSource) -> None:
    tables = produce_gluts_tables(produce_gluts(source, SCHEMA, POLICY, day=DAY))
    unsold = {(each["product"], each["place"]): each["unsold_kg"] for each in cells(tables, "gluts")}
    assert unsold == {("green plum", "GUANPI"): 1200, ("green plum", "TAIPING"): 700, ("bayberry", "GUANPI"): 700}
    helps = cells(tables, "glut_helps")
    assert [(each["help_measure"], each["gained_kg"]) for each in helps if each["product"] == "green plum"] == [
        ("one grade better", 1900),
        ("a larger demand (kg)", 1000),
        ("longer storage (days)", 0),
    ]
