"""Small files of assistance as tables of text, with some cells changed."""

from __future__ import annotations

from analysis.assistance.files.assist_files import AssistTables
from analysis.produce.files.file_table import FileTable
from tests.analysis.produce.files.made_tables import table

HOUSEHOLD = {
    "household_id": "H1",
    "village_id": "V1",
    "town_id": "T1",
    "county_id": "C1",
    "cause_id": "E02",
    "severity": "0.8",
    "cooperative_ids": "COOP1;COOP2",
    "enterprise_ids": "",
    "has_worker": "yes",
    "is_insured": "no",
    "has_student": "",
    "has_open_lot": "",
    "category": "MARGINAL",
    "running_measure_ids": "",
}
PROGRAMME = {
    "programme_id": "P1",
    "name": "Skills",
    "agency_id": "A1",
    "measure_id": "B25",
    "cost_fen": "150000",
    "place_count": "10",
    "budget_fen": "1000000",
    "household_limit_fen": "",
    "area_ids": "T1",
    "eligible_codes": "",
    "prerequisite": "",
    "starts_on": "2026-01-01",
    "ends_on": "2026-12-31",
}
CHAIN = {
    "programme_id": "P1",
    "enterprise_id": "E1",
    "cooperative_id": "COOP1",
    "place_count": "5",
    "budget_fen": "",
    "starts_on": "",
    "ends_on": "",
}


def households_of(*changes: dict[str, str]) -> FileTable:
    """Return a file with the sound household in line 2 and one changed row below it for each change."""
    return table("households.csv", HOUSEHOLD, *({**HOUSEHOLD, **change} for change in changes))


def programmes_of(*changes: dict[str, str]) -> FileTable:
    """Return a file with the sound programme in line 2 and one changed row below it for each change."""
    return table("programmes.csv", PROGRAMME, *({**PROGRAMME, **change} for change in changes))


def chains_of(*changes: dict[str, str]) -> FileTable:
    """Return a file with the sound chain in line 2 and one changed row below it for each change."""
    return table("chains.csv", CHAIN, *({**CHAIN, **change} for change in changes))


def tables_of(
    households: FileTable | None = None, programmes: FileTable | None = None, chains: FileTable | None = None
) -> AssistTables:
    """Return the three files, sound where nothing else is given."""
    return AssistTables(households or households_of(), programmes or programmes_of(), chains or chains_of())
