"""Through whom programmes give, read from a file: one row per programme, enterprise and cooperative.

A row says what the graph says by links: the programme partners with the enterprise, and the enterprise has a contract
with the cooperative; without an enterprise, the programme partners with the cooperative itself.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass

import pandas as pd

from analysis.assistance.files.repeated import ids_in, one_row_each, tell_twice
from analysis.assistance.files.values import fen, places
from analysis.frames import Contract, frame_of
from analysis.produce.files import values
from analysis.produce.files.faults import FileFault
from analysis.produce.files.file_table import FileColumn, FileTable, ReadFile, read_columns
from analysis.produce.files.row_checks import check_days

# One row per programme and partner. No number or budget: no bound of its own.
PARTNERSHIPS: Contract = {
    "programme_id": "text",
    "partner_kind": "text",
    "partner_id": "text",
    "place_count": "whole",
    "budget_fen": "whole",
    "starts_on": "day",
    "ends_on": "day",
}
# One row per enterprise and cooperative that have a contract.
CONTRACTS: Contract = {"enterprise_id": "text", "cooperative_id": "text"}

CHAIN_COLUMNS = (
    FileColumn("programme_id", "text", values.text, is_needed=True),
    FileColumn("enterprise_id", "text", values.text),
    FileColumn("cooperative_id", "text", values.text),
    FileColumn("place_count", "whole", places),
    FileColumn("budget_fen", "whole", fen),
    FileColumn("starts_on", "day", values.day),
    FileColumn("ends_on", "day", values.day),
)

_ABOUT: Contract = {"place_count": "whole", "budget_fen": "whole", "starts_on": "day", "ends_on": "day"}


@dataclass(frozen=True)
class ChainsFile:
    """`partnerships`: PARTNERSHIPS; `contracts`: CONTRACTS. Both sorted, each row once."""

    partnerships: pd.DataFrame
    contracts: pd.DataFrame
    faults: tuple[FileFault, ...]


def no_chains() -> ChainsFile:
    """Return what is known where no such file is given: every programme gives by itself."""
    return ChainsFile(frame_of((), PARTNERSHIPS), frame_of((), CONTRACTS), ())


def read_chains(table: FileTable, programmes: Collection[str]) -> ChainsFile:
    """Return through whom programmes give, and every fault. `programmes`: those of the file of programmes."""
    read = read_columns(table, CHAIN_COLUMNS)
    has_enterprise, has_cooperative = read.has("enterprise_id"), read.has("cooperative_id")
    read.add("assist_file_no_partner", ~has_enterprise & ~has_cooperative, "enterprise_id")
    is_unknown = read.has("programme_id") & ~read.frame["programme_id"].isin(programmes).to_numpy(bool)
    read.add("assist_file_unknown_programme", is_unknown, "programme_id")
    tell_twice(read, ("programme_id", "enterprise_id", "cooperative_id"), "assist_file_chain_twice")
    check_days(read, "starts_on", "ends_on", "produce_file_days")
    partnerships = _partnerships(read)
    contracts = read.frame[has_enterprise & has_cooperative][[*CONTRACTS]].drop_duplicates()
    return ChainsFile(partnerships, contracts.sort_values([*CONTRACTS], ignore_index=True), read.sorted_faults())


def _partnerships(read: ReadFile) -> pd.DataFrame:
    """Return each programme with each partner once; rows with the same partner must say the same of it."""
    programmes, enterprises, cooperatives = (
        ids_in(read, column) for column in ("programme_id", "enterprise_id", "cooperative_id")
    )
    keys: list[Hashable | None] = []
    for programme, enterprise, cooperative in zip(programmes, enterprises, cooperatives, strict=True):
        is_known = programme is not None and (enterprise or cooperative)
        partner = (enterprise, "Enterprise") if enterprise else (cooperative, "Cooperative")
        keys.append((programme, *partner) if is_known else None)
    found, frame = one_row_each(read, keys, _ABOUT)
    named = pd.DataFrame(found, columns=["programme_id", "partner_id", "partner_kind"], dtype="object")
    return pd.concat([named, frame], axis=1)[[*PARTNERSHIPS]]
