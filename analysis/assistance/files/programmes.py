"""Programmes and what they offer read from a file: one row per programme and measure."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.assistance.files.repeated import rows_by_id, tell_twice
from analysis.assistance.files.values import code_of, codes_of, fen, measure_of, places
from analysis.frames import Contract
from analysis.produce.files import values
from analysis.produce.files.faults import FileFault
from analysis.produce.files.file_table import FileColumn, FileTable, ReadFile, read_columns
from analysis.produce.files.row_checks import check_days
from graph_schema import Schema

# What the rows of a programme say of it.
_ABOUT: Contract = {
    "name": "text",
    "agency_id": "text",
    "budget_fen": "whole",
    "household_limit_fen": "whole",
    "area_ids": "texts",
    "eligible_codes": "texts",
    "prerequisite": "text",
    "starts_on": "day",
    "ends_on": "day",
}
PROGRAMMES: Contract = {"programme_id": "text", **_ABOUT}
# One row per programme and measure. No cost: that of the measure in the vocabulary; no count: as many as are paid for.
OFFERS: Contract = {"programme_id": "text", "measure_id": "text", "cost_fen": "whole", "place_count": "whole"}


@dataclass(frozen=True)
class ProgrammesFile:
    """`programmes`: PROGRAMMES, one row each; `offers`: OFFERS. Both sorted."""

    programmes: pd.DataFrame
    offers: pd.DataFrame
    faults: tuple[FileFault, ...]


def programme_columns(schema: Schema) -> tuple[FileColumn, ...]:
    """Return every column that a file of programmes may have."""
    return (
        FileColumn("programme_id", "text", values.text, is_needed=True),
        FileColumn("name", "text", values.text),
        FileColumn("agency_id", "text", values.text),
        FileColumn("measure_id", "text", measure_of(schema), is_needed=True),
        FileColumn("cost_fen", "whole", fen),
        FileColumn("place_count", "whole", places),
        FileColumn("budget_fen", "whole", fen),
        FileColumn("household_limit_fen", "whole", fen),
        FileColumn("area_ids", "texts", values.texts),
        FileColumn("eligible_codes", "texts", codes_of(schema, "category")),
        FileColumn("prerequisite", "text", code_of(schema, "prerequisite")),
        FileColumn("starts_on", "day", values.day),
        FileColumn("ends_on", "day", values.day),
    )


def read_programmes(table: FileTable, schema: Schema) -> ProgrammesFile:
    """Return the programmes of a file and what they offer, and every fault."""
    read = read_columns(table, programme_columns(schema))
    tell_twice(read, ("programme_id", "measure_id"), "assist_file_offer_twice")
    check_days(read, "starts_on", "ends_on", "produce_file_days")
    programmes = rows_by_id(read, "programme_id", _ABOUT)
    _check_budgets(read)
    offers = read.frame[[*OFFERS]].sort_values(["programme_id", "measure_id"], ignore_index=True)
    return ProgrammesFile(programmes, offers, read.sorted_faults())


def _check_budgets(read: ReadFile) -> None:
    """Note the first row of each programme of which no row says the budget."""
    names = read.frame["programme_id"]
    said = set(names[read.has("budget_fen")])
    lacks = names.notna() & ~names.isin(said) & ~names.duplicated()
    read.add("assist_file_no_budget", lacks.to_numpy(bool), "budget_fen")
