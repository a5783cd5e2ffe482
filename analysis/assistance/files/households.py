"""Households and their causes read from a file: one row per household and cause."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from analysis.assistance.files.repeated import ids_in, one_row_each, rows_by_id, tell_twice
from analysis.assistance.files.values import cause_of, code_of, measures_of, severity, yes_no
from analysis.frames import Contract
from analysis.produce.files import values
from analysis.produce.files.faults import FileFault
from analysis.produce.files.file_table import FileColumn, FileTable, ReadFile, read_columns
from graph_schema import Schema

# What is known of a household, 1 yes, 0 no, empty unknown, by the column that says it.
ANSWERS = ("has_worker", "is_insured", "has_student", "has_open_lot")
# The area that it lives in, and those above it.
PLACES = ("village_id", "town_id", "county_id")

# One row per household and cause that is open there.
NEEDS: Contract = {"household_id": "text", "cause_id": "text", "severity": "number"}
# What the rows of a household say of it.
_ABOUT: Contract = {
    **dict.fromkeys(PLACES, "text"),
    "cooperative_ids": "texts",
    "enterprise_ids": "texts",
    **dict.fromkeys(ANSWERS, "whole"),
    "category": "text",
    "running_measure_ids": "texts",
}
HOUSEHOLDS: Contract = {"household_id": "text", **_ABOUT}


@dataclass(frozen=True)
class HouseholdsFile:
    """`needs`: NEEDS, sorted by household and cause. `households`: HOUSEHOLDS, sorted, one row each."""

    needs: pd.DataFrame
    households: pd.DataFrame
    faults: tuple[FileFault, ...]


def household_columns(schema: Schema) -> tuple[FileColumn, ...]:
    """Return every column that a file of households may have."""
    return (
        FileColumn("household_id", "text", values.text, is_needed=True),
        FileColumn("village_id", "text", values.text, is_needed=True),
        FileColumn("town_id", "text", values.text),
        FileColumn("county_id", "text", values.text),
        FileColumn("cause_id", "text", cause_of(schema), is_needed=True),
        FileColumn("severity", "number", severity, is_needed=True),
        FileColumn("cooperative_ids", "texts", values.texts),
        FileColumn("enterprise_ids", "texts", values.texts),
        *(FileColumn(name, "whole", yes_no) for name in ANSWERS),
        FileColumn("category", "text", code_of(schema, "category")),
        FileColumn("running_measure_ids", "texts", measures_of(schema)),
    )


def read_households(table: FileTable, schema: Schema) -> HouseholdsFile:
    """Return the households of a file and their causes, and every fault."""
    read = read_columns(table, household_columns(schema))
    tell_twice(read, ("household_id", "cause_id"), "assist_file_cause_twice")
    households = rows_by_id(read, "household_id", _ABOUT)
    _check_places(read)
    needs = read.frame[[*NEEDS]].sort_values(["household_id", "cause_id"], ignore_index=True)
    return HouseholdsFile(needs, households, read.sorted_faults())


def _check_places(read: ReadFile) -> None:
    """Note villages that lie in two towns or counties, and towns in two counties; each cell is told once.

    Note areas that stand in two of the columns too: a village is no town.
    """
    for lower, upper in combinations(PLACES, 2):
        before = list(read.faults)
        told = {(fault.line, fault.column) for fault in before}
        one_row_each(read, ids_in(read, lower), {upper: "text"})
        read.faults = before + [each for each in read.faults[len(before) :] if (each.line, each.column) not in told]
        is_both = read.frame[upper].isin(read.frame[lower].dropna()) & ~read.frame[upper].duplicated()
        read.add("assist_file_two_levels", is_both.to_numpy(bool), upper, lower=lower)
