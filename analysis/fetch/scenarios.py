"""Whom a scenario touches, read from the graph: help under a programme, buyers, employers, sellers, areas served."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd

from analysis.assistance import frames as assistance
from analysis.assistance.links import CONTRACT_ENDS, CONTRACT_STARTS, MEMBERSHIP_ENDS, current, with_state
from analysis.fetch.assistance import memberships_of
from analysis.frames import Contract, day_stamp, frame_of
from graph_store import GraphStore

# One row per household and help that ends. `is_of_member`: it goes to a member, not to the household.
ENDING_HELP: Contract = {"household_id": "text", "assistance_id": "text", "is_of_member": "flag"}
# One row per household with members employed there. `worker_count` is of the household, where the register has it.
EMPLOYED: Contract = {"household_id": "text", "employed_count": "whole", "worker_count": "whole"}
# One row per household, enterprise that buys from it, and whether it signed with the household or its cooperative.
BUYERS: Contract = {"household_id": "text", "enterprise_id": "text", "is_own": "flag"}
# One row per works and area that it serves.
WORKS: Contract = {"works_id": "text", "works_kind": "text", "area_id": "text"}

_PURCHASE = "purchase"


def help_of_programme(store: GraphStore, programme_id: str, day: date) -> pd.DataFrame:
    """Return the help planned or running under a programme (contract ENDING_HELP)."""
    return frame_of(store.ask("scenarios/help_of_programme", programme_id=programme_id, day=day), ENDING_HELP)


def help_by_enterprise(store: GraphStore, enterprise_id: str, day: date) -> pd.DataFrame:
    """Return the help planned or running that an enterprise provides (contract ENDING_HELP, all as the household's)."""
    rows = store.ask("scenarios/help_by_enterprise", enterprise_id=enterprise_id, day=day)
    return frame_of([{**row, "is_of_member": False} for row in rows], ENDING_HELP)


def running_help(store: GraphStore, household_ids: Iterable[str], day: date) -> pd.DataFrame:
    """Return the help that has begun and runs at households and their members on the day (contract HELP)."""
    rows = store.ask("assistance/help_of_households", household_ids=_ids(household_ids))
    frame = frame_of(rows, assistance.HELP)
    stamp = day_stamp(day)
    runs = (frame["assistance_status"] == "running") & ~(frame["ends_on"] < stamp)
    return frame[runs.astype(bool)].reset_index(drop=True)


def employed_by_enterprise(store: GraphStore, enterprise_id: str) -> pd.DataFrame:
    """Return the households with members whom an enterprise employs (contract EMPLOYED)."""
    return frame_of(store.ask("scenarios/employed_by_enterprise", enterprise_id=enterprise_id), EMPLOYED)


def sellers_to(store: GraphStore, enterprise_id: str, day: date) -> pd.DataFrame:
    """Return the households under a running purchase contract with an enterprise (contract BUYERS).

    Their own contract, or one of a cooperative that they are in.
    """
    rows = store.ask("assistance/contracts_of_enterprises", enterprise_ids=[enterprise_id])
    contracts = _buying(frame_of(rows, assistance.CONTRACTS), day)
    cooperative_ids = _ids(contracts[contracts["partner_kind"] == "Cooperative"]["partner_id"])
    members = frame_of(
        store.ask("assistance/members_of_cooperatives", cooperative_ids=cooperative_ids), assistance.MEMBERSHIPS
    )
    own = contracts[contracts["partner_kind"] == "Household"]["partner_id"]
    return _buyers(own, contracts, _belonging(members, day))


def buyers_of(store: GraphStore, household_ids: Iterable[str], day: date) -> pd.DataFrame:
    """Return who buys from households under a running purchase contract (contract BUYERS)."""
    ids = _ids(household_ids)
    members = _belonging(memberships_of(store, ids), day)
    rows = store.ask("assistance/contracts_of_households", household_ids=ids)
    rows += store.ask("assistance/contracts_of_cooperatives", cooperative_ids=_ids(members["cooperative_id"]))
    return _buyers(ids, _buying(frame_of(rows, assistance.CONTRACTS), day), members)


def sellers_of_product(store: GraphStore, product_id: str, day: date) -> dict[str, frozenset[str]]:
    """Return the households that sell a product, by the way in which the graph knows it."""
    rows = {
        "own_lot": store.ask("scenarios/growers_of_product", product_id=product_id),
        "own_contract": store.ask("scenarios/contracted_for_product", product_id=product_id, day=day),
        "observed": store.ask("scenarios/observed_with_product", product_id=product_id),
        "cooperative": store.ask("scenarios/members_trading_product", product_id=product_id, day=day),
    }
    return {way: frozenset(str(row["household_id"]) for row in found) for way, found in rows.items()}


def works_named(store: GraphStore, works_id: str) -> pd.DataFrame:
    """Return the works and the areas that they serve (contract WORKS); empty when the graph does not hold them."""
    return frame_of(store.ask("scenarios/works", works_id=works_id), WORKS)


def living_in(store: GraphStore, area_ids: Iterable[str]) -> frozenset[str]:
    """Return the active households that live in areas or below them."""
    return frozenset(
        str(row["household_id"])
        for area_id in _ids(area_ids)
        for row in store.ask("assistance/households_of_area", area_id=area_id)
    )


def _buying(contracts: pd.DataFrame, day: date) -> pd.DataFrame:
    bought = contracts[contracts["contract_kind"] == _PURCHASE]
    return current(with_state(bought, day, starts=CONTRACT_STARTS, ends=CONTRACT_ENDS))


def _belonging(memberships: pd.DataFrame, day: date) -> pd.DataFrame:
    return current(with_state(memberships, day, starts=(), ends=MEMBERSHIP_ENDS))


def _buyers(household_ids: Iterable[str], contracts: pd.DataFrame, memberships: pd.DataFrame) -> pd.DataFrame:
    own = contracts[(contracts["partner_kind"] == "Household") & contracts["partner_id"].isin(_ids(household_ids))]
    shared = memberships[["household_id", "cooperative_id"]].merge(
        contracts[contracts["partner_kind"] == "Cooperative"][["partner_id", "enterprise_id"]],
        left_on="cooperative_id",
        right_on="partner_id",
    )
    pairs = {(str(row[0]), str(row[1]), True) for row in own[["partner_id", "enterprise_id"]].to_numpy()}
    pairs |= {(str(row[0]), str(row[1]), False) for row in shared[["household_id", "enterprise_id"]].to_numpy()}
    return frame_of([dict(zip(BUYERS, pair, strict=True)) for pair in sorted(pairs)], BUYERS)


def _ids(values: Iterable[object]) -> list[str]:
    return sorted({str(value) for value in values})
