"""Which chains reach a household, and where the best of them breaks."""

from __future__ import annotations

import pandas as pd

from analysis.assistance.links import current
from analysis.frames import Contract, frame_of, rows_of, texts_in

# One row per household: how many whole chains reach it, and if none does, the link that its best chain misses.
REACH: Contract = {
    "household_id": "text",
    "whole_chain_count": "whole",
    "missing_link": "text",
}

# From the worst break to the best: the nearer the break is to the household, the less there is to build on.
BREAKS = ("cooperative", "contract", "enterprise", "programme", "agency")


def reach_of_households(households: pd.DataFrame, chains: pd.DataFrame, memberships: pd.DataFrame) -> pd.DataFrame:
    """Return one row per household (contract REACH), sorted; `memberships` come with states.

    A household without a whole chain misses what the best of its chains misses. In no cooperative it misses that; in
    cooperatives that no chain ends at, it misses what the chains that end above them miss.
    """
    at_cooperative, at_household = breaks_by(chains, "cooperative_id"), breaks_by(chains, "household_id")
    above = break_above(chains)
    cooperatives: dict[object, list[str]] = {}
    for row in rows_of(current(memberships)[["household_id", "cooperative_id"]]):
        cooperatives.setdefault(row["household_id"], []).append(str(row["cooperative_id"]))
    found = []
    for household_id in sorted({*households["household_id"]}):
        joined = cooperatives.get(household_id, [])
        breaks = [place for name in joined for place in at_cooperative.get(name, [above])]
        breaks += at_household.get(household_id, [])
        whole_chain_count = breaks.count(len(BREAKS))
        missing_link = None if whole_chain_count else BREAKS[max(breaks, default=0)]
        found.append(
            {"household_id": household_id, "whole_chain_count": whole_chain_count, "missing_link": missing_link}
        )
    return frame_of(found, REACH)


def break_above(chains: pd.DataFrame) -> int:
    """Return how far the best chain gets that ends above the cooperatives; without one, only a contract is missing."""
    ends_above = chains["cooperative_id"].isna() & chains["household_id"].isna() & chains["programme_id"].notna()
    places = [place for found in breaks_by(chains[ends_above], "programme_id").values() for place in found]
    return max(places, default=BREAKS.index("contract"))


def breaks_by(chains: pd.DataFrame, column: str) -> dict[object, list[int]]:
    """Return, for each party in the column, how far each of its chains gets; `len(BREAKS)` = whole."""
    found: dict[object, list[int]] = {}
    for row in rows_of(chains[[column, "missing"]]):
        places = [BREAKS.index(link) for link in texts_in(row, "missing") if link in BREAKS]
        found.setdefault(row[column], []).append(min(places, default=len(BREAKS)))
    return found


def reached_households(chains: pd.DataFrame, memberships: pd.DataFrame) -> tuple[str, ...]:
    """Return the households at the end of the chains, sorted; `memberships` come with states."""
    members = current(memberships)
    in_chain = members[members["cooperative_id"].isin({*chains["cooperative_id"].dropna()})]["household_id"]
    return tuple(sorted({*in_chain, *chains["household_id"].dropna()}))
