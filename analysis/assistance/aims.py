"""The causes that the help along a chain is aimed at."""

from __future__ import annotations

import pandas as pd

from analysis.assistance.links import current
from analysis.frames import Contract, frame_of, rows_of

# One row per help under a programme and cause that it is aimed at.
PROGRAMME_AIMS: Contract = {
    "household_id": "text",
    "programme_id": "text",
    "assistance_id": "text",
    "cause_id": "text",
}

# One row per chain and cause: how many helps under the chain's programme, to households at its end, are aimed at it.
CHAIN_AIMS: Contract = {"chain_id": "text", "cause_id": "text", "help_count": "whole"}


def aims_of_chains(chains: pd.DataFrame, memberships: pd.DataFrame, aims: pd.DataFrame) -> pd.DataFrame:
    """Return one row per chain and cause, sorted (contract CHAIN_AIMS); `memberships` come with states."""
    members = current(memberships)[["household_id", "cooperative_id"]]
    ends = chains[["chain_id", "programme_id", "cooperative_id", "household_id"]].dropna(subset=["programme_id"])
    by_cooperative = ends.drop(columns="household_id").merge(members, on="cooperative_id")
    by_household = ends[ends["cooperative_id"].isna()].drop(columns="cooperative_id").dropna(subset=["household_id"])
    reached = pd.concat([by_cooperative.drop(columns="cooperative_id"), by_household], ignore_index=True)
    joined = reached.merge(aims, on=["programme_id", "household_id"])
    counts = joined.groupby(["chain_id", "cause_id"])["assistance_id"].nunique()
    rows = rows_of(counts.rename("help_count").reset_index())
    return frame_of(sorted(rows, key=lambda row: (str(row["chain_id"]), str(row["cause_id"]))), CHAIN_AIMS)
