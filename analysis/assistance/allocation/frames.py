"""The contracts of the frames that an allocation is made from, wherever they came from: a graph or files."""

from __future__ import annotations

from dataclasses import dataclass, fields

import pandas as pd

from analysis.assistance.frames import AREAS, CONTRACTS, MEMBERSHIPS, OFFERS, PARTNERSHIPS
from analysis.frames import Contract, frame_of
from analysis.risk.households import PREREQUISITES

# One row per household and cause that is held open there: not refuted, not ended.
FINDINGS: Contract = {"household_id": "text", "cause_id": "text", "severity": "number"}

# One row per household. Of each prerequisite: 1 met, 0 not met, missing: nothing tells.
HOUSEHOLDS: Contract = {
    "household_id": "text",
    "area_id": "text",
    "is_made_up": "flag",
    **dict.fromkeys(PREREQUISITES, "whole"),
}

# One row per household and category of an open case of it.
CATEGORIES: Contract = {"household_id": "text", "category": "text"}

# One row per programme. No household limit: no bound. No agency: nobody runs it any more, or nothing tells who.
TERMS: Contract = {
    "programme_id": "text",
    "programme_name": "text",
    "agency_id": "text",
    "agency_name": "text",
    "budget_fen": "whole",
    "household_limit_fen": "whole",
    "eligible_codes": "texts",
    "prerequisite": "text",
    "starts_on": "day",
    "ends_on": "day",
    "is_made_up": "flag",
}

# One row per programme and area whose households it may help; a programme without one may help everywhere.
ELIGIBLE: Contract = {"programme_id": "text", "area_id": "text"}

# One row per programme and partner, with the places and the money that the partner has for it.
PARTNER_TERMS: Contract = {**PARTNERSHIPS, "place_count": "whole", "budget_fen": "whole"}

# One row per resource or training for households. A training is of the kind `training`, its capacity are seats.
POOLS: Contract = {
    "resource_id": "text",
    "node_kind": "text",
    "resource_kind": "text",
    "capacity": "number",
    "capacity_unit": "text",
    "starts_on": "day",
    "ends_on": "day",
    "owner_kind": "text",
    "owner_id": "text",
    "programme_id": "text",
}

# One row per household and help; that of a member stands with the household. Stopped help may stand here or not: it
# only counts with what was paid of it.
HELP: Contract = {
    "household_id": "text",
    "assistance_id": "text",
    "assistance_status": "text",
    "amount_fen": "whole",
    "starts_on": "day",
    "ends_on": "day",
    "measure_id": "text",
    "programme_id": "text",
    "provider_kind": "text",
    "provider_id": "text",
}

# One row per help and resource that it uses.
USES: Contract = {"assistance_id": "text", "resource_id": "text", "used_value": "number"}

# One row per help of which a payment is told: what was approved and paid, without what was returned.
PAYMENTS: Contract = {"assistance_id": "text", "approved_fen": "whole", "paid_fen": "whole"}


@dataclass(frozen=True)
class AllocationFrames:
    """All that an allocation is made from, a frame per contract; rows in any order.

    `findings` FINDINGS, `households` HOUSEHOLDS, `categories` CATEGORIES, `areas` AREAS, `programmes` TERMS, `eligible`
    ELIGIBLE, `offers` OFFERS, `partnerships` PARTNER_TERMS, `contracts` CONTRACTS, `memberships` MEMBERSHIPS,
    `resources` POOLS, `help` HELP, `uses` USES, `payments` PAYMENTS. Findings of households that are not among
    `households` are left out; help of theirs still takes from budgets, places and resources.
    """

    findings: pd.DataFrame
    households: pd.DataFrame
    categories: pd.DataFrame
    areas: pd.DataFrame
    programmes: pd.DataFrame
    eligible: pd.DataFrame
    offers: pd.DataFrame
    partnerships: pd.DataFrame
    contracts: pd.DataFrame
    memberships: pd.DataFrame
    resources: pd.DataFrame
    help: pd.DataFrame
    uses: pd.DataFrame
    payments: pd.DataFrame


CONTRACTS_OF: dict[str, Contract] = {
    "findings": FINDINGS,
    "households": HOUSEHOLDS,
    "categories": CATEGORIES,
    "areas": AREAS,
    "programmes": TERMS,
    "eligible": ELIGIBLE,
    "offers": OFFERS,
    "partnerships": PARTNER_TERMS,
    "contracts": CONTRACTS,
    "memberships": MEMBERSHIPS,
    "resources": POOLS,
    "help": HELP,
    "uses": USES,
    "payments": PAYMENTS,
}


def empty_frames(**frames: pd.DataFrame) -> AllocationFrames:
    """Return the frames that are given, and every other one empty, with its columns."""
    known = [field.name for field in fields(AllocationFrames)]
    return AllocationFrames(**{name: frames.get(name, frame_of((), CONTRACTS_OF[name])) for name in known})
