"""Chains of a whole county: those that end at single households become one for each enterprise."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.assistance.chains import PARTY_COLUMNS
from analysis.assistance.frames import CHAINS
from analysis.frames import Contract, Row, frame_of, rows_of

# CHAINS, with how many of the households at the end are without help, and how many contracts with households it joins.
TRUNK_CHAINS: Contract = {**CHAINS, "without_help_count": "whole", "household_contract_count": "whole"}


def trunk_chains(
    chains: pd.DataFrame, without_help: Mapping[str, int], left_out: frozenset[str], unlinked: tuple[int, int]
) -> pd.DataFrame:
    """Return one row per chain (contract TRUNK_CHAINS), sorted by chain_id, none of them for a single household.

    `without_help`: how many households without help are in each cooperative; `left_out`: the households without help
    among those with a contract of their own; `unlinked`: how many households are in no chain of `chains`, and how many
    of them are without help; they become a row of their own.
    """
    joined: dict[str, Row] = {}
    households: dict[str, set[str]] = {}
    for row in rows_of(chains):
        if row["household_id"] is None:
            behind = without_help.get(str(row["cooperative_id"]), 0) if row["cooperative_id"] else 0
            joined[str(row["chain_id"])] = {**row, "without_help_count": behind, "household_contract_count": 0}
            continue
        chain = _identified({**row, "contract_id": None, "household_id": None, "household_contract_count": 0})
        found = joined.setdefault(str(chain["chain_id"]), chain)
        found["household_contract_count"] = int(str(found["household_contract_count"])) + 1
        households.setdefault(str(chain["chain_id"]), set()).add(str(row["household_id"]))
    for chain_id, names in households.items():
        joined[chain_id] |= {"household_count": len(names), "without_help_count": len(names & left_out)}
    if unlinked[0]:
        alone: Row = {**dict.fromkeys(TRUNK_CHAINS), "missing": ("cooperative",), "household_contract_count": 0}
        counts = {"household_count": unlinked[0], "without_help_count": unlinked[1]}
        chain = _identified({**alone, **counts})
        joined[str(chain["chain_id"])] = chain
    return frame_of([joined[name] for name in sorted(joined)], TRUNK_CHAINS)


def _identified(chain: Row) -> Row:
    return {**chain, "chain_id": "/".join(str(chain[column] or "") for column in PARTY_COLUMNS)}
