"""What the files of an assistance plan hold, in whatever order their rows stand and however often a thing is said."""

from __future__ import annotations

from datetime import date

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.assistance.files.assist_files import AssistTables, read_assist_files
from analysis.assistance.files.households import read_households
from analysis.frames import rows_of
from graph_schema import Schema, load_schema
from tests.analysis.assistance.files.made_files import (
    HOUSEHOLD,
    chains_of,
    households_of,
    programmes_of,
    tables_of,
)
from tests.analysis.produce.files.made_tables import table

SAID_OF_A_HOUSEHOLD = [name for name in HOUSEHOLD if name not in ("household_id", "village_id", "cause_id", "severity")]


def test_a_household_of_two_causes_is_one_household_with_two_needs(schema: Schema) -> None:
    files = read_assist_files(
        tables_of(households_of({"cause_id": "L06", "severity": "1", "has_student": "yes"})), schema
    )
    assert rows_of(files.needs) == [
        {"household_id": "H1", "cause_id": "E02", "severity": 0.8},
        {"household_id": "H1", "cause_id": "L06", "severity": 1.0},
    ]
    assert rows_of(files.households) == [
        {
            "household_id": "H1",
            "village_id": "V1",
            "town_id": "T1",
            "county_id": "C1",
            "cooperative_ids": ("COOP1", "COOP2"),
            "enterprise_ids": (),
            "has_worker": 1,
            "is_insured": 0,
            "has_student": 1,
            "has_open_lot": None,
            "category": "MARGINAL",
            "running_measure_ids": (),
        }
    ]


def test_causes_measures_and_codes_may_be_named_in_words(schema: Schema) -> None:
    named = {"household_id": "H2", "cause_id": schema.causes["E02"].label.zh, "category": "边缘易致贫户"}
    files = read_assist_files(
        tables_of(households_of(named), programmes_of({"programme_id": "P2", "measure_id": "Skill Training"})), schema
    )
    assert files.needs["cause_id"].tolist() == ["E02", "E02"]
    assert files.households["category"].tolist() == ["MARGINAL", "MARGINAL"]
    assert files.offers["measure_id"].tolist() == ["B25", "B25"]


def test_a_programme_says_its_budget_once_and_offers_several_measures(schema: Schema) -> None:
    more = {"measure_id": "B27", "cost_fen": "", "place_count": "", "budget_fen": "", "area_ids": "", "name": ""}
    files = read_assist_files(tables_of(programmes=programmes_of(more)), schema)
    [programme] = rows_of(files.programmes)
    assert (programme["budget_fen"], programme["household_limit_fen"], programme["area_ids"]) == (
        1000000,
        None,
        ("T1",),
    )
    assert (programme["starts_on"], programme["ends_on"]) == (date(2026, 1, 1), date(2026, 12, 31))
    assert rows_of(files.offers) == [
        {"programme_id": "P1", "measure_id": "B25", "cost_fen": 150000, "place_count": 10},
        {"programme_id": "P1", "measure_id": "B27", "cost_fen": None, "place_count": None},
    ]


def test_a_chain_is_a_partnership_and_a_contract(schema: Schema) -> None:
    chains = chains_of(
        {"cooperative_id": "COOP2", "place_count": ""},
        {"enterprise_id": "", "cooperative_id": "COOP3", "place_count": "2"},
        {"enterprise_id": "E2", "cooperative_id": "", "place_count": "1"},
    )
    files = read_assist_files(tables_of(chains=chains), schema)
    partners = files.partnerships[["programme_id", "partner_kind", "partner_id", "place_count"]]
    assert partners.to_numpy().tolist() == [
        ["P1", "Cooperative", "COOP3", 2],
        ["P1", "Enterprise", "E1", 5],
        ["P1", "Enterprise", "E2", 1],
    ]
    assert files.contracts.to_numpy().tolist() == [["E1", "COOP1"], ["E1", "COOP2"]]
    assert files.cooperatives_without_members() == ("COOP3",)


def test_without_a_file_of_chains_programmes_give_by_themselves(schema: Schema) -> None:
    files = read_assist_files(AssistTables(households_of(), programmes_of()), schema)
    assert (len(files.partnerships), len(files.contracts)) == (0, 0)


def test_an_area_of_a_programme_where_nobody_lives_is_found(schema: Schema) -> None:
    files = read_assist_files(
        tables_of(programmes=programmes_of({"programme_id": "P2", "area_ids": "C1;V1;T9"})), schema
    )
    assert files.unused_areas() == ("T9",)


@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_it_does_not_matter_in_which_row_a_thing_is_said_nor_how_often(data: st.DataObject) -> None:
    schema = load_schema()
    causes = data.draw(st.lists(st.sampled_from(["E02", "L06", "L07", "M06"]), min_size=1, unique=True))
    said_in = {name: data.draw(st.sets(st.sampled_from(causes), min_size=1)) for name in SAID_OF_A_HOUSEHOLD}
    rows = [
        {
            **HOUSEHOLD,
            "cause_id": cause,
            **{name: HOUSEHOLD[name] if cause in said_in[name] else "" for name in SAID_OF_A_HOUSEHOLD},
        }
        for cause in causes
    ]
    whole = read_households(households_of(), schema)
    read = read_households(table("households.csv", *rows), schema)
    assert read.faults == ()
    assert read.needs["cause_id"].tolist() == sorted(causes)
    pd.testing.assert_frame_equal(read.households, whole.households)
