"""A county of a few households as the frames of an allocation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from analysis.assistance.allocation.frames import CONTRACTS_OF, AllocationFrames, empty_frames
from analysis.frames import frame_of
from analysis.risk.households import PREREQUISITES

DAY = date(2026, 5, 20)
BEFORE, AFTER = date(2026, 1, 1), date(2026, 12, 31)
PAST, LATER = date(2026, 5, 19), date(2026, 5, 21)

Row = dict[str, object]

# What is most often so: a row says what is otherwise.
USUAL: Mapping[str, Row] = {
    "findings": {"severity": 0.6},
    "households": {"area_id": "v1", "is_made_up": True, **dict.fromkeys(PREREQUISITES, 1)},
    "categories": {},
    "areas": {"name": None, "area_level": "village"},
    "programmes": {
        "programme_name": None,
        "agency_id": "ag",
        "agency_name": None,
        "budget_fen": 10_000_000,
        "household_limit_fen": None,
        "eligible_codes": (),
        "prerequisite": None,
        "starts_on": BEFORE,
        "ends_on": None,
        "is_made_up": True,
    },
    "eligible": {},
    "offers": {"place_count": None, "cost_fen": None},
    "partnerships": {
        "programme_name": None,
        "programme_starts_on": BEFORE,
        "programme_ends_on": None,
        "partner_kind": "Enterprise",
        "partner_name": None,
        "partner_closed_on": None,
        "starts_on": BEFORE,
        "ends_on": None,
        "is_made_up": True,
        "place_count": None,
        "budget_fen": None,
    },
    "contracts": {
        "contract_kind": "purchase",
        "starts_on": BEFORE,
        "ends_on": None,
        "product_id": None,
        "enterprise_name": None,
        "enterprise_closed_on": None,
        "partner_kind": "Cooperative",
        "partner_name": None,
        "partner_closed_on": None,
        "is_made_up": True,
    },
    "memberships": {"cooperative_name": None, "closed_on": None, "ended_on": None, "is_made_up": True},
    "resources": {
        "node_kind": "Resource",
        "resource_kind": "storage",
        "capacity": 5.0,
        "capacity_unit": "t",
        "starts_on": None,
        "ends_on": None,
        "owner_kind": "Agency",
        "owner_id": "ag",
        "programme_id": None,
    },
    "help": {
        "assistance_status": "running",
        "amount_fen": None,
        "starts_on": date(2026, 3, 1),
        "ends_on": None,
        "programme_id": None,
        "provider_kind": None,
        "provider_id": None,
    },
    "uses": {"used_value": None},
    "payments": {"approved_fen": None, "paid_fen": None},
}


def county(**rows: Iterable[Row]) -> AllocationFrames:
    """Return the frames of the rows that are given by kind, each filled up with what is usual."""
    return empty_frames(
        **{
            kind: frame_of(({**USUAL[kind], **row} for row in given), CONTRACTS_OF[kind])
            for kind, given in rows.items()
        }
    )
