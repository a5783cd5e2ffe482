"""The answers on the tiny graph (drawn in tests/tiny/README.md) as tables. The day is 2026-05-20."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.questions.board import board
from analysis.questions.buyers import buyers
from analysis.questions.cause_graph import cause_graph
from analysis.questions.chains import chains
from analysis.questions.contradictions import contradictions
from analysis.subject import Subject
from analysis.tables.board_tables import board_tables
from analysis.tables.buyers_tables import buyers_tables
from analysis.tables.cause_graph_tables import cause_graph_tables
from analysis.tables.chains_tables import chains_tables
from analysis.tables.contradictions_tables import contradictions_tables
from analysis.tables.history_tables import history_tables
from analysis.tables.table import Table
from analysis.tables.table_csv import table_csv
from analysis.tables.tables_xlsx import tables_xlsx
from graph_schema import Schema
from graph_schema.messages import LANGUAGES, Language
from graph_store import GraphStore
from policy import Policy
from tests.analysis.history.told import MemoryLedger, Told, household
from tests.analysis.tables.sheets import csv_rows, loaded

DAY = date(2026, 5, 20)
H1, C1 = "h1-green_plum-2026-05-22-1", "c1-green_plum-2026-05-24-1"


def rows(table: Table, *codes: str, language: Language = "en") -> list[tuple[str, ...]]:
    """Return the columns with these codes as a CSV file has them."""
    listed = csv_rows(table_csv(table, language))[1:]
    places = [[column.code for column in table.columns].index(code) for code in codes]
    return [tuple(row[place] for place in places) for row in listed]


def headers(table: Table, language: Language) -> list[str]:
    return csv_rows(table_csv(table, language))[0]


def test_the_demands_of_a_lot_stand_with_rank_price_and_every_reason(
    answered: GraphStore, schema: Schema, policy: Policy
) -> None:
    demands, lots, about = buyers_tables(buyers(answered, schema, policy, Subject("SupplyLot", C1), day=DAY), schema)
    # 3.80 yuan at most, 124.6 km at 60 fen a tonne and km: 0.08 yuan; 1400 kg at 3.72 are 5208 yuan.
    assert rows(demands, "can_take", "rank", "buyer", "takes_kg", "after_transport_yuan_per_kg", "worth_yuan")[0] == (
        ("yes", "1", "揭阳青梅加工厂", "1400", "3.72", "5208.00")
    )
    assert len(demands.rows) == 5
    refused = {row[0]: row[1] for row in rows(demands, "demand_id", "reasons")[1:]}
    assert refused["e2-green_plum-2026-05-20-1"].startswith("The seller asks 3.00 yuan a kg;")
    # Grade, certificates and distance, one behind the other.
    assert refused["e3-green_plum-2026-05-18-1"].count(".") >= 3
    assert rows(lots, "lot_id", "grade", "left_kg", "ask_yuan_per_kg", "buyer_count", "refusal_count") == [
        (C1, "grade 2", "1400", "3.00", "1", "4")
    ]
    assert ("As of", "2026-05-20") in rows(about, "about_what", "about_value")


def test_the_board_has_lots_demands_products_and_weeks(answered: GraphStore, schema: Schema, policy: Policy) -> None:
    tables = {table.name: table for table in board_tables(board(answered, schema, policy, day=DAY), schema)}
    assert next(iter(tables)) == "lots"
    assert (C1, "1400", "1", "揭阳青梅加工厂", "3.72") in rows(
        tables["lots"], "lot_id", "left_kg", "buyer_count", "best_buyer", "best_yuan_per_kg"
    )
    assert ("e3-green_plum-2026-05-18-1", "700", "400", "5.00", "100") in rows(
        tables["demands"], "demand_id", "wanted_kg", "unfilled_kg", "max_yuan_per_kg", "max_distance_km"
    )
    assert rows(tables["products"], "product", "offered_kg", "balance_kg", language="zh") == [
        ("青梅", "5400", "-27300"),
        ("lychee", "500", "500"),
    ]
    # Seven weeks of plums, two of lychees.
    assert len(tables["weeks"].rows) == 9
    assert rows(tables["weeks"], "week", "starts_on", "left_kg")[0] == ("2026-W21", "2026-05-18", "1600")


def test_every_row_of_made_up_data_says_so(answered: GraphStore, schema: Schema, policy: Policy) -> None:
    answer = buyers(answered, schema, policy, Subject("SupplyLot", H1), day=DAY)
    demands, lots, about = buyers_tables(answer, schema)
    assert {told for (told,) in rows(demands, "is_made_up", language="zh")} == {"是"}
    assert headers(lots, "zh")[-1] == "虚构数据"
    assert any("虚构" in text for _, text in rows(about, "about_what", "about_value", language="zh"))
    real = buyers_tables(answer.model_copy(update={"is_made_up": False}), schema)
    assert [column.code for column in real[0].columns].count("is_made_up") == 0


def test_chains_are_told_by_their_parties_and_the_link_they_miss(answered: GraphStore, schema: Schema) -> None:
    answer = chains(answered, schema, Subject("Area", "350624"), day=DAY)
    tables = {table.name: table for table in chains_tables(answer, schema)}
    assert len(tables["chains"].rows) == answer.chains.total
    told = rows(tables["chains"], "programme", "enterprise", "cooperative", "is_whole", "missing")
    (order,) = [row for row in told if row[3] == "yes"]
    assert order[1:] == ("揭阳青梅加工厂", "青梅合作社", "yes", "")
    # The medical aid of ag2 has no partner.
    assert any(row[1] == "" and row[4].startswith("enterprise") for row in told)
    # h1 is helped twice for M03, which is no sensitive cause.
    assert [row[0] for row in rows(tables["helped_twice"], "household_id")] == ["h1"]
    assert ("h7",) in rows(tables["without_help"], "household_id")


def test_a_sensitive_cause_stands_in_no_table_of_chains(answered: GraphStore, schema: Schema) -> None:
    answer = chains(answered, schema, Subject("Area", "350624"), day=DAY)
    text = "".join(table_csv(table, "en").decode() for table in chains_tables(answer, schema))
    hidden = [schema.causes[code].label.en for code in ("F05", "H01", "H02", "H07")]
    assert [name for name in hidden if name in text] == []
    assert "1 not shown" in text


def test_a_cause_graph_has_its_nodes_links_and_evidence(answered: GraphStore, schema: Schema) -> None:
    answer = cause_graph(answered, schema, Subject("Household", "h1"), day=DAY)
    tables = {table.name: table for table in cause_graph_tables(answer)}
    found = rows(tables["causes"], "code", "finding_status", "severity", "onset_on")
    assert ("M03", "confirmed", "0.6", "2026-03-01") in found
    assert ("M02", "suspected", "0.4", "2026-05-01") in found
    links = rows(tables["cause_links"], "link_id", "from_code", "to_code", "strength", "lag_days")
    assert ("K47", "M03", "M02", "0.6", "90") in links
    assert len(links) == len(answer.links) + len(answer.feedback_links)
    assert ("M02", "0.5", "2026-05-01", "I25-M02") in rows(
        tables["evidence"], "code", "value", "observed_on", "rule_id"
    )
    assert all(" → " in way for (way,) in rows(tables["cause_chains"], "way"))


def test_the_cause_graph_of_an_area_counts_households_by_place(answered: GraphStore, schema: Schema) -> None:
    answer = cause_graph(answered, schema, Subject("Area", "350624105"), day=DAY)
    tables = {table.name: table for table in cause_graph_tables(answer)}
    # h7: V01 confirmed, M01 suspected.
    counted = rows(tables["place_causes"], "area_id", "code", "confirmed_households", "suspected_households")
    assert counted == [("350624105201", "M01", "0", "1"), ("350624105201", "V01", "1", "0")]
    assert "evidence" not in tables


def test_contradictions_name_both_feeds_and_both_values(answered: GraphStore, schema: Schema) -> None:
    answer = contradictions(answered, schema, Subject("Household", "h1"), day=DAY)
    tables = {table.name: table for table in contradictions_tables(answer)}
    ((believed, believed_on, other, age),) = rows(
        tables["contradictions"], "believed_value", "believed_on", "other_value", "other_age_days"
    )
    # 2 by the police on 2026-04-01, 3 by the visit of 2026-05-10, ten days before.
    assert (believed, believed_on, other, age) == ("2", "2026-04-01", "3", "10")
    assert rows(tables["contradiction_counts"], "count") == [("1",)]


def test_a_history_tells_its_steps_and_what_changed(schema: Schema) -> None:
    told = Told(MemoryLedger(schema), schema)
    told.tell("police", date(2024, 3, 1), Household=[household(member_count=3)])
    told.tell("police", date(2024, 4, 2), Household=[household(member_count=4)])
    tables = {table.name: table for table in history_tables(told.answer())}
    assert rows(tables["history"], "recorded_on", "happening", language="zh") == [
        ("2024-03-01", "首次获知"),
        ("2024-04-02", "变更"),
    ]
    assert rows(tables["history_changes"], "before", "after") == [("3", "4")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_holds_every_table_of_an_answer(
    language: Language, answered: GraphStore, schema: Schema, policy: Policy
) -> None:
    tables = buyers_tables(buyers(answered, schema, policy, Subject("Cooperative", "c1"), day=DAY), schema)
    book = tables_xlsx(tables, language)
    for table in tables:
        read = loaded(book, sheet=table.label.text(language))
        assert list(read[0]) == headers(table, language)
        assert len(read) == len(table.rows) + 1
