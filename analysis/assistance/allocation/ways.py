"""By which partners a programme reaches a household: enterprise, contract, cooperative, or one of them alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analysis.assistance.allocation.bounds import Bounds
from analysis.assistance.allocation.frames import AllocationFrames
from analysis.assistance.allocation.joins import NONE, Flags, Places, index_of, joined, places_in
from analysis.assistance.allocation.needs import Needs
from analysis.assistance.links import (
    CONTRACT_ENDS,
    CONTRACT_STARTS,
    MEMBERSHIP_ENDS,
    current,
    with_state,
)

ENTERPRISE, COOPERATIVE, HOUSEHOLD = "Enterprise", "Cooperative", "Household"
HEAD_COLUMNS = ["programme", "partner", "enterprise_id", "contract_id", "cooperative_id", "household_id"]


@dataclass(frozen=True)
class Links:
    """What holds on the day between partners and households.

    `contracts`: enterprise_id, partner_kind, partner_id, contract_id, each pair once, by its first contract.
    `members`: household (its place in the needs' households) and cooperative_id, each pair once.
    """

    contracts: pd.DataFrame
    members: pd.DataFrame


@dataclass(frozen=True)
class Ways:
    """The ways of programmes down to a cooperative, or to a household with a contract of its own.

    `heads`: one row per way, HEAD_COLUMNS: programme and partner (places in the bounds), the ids None where the way
    does not lead through one; cooperative_id or household_id is where it ends. `has_partners`: per programme whether
    it gives through partners only.
    """

    heads: pd.DataFrame
    has_partners: Flags


def links_on(frames: AllocationFrames, needs: Needs, day: date) -> Links:
    """Return the contracts and memberships that hold on the day."""
    contracts = current(with_state(frames.contracts, day, starts=CONTRACT_STARTS, ends=CONTRACT_ENDS))
    pair = ["enterprise_id", "partner_kind", "partner_id"]
    contracts = contracts[[*pair, "contract_id"]].sort_values([*pair, "contract_id"]).drop_duplicates(pair)
    members = current(with_state(frames.memberships, day, starts=(), ends=MEMBERSHIP_ENDS))
    members = members[["cooperative_id"]].assign(household=places_in(needs.households, members["household_id"]))
    members = members[members["household"] != NONE].drop_duplicates().sort_values(["household", "cooperative_id"])
    return Links(contracts.reset_index(drop=True), members.reset_index(drop=True))


def ways_of(bounds: Bounds, links: Links) -> Ways:
    """Return the ways of all programmes over the partners that they have on the day."""
    partners = bounds.partners[["programme", "partner_kind", "partner_id"]].assign(
        partner=np.arange(len(bounds.partners))
    )
    has_partners = np.zeros(len(bounds.programmes), dtype=np.bool_)
    has_partners[partners["programme"].to_numpy()] = True
    return Ways(heads_of(partners, links.contracts), has_partners)


def heads_of(partners: pd.DataFrame, contracts: pd.DataFrame) -> pd.DataFrame:
    """Return the ways over partners (programme, partner, partner_kind, partner_id) and contracts, HEAD_COLUMNS."""
    enterprises = partners[partners["partner_kind"] == ENTERPRISE].rename(columns={"partner_id": "enterprise_id"})
    ends = contracts.rename(columns={"partner_kind": "end_kind", "partner_id": "end_id"})
    found = enterprises.drop(columns="partner_kind").merge(ends, on="enterprise_id")
    is_household = found["end_kind"] == HOUSEHOLD
    ends_at = found["end_id"].astype(object)
    found = found.assign(
        cooperative_id=ends_at.mask(is_household, None), household_id=ends_at.where(is_household, None)
    )
    direct = partners[partners["partner_kind"] == COOPERATIVE].rename(columns={"partner_id": "cooperative_id"})
    direct = direct.assign(enterprise_id=None, contract_id=None, household_id=None)
    parts = [part[HEAD_COLUMNS].astype(dict.fromkeys(HEAD_COLUMNS[2:], object)) for part in (found, direct)]
    heads = pd.concat(parts, ignore_index=True)
    keys = heads[HEAD_COLUMNS[2:]].fillna("")
    order = keys.assign(programme=heads["programme"], partner=heads["partner"]).sort_values(HEAD_COLUMNS).index
    return heads.loc[order].reset_index(drop=True)


def reached(
    household: Places, programme: Places, heads: pd.DataFrame, needs: Needs, members: pd.DataFrame
) -> tuple[Places, Places]:
    """Return each pair of row and way that leads from the row's programme to its household: places of both.

    `household`, `programme`: of each row, places. `members`: as `Links` has them.
    """
    cooperatives = index_of(heads["cooperative_id"], members["cooperative_id"])
    of_programme = heads["programme"].to_numpy(dtype=np.int64)
    row, member = joined(household, members["household"].to_numpy(dtype=np.int64))
    through = places_in(cooperatives, members["cooperative_id"])[member]
    ends = places_in(cooperatives, heads["cooperative_id"])
    count = len(cooperatives) + 1
    step, head = joined(programme[row] * count + through, np.where(ends == NONE, NONE, of_programme * count + ends))
    rows, ways = [row[step]], [head]
    own = places_in(needs.households, heads["household_id"])
    total = len(needs.households) + 1
    row, head = joined(programme * total + household, np.where(own == NONE, NONE, of_programme * total + own))
    row, head = np.append(rows[0], row), np.append(ways[0], head)
    order = np.lexsort((head, row))
    return row[order], head[order]
