"""Every fault of the files of an assistance plan is told with its line and column, in both languages, all at once."""

from __future__ import annotations

import pytest

from analysis.assistance.files.assist_files import AssistTables, read_assist_files
from analysis.produce.files.faults import FaultyFiles, FileFault
from graph_schema import Schema
from tests.analysis.assistance.files.made_files import chains_of, households_of, programmes_of, tables_of
from tests.analysis.produce.files.made_tables import table

# What is changed of the row in line 3, the fault, its column.
HOUSEHOLD_FAULTS: dict[str, tuple[dict[str, str], str, str]] = {
    "an unknown cause": ({"cause_id": "X99"}, "assist_file_unknown_cause", "cause_id"),
    "no cause": ({"cause_id": ""}, "produce_file_no_value", "cause_id"),
    "the same cause twice": ({}, "assist_file_cause_twice", "household_id"),
    "severity above 1": ({"cause_id": "L06", "severity": "5"}, "assist_file_severity", "severity"),
    "severity below 0": ({"cause_id": "L06", "severity": "-0.1"}, "assist_file_severity", "severity"),
    "severity in words": ({"cause_id": "L06", "severity": "high"}, "produce_file_no_number", "severity"),
    "no village": ({"household_id": "H2", "village_id": ""}, "produce_file_no_value", "village_id"),
    "two villages": ({"cause_id": "L06", "village_id": "V2"}, "assist_file_two_values", "village_id"),
    "two counties": ({"cause_id": "L06", "county_id": "C2"}, "assist_file_two_values", "county_id"),
    "a village in two towns": (
        {"household_id": "H2", "town_id": "T2"},
        "assist_file_two_values",
        "town_id",
    ),
    "a town that is a village": (
        {"household_id": "H2", "village_id": "V2", "town_id": "V1"},
        "assist_file_two_levels",
        "town_id",
    ),
    "a worker and none": ({"cause_id": "L06", "has_worker": "no"}, "assist_file_two_values", "has_worker"),
    "neither yes nor no": ({"household_id": "H2", "is_insured": "partly"}, "produce_file_no_answer", "is_insured"),
    "an unknown category": ({"household_id": "H2", "category": "POOR"}, "produce_file_unknown_code", "category"),
    "an unknown measure": (
        {"household_id": "H2", "running_measure_ids": "B25;B99"},
        "assist_file_unknown_measure",
        "running_measure_ids",
    ),
}
PROGRAMME_FAULTS: dict[str, tuple[dict[str, str], str, str]] = {
    "a budget below 0": ({"programme_id": "P2", "budget_fen": "-1"}, "produce_file_negative", "budget_fen"),
    "a budget in yuan": ({"programme_id": "P2", "budget_fen": "5000.50"}, "assist_file_no_fen", "budget_fen"),
    "a budget beyond any": ({"programme_id": "P2", "budget_fen": "1000000000001"}, "assist_file_fen_far", "budget_fen"),
    "no budget": ({"programme_id": "P2", "budget_fen": ""}, "assist_file_no_budget", "budget_fen"),
    "two budgets": ({"measure_id": "B27", "budget_fen": "7"}, "assist_file_two_values", "budget_fen"),
    "an unknown measure": ({"measure_id": "E02"}, "assist_file_unknown_measure", "measure_id"),
    "no measure": ({"measure_id": ""}, "produce_file_no_value", "measure_id"),
    "the same measure twice": ({}, "assist_file_offer_twice", "programme_id"),
    "half a place": ({"programme_id": "P2", "place_count": "0.5"}, "produce_file_no_whole", "place_count"),
    "an unknown code": ({"programme_id": "P2", "eligible_codes": "ALL"}, "produce_file_unknown_code", "eligible_codes"),
    "an unknown condition": (
        {"programme_id": "P2", "prerequisite": "youth"},
        "produce_file_unknown_code",
        "prerequisite",
    ),
    "days the wrong way round": ({"programme_id": "P2", "ends_on": "2025-12-31"}, "produce_file_days", "ends_on"),
}
CHAIN_FAULTS: dict[str, tuple[dict[str, str], str, str]] = {
    "an unknown programme": ({"programme_id": "P9"}, "assist_file_unknown_programme", "programme_id"),
    "no programme": ({"programme_id": ""}, "produce_file_no_value", "programme_id"),
    "nobody on the way": (
        {"enterprise_id": "", "cooperative_id": ""},
        "assist_file_no_partner",
        "enterprise_id",
    ),
    "the same chain twice": ({}, "assist_file_chain_twice", "programme_id"),
    "two numbers of places": ({"cooperative_id": "COOP2", "place_count": "6"}, "assist_file_two_values", "place_count"),
    "places below 0": ({"cooperative_id": "COOP2", "place_count": "-6"}, "produce_file_negative", "place_count"),
    "a budget in yuan": ({"enterprise_id": "E2", "budget_fen": "1.5"}, "assist_file_no_fen", "budget_fen"),
}


def faults_of(schema: Schema, tables: AssistTables) -> tuple[FileFault, ...]:
    with pytest.raises(FaultyFiles) as caught:
        read_assist_files(tables, schema)
    return caught.value.faults


def told(faults: tuple[FileFault, ...]) -> list[tuple[str, int, str]]:
    return [(fault.code, fault.line, fault.column) for fault in faults]


@pytest.mark.parametrize("name", HOUSEHOLD_FAULTS)
def test_a_fault_of_a_household_is_told_with_its_line_and_column(schema: Schema, name: str) -> None:
    change, code, column = HOUSEHOLD_FAULTS[name]
    assert told(faults_of(schema, tables_of(households=households_of(change)))) == [(code, 3, column)]


@pytest.mark.parametrize("name", PROGRAMME_FAULTS)
def test_a_fault_of_a_programme_is_told_with_its_line_and_column(schema: Schema, name: str) -> None:
    change, code, column = PROGRAMME_FAULTS[name]
    faults = faults_of(schema, tables_of(programmes=programmes_of(change)))
    # A budget that cannot be read is no budget either; the first of the two faults says why.
    assert told(faults)[0] == (code, 3, column)
    assert {fault.line for fault in faults} == {3}


@pytest.mark.parametrize("name", CHAIN_FAULTS)
def test_a_fault_of_a_chain_is_told_with_its_line_and_column(schema: Schema, name: str) -> None:
    change, code, column = CHAIN_FAULTS[name]
    assert told(faults_of(schema, tables_of(chains=chains_of(change)))) == [(code, 3, column)]


def test_the_faults_of_all_files_are_told_at_once(schema: Schema) -> None:
    tables = tables_of(
        households_of({"cause_id": "X99"}, {"cause_id": "L06", "county_id": "C2"}),
        programmes_of({"programme_id": "P2", "budget_fen": "-1"}),
        chains_of({"programme_id": "P9"}),
    )
    assert [(fault.file, fault.line) for fault in faults_of(schema, tables)] == [
        ("households.csv", 3),
        ("households.csv", 4),
        ("programmes.csv", 3),
        ("chains.csv", 3),
    ]


def test_a_household_in_two_counties_is_told_in_words_of_both_languages(schema: Schema) -> None:
    households = households_of({"cause_id": "L06", "village_id": "", "town_id": "", "county_id": "C2"})
    told = next(fault for fault in faults_of(schema, tables_of(households)) if fault.code == "assist_file_two_values")
    assert told.text("en") == (
        "households.csv, line 3, county_id: C2 is said of H1 here, C1 in line 2. "
        "Say the same in each row, or once and leave the other cells empty."
    )
    assert told.text("zh") == (
        "households.csv 第 3 行 county_id：此处 H1 写为 C2，第 2 行写为 C1。各行应一致，或只写一次，其余留空。"
    )


def test_an_empty_file_says_that_it_has_no_row(schema: Schema) -> None:
    header_alone = table("households.csv", dict.fromkeys(("household_id", "village_id", "cause_id", "severity"), "x"))
    emptied = type(header_alone)(
        "households.csv", {name: cells[:0] for name, cells in header_alone.cells.items()}, header_alone.lines[:0]
    )
    assert told(faults_of(schema, tables_of(households=emptied))) == [("produce_file_no_row", 1, "")]


def test_a_column_of_another_name_is_told(schema: Schema) -> None:
    faults = faults_of(schema, tables_of(households=households_of({"household_id": "H2", "villlage": "V1"})))
    assert [(fault.code, fault.column) for fault in faults] == [("produce_file_unknown_column", "villlage")]
