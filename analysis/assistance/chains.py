"""Chains agency - programme - enterprise - contract - cooperative - household, whole or broken.

Source: paper 2.3, the mode of government, enterprise, cooperative and household.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.assistance.frames import CHAINS
from analysis.assistance.links import current
from analysis.assistance.trunk import Trunk
from analysis.frames import Row, frame_of, rows_of

PARTY_COLUMNS = ("agency_id", "programme_id", "enterprise_id", "contract_id", "cooperative_id", "household_id")


def link_chains(trunk: Trunk) -> pd.DataFrame:
    """Return one row per chain, sorted by chain_id (contract CHAINS), out of a trunk with states.

    A chain is whole when a running programme of an agency partners with an enterprise whose running contract binds a
    cooperative with households in it. Every party that stands in no whole chain is the end of a broken one; `missing`
    names, from the agency down, the link that would continue it.
    """
    upper = _upper_part(trunk)
    members = _member_counts(trunk)
    to_cooperatives = _contract_chains(trunk, upper, "Cooperative", "cooperative_id")
    to_cooperatives = [row for row in to_cooperatives if _is_kept(row, trunk, members)]
    to_households = _contract_chains(trunk, upper, "Household", "household_id")
    direct = [row for row in _direct_partners(upper) if _is_kept(row, trunk, members)]
    contracted = to_cooperatives + to_households
    found = [
        *contracted,
        *direct,
        *_idle_cooperatives(trunk, [*to_cooperatives, *direct], members),
        *_idle_enterprises(trunk, upper, contracted),
        *_idle_programmes(trunk, upper),
    ]
    rows = [_finished(row, members) for row in found]
    return frame_of(_sorted(rows + _unlinked_households(trunk, to_households)), CHAINS)


def _upper_part(trunk: Trunk) -> pd.DataFrame:
    agencies = current(trunk.agencies)[["programme_id", "agency_id"]]
    partners = current(trunk.partnerships)[["programme_id", "partner_kind", "partner_id"]].drop_duplicates()
    return partners.merge(agencies, on="programme_id", how="left")


def _member_counts(trunk: Trunk) -> Mapping[str, int]:
    counts = current(trunk.memberships).groupby("cooperative_id")["household_id"].nunique()
    return {str(cooperative): int(count) for cooperative, count in counts.items()}


def _contract_chains(trunk: Trunk, upper: pd.DataFrame, partner_kind: str, end_column: str) -> list[Row]:
    contracts = current(trunk.contracts)
    contracts = contracts[contracts["partner_kind"] == partner_kind][["contract_id", "enterprise_id", "partner_id"]]
    enterprises = upper[upper["partner_kind"] == "Enterprise"].rename(columns={"partner_id": "enterprise_id"})
    linked = contracts.rename(columns={"partner_id": end_column}).merge(
        enterprises[["agency_id", "programme_id", "enterprise_id"]], on="enterprise_id", how="left"
    )
    return rows_of(linked)


def _direct_partners(upper: pd.DataFrame) -> list[Row]:
    partners = upper[upper["partner_kind"] == "Cooperative"].rename(columns={"partner_id": "cooperative_id"})
    return rows_of(partners[["agency_id", "programme_id", "cooperative_id"]])


def _is_kept(row: Row, trunk: Trunk, members: Mapping[str, int]) -> bool:
    return trunk.anchors.keeps_empty or str(row["cooperative_id"]) in members


def _idle_cooperatives(trunk: Trunk, linked: list[Row], members: Mapping[str, int]) -> list[Row]:
    used = {row["cooperative_id"] for row in linked}
    named = {*trunk.anchors.cooperative_ids} - used
    rows: list[Row] = [{"cooperative_id": name} for name in sorted(named)]
    return [row for row in rows if _is_kept(row, trunk, members)]


def _idle_enterprises(trunk: Trunk, upper: pd.DataFrame, linked: list[Row]) -> list[Row]:
    used = {row["enterprise_id"] for row in linked}
    idle = pd.DataFrame({"enterprise_id": sorted({*trunk.anchors.enterprise_ids} - used)}, dtype="object")
    partners = upper[upper["partner_kind"] == "Enterprise"].rename(columns={"partner_id": "enterprise_id"})
    return rows_of(idle.merge(partners, on="enterprise_id", how="left")[["agency_id", "programme_id", "enterprise_id"]])


def _idle_programmes(trunk: Trunk, upper: pd.DataFrame) -> list[Row]:
    idle = sorted({*trunk.anchors.programme_ids} - {*upper["programme_id"]})
    agencies = current(trunk.agencies)[["programme_id", "agency_id"]]
    return rows_of(pd.DataFrame({"programme_id": idle}, dtype="object").merge(agencies, on="programme_id", how="left"))


def _unlinked_households(trunk: Trunk, to_households: list[Row]) -> list[Row]:
    """Return one row for all households in no cooperative and without a contract of their own."""
    linked = {*current(trunk.memberships)["household_id"]} | {row["household_id"] for row in to_households}
    alone = [name for name in trunk.household_ids if name not in linked]
    if not alone:
        return []
    household_id = alone[0] if len(trunk.household_ids) == 1 else None
    row: Row = {"household_id": household_id, "household_count": len(alone), "missing": ("cooperative",)}
    return [_identified(row)]


def _finished(row: Row, members: Mapping[str, int]) -> Row:
    cooperative, household = row.get("cooperative_id"), row.get("household_id")
    count = 1 if household else members.get(str(cooperative), 0)
    return _identified({**row, "household_count": count, "missing": _missing(row, count)})


def _missing(row: Row, household_count: int) -> tuple[str, ...]:
    """Return the links that would continue the chain, from the agency down."""
    names = ("agency_id", "programme_id", "enterprise_id", "contract_id", "cooperative_id")
    agency, programme, enterprise, contract, cooperative = (row.get(name) is not None for name in names)
    lacks = {
        "agency": programme and not agency,
        "programme": enterprise and not programme,
        "enterprise": programme and not enterprise,
        "contract": not contract and (enterprise or (cooperative and not programme)),
        "cooperative": contract and not cooperative,
        "household": cooperative and household_count == 0,
    }
    return tuple(link for link, is_missing in lacks.items() if is_missing)


def _identified(row: Row) -> Row:
    parties: Row = {column: row.get(column) for column in PARTY_COLUMNS}
    chain_id = "/".join(str(parties[column] or "") for column in PARTY_COLUMNS)
    return {**parties, "household_count": row["household_count"], "missing": row["missing"], "chain_id": chain_id}


def _sorted(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: str(row["chain_id"]))
