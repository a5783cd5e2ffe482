"""What an allocation is made from, read from a graph: all of a kind at once, so that a county takes seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analysis.assistance import frames as contract
from analysis.assistance.allocation.frames import (
    CATEGORIES,
    ELIGIBLE,
    FINDINGS,
    HELP,
    HOUSEHOLDS,
    PARTNER_TERMS,
    PAYMENTS,
    POOLS,
    TERMS,
    USES,
    AllocationFrames,
)
from analysis.assistance.links import AGENCY_ENDS, current, with_state
from analysis.fetch.assistance import agencies_of, offers_of
from analysis.fetch.kept_assist import help_sums_on
from analysis.frames import Contract, frame_of
from analysis.risk.findings import STATUSES
from analysis.risk.households import PREREQUISITES, RiskHouseholds
from analysis.risk.measures import MET, NOT_MET
from analysis.risk.model import RiskModel
from graph_store import GraphStore
from ledger import Ledger

REFUTED = "refuted"
_MERGE = ["programme_id", "partner_kind", "partner_id"]
_BOUNDS: Contract = {
    "programme_id": "text",
    "partner_kind": "text",
    "partner_id": "text",
    "place_count": "whole",
    "budget_fen": "whole",
}


@dataclass(frozen=True)
class FetchedAllocation:
    """The frames of an allocation; `homes_told_twice`: how many of the households have more than one home now."""

    frames: AllocationFrames
    homes_told_twice: int


def allocation_frames(
    store: GraphStore, model: RiskModel, households: RiskHouseholds, day: date, *, ledger: Ledger | None = None
) -> FetchedAllocation:
    """Return the frames for some households (read with their prerequisites), and all programmes that there are.

    `ledger`: where payments are read, which the graph does not hold; None: help holds what was promised.
    """
    terms = _terms(store, day)
    programme_ids = list(terms["programme_id"])
    memberships = frame_of(store.ask("assistance/all_memberships"), contract.MEMBERSHIPS)
    homes = pd.Series([str(row["household_id"]) for row in store.ask("assistance/active_households")], dtype=object)
    twice = homes[homes.duplicated()].unique()
    return FetchedAllocation(
        AllocationFrames(
            findings=findings_of(model, households),
            households=households_of(model, households),
            categories=frame_of(store.ask("assistance/open_case_categories"), CATEGORIES),
            areas=frame_of(store.ask("assistance/areas"), contract.AREAS),
            programmes=terms,
            eligible=_eligible(store),
            offers=offers_of(store, programme_ids),
            partnerships=_partnerships(store, programme_ids),
            contracts=_contracts(store, memberships),
            memberships=memberships,
            resources=frame_of(store.ask("assistance/help_pools"), POOLS),
            help=frame_of(store.ask("assistance/all_help"), HELP),
            uses=frame_of(store.ask("assistance/running_help_uses", day=day), USES),
            payments=frame_of((), PAYMENTS) if ledger is None else help_sums_on(ledger, day)[[*PAYMENTS]],
        ),
        homes_told_twice=int(np.isin(twice, households.ids).sum()),
    )


def findings_of(model: RiskModel, households: RiskHouseholds) -> pd.DataFrame:
    """Return the causes held open at the households (contract FINDINGS); a refuted one is not held."""
    found = households.findings
    is_held = found.status != STATUSES.index(REFUTED)
    ids, codes = np.array(households.ids, dtype=object), np.array(model.network.codes, dtype=object)
    return pd.DataFrame(
        {
            "household_id": ids[found.household[is_held]],
            "cause_id": codes[found.cause[is_held]],
            "severity": found.severity[is_held],
        },
        columns=[*FINDINGS],
    )


def households_of(model: RiskModel, households: RiskHouseholds) -> pd.DataFrame:
    """Return where the households live, and what is known of the prerequisites (contract HOUSEHOLDS).

    A prerequisite that no measure of the model asks for is unknown: it was not read.
    """
    asks = {measure.prerequisite: place for place, measure in enumerate(model.measures.measures)}
    known = {}
    for name in PREREQUISITES:
        trits = households.prerequisites[:, asks[name]] if name in asks else np.full(len(households), -1)
        values = np.where(trits == MET, 1, np.where(trits == NOT_MET, 0, -1))
        known[name] = pd.Series(values, dtype="Int64").mask(values < 0)
    return pd.DataFrame(
        {
            "household_id": np.array(households.ids, dtype=object),
            "area_id": np.array(households.place_of, dtype=object),
            "is_made_up": households.is_made_up,
            **known,
        },
        columns=[*HOUSEHOLDS],
    )


def _terms(store: GraphStore, day: date) -> pd.DataFrame:
    """Return the terms of every programme, with the agency that runs it on the day."""
    asked = {**TERMS}
    del asked["agency_id"], asked["agency_name"]
    terms = frame_of(store.ask("assistance/programme_terms"), asked)
    agencies = current(with_state(agencies_of(store, terms["programme_id"]), day, starts=(), ends=AGENCY_ENDS))
    first = agencies[["programme_id", "agency_id", "agency_name"]].drop_duplicates("programme_id")
    return terms.merge(first, on="programme_id", how="left")[[*TERMS]]


def _eligible(store: GraphStore) -> pd.DataFrame:
    rows = [row for row in store.ask("assistance/programme_list") if row["area_id"] is not None]
    return frame_of(rows, ELIGIBLE)


def _partnerships(store: GraphStore, programme_ids: list[str]) -> pd.DataFrame:
    rows = store.ask("assistance/partnerships_of_programmes", programme_ids=sorted(programme_ids))
    known = frame_of(rows, contract.PARTNERSHIPS)
    bounds = frame_of(store.ask("assistance/partner_bounds"), _BOUNDS).drop_duplicates(_MERGE)
    return known.merge(bounds, on=_MERGE, how="left")[[*PARTNER_TERMS]]


def _contracts(store: GraphStore, memberships: pd.DataFrame) -> pd.DataFrame:
    """Return the contracts with households, and with the cooperatives that households are, or were, in."""
    ids = sorted({*memberships["cooperative_id"]})
    of_cooperatives = store.ask("assistance/contracts_of_cooperatives", cooperative_ids=ids)
    return frame_of([*of_cooperatives, *store.ask("assistance/contracts_with_households")], contract.CONTRACTS)
