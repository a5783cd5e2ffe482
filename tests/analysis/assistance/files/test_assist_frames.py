"""The files of an assistance plan come out as the frames of an allocation and as households of the cause engine."""

from __future__ import annotations

from datetime import date

import numpy as np

from analysis.assistance.allocation.frames import CONTRACTS_OF
from analysis.assistance.files.assist_files import read_assist_files
from analysis.assistance.files.to_frames import frames_of_files
from analysis.assistance.files.to_risk import risk_of_files
from analysis.frames import rows_of
from analysis.risk.households import checked_households
from analysis.risk.measures import MET, NOT_MET, UNKNOWN
from analysis.risk.model import expert_model
from graph_schema import Schema
from tests.analysis.assistance.files.made_files import households_of, programmes_of, tables_of

DAY = date(2026, 3, 1)


def test_every_frame_has_the_columns_of_its_contract(schema: Schema) -> None:
    frames = frames_of_files(read_assist_files(tables_of(), schema), DAY)
    assert {name: list(getattr(frames, name).columns) for name in CONTRACTS_OF} == {
        name: list(contract) for name, contract in CONTRACTS_OF.items()
    }


def test_an_area_lies_below_the_nearest_one_that_any_row_names(schema: Schema) -> None:
    # The first household of V1 says its county only, the second its town too.
    tables = tables_of(
        households_of(
            {"household_id": "H0", "town_id": ""},
            {"household_id": "H2", "village_id": "V2", "town_id": "", "county_id": ""},
        )
    )
    areas = rows_of(frames_of_files(read_assist_files(tables, schema), DAY).areas)
    assert {row["area_id"]: (row["area_level"], row["parent_id"]) for row in areas} == {
        "C1": ("county", None),
        "T1": ("town", "C1"),
        "V1": ("village", "T1"),
        "V2": ("village", None),
    }


def test_an_answer_meets_one_prerequisite_and_its_contrary_not(schema: Schema) -> None:
    frames = frames_of_files(read_assist_files(tables_of(), schema), DAY)
    [household] = rows_of(frames.households)
    assert [household[name] for name in ("worker", "no_worker", "insured", "student", "project")] == [
        1,
        0,
        0,
        None,
        None,
    ]


def test_a_programme_without_a_first_day_runs_and_help_that_runs_is_under_no_programme(schema: Schema) -> None:
    tables = tables_of(
        households_of({"household_id": "H2", "running_measure_ids": "B27;B25", "enterprise_ids": "E7"}),
        programmes_of({"programme_id": "P2", "starts_on": "", "ends_on": ""}),
    )
    frames = frames_of_files(read_assist_files(tables, schema), DAY)
    assert [row["starts_on"] for row in rows_of(frames.programmes)] == [date(2026, 1, 1), DAY]
    assert [(row["household_id"], row["measure_id"], row["programme_id"]) for row in rows_of(frames.help)] == [
        ("H2", "B27", None),
        ("H2", "B25", None),
    ]
    contracts = [(row["enterprise_id"], row["partner_kind"], row["partner_id"]) for row in rows_of(frames.contracts)]
    assert contracts == [("E1", "Cooperative", "COOP1"), ("E7", "Household", "H2")]


def test_the_cause_engine_gets_what_the_file_says(schema: Schema) -> None:
    model = expert_model(schema)
    tables = tables_of(households_of({"cause_id": "L06", "severity": "1", "running_measure_ids": "B27"}))
    risk = risk_of_files(read_assist_files(tables, schema), model.network, model.measures)
    checked_households(risk, model.network, model.measures)
    assert (risk.ids, risk.place_of, risk.findings.severity.tolist()) == (("H1",), ("V1",), [0.8, 1.0])
    of_measure = dict(zip(model.measures.code_of, risk.prerequisites[0].tolist(), strict=True))
    assert [of_measure[code] for code in ("B25", "B18", "B03", "B13", "B31", "B05")] == [
        MET,  # a worker
        NOT_MET,  # no worker
        NOT_MET,  # insured
        UNKNOWN,  # a student
        UNKNOWN,  # a written project
        MET,  # nothing
    ]
    assert [model.measures.code_of[place] for place in np.flatnonzero(risk.running[0])] == ["B27"]
