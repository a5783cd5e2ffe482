"""A county of a few households as the frames of an allocation, and a slow loop that says who may get what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import numpy as np

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


# Measures of the vocabulary: against M03 (B36, an open lot asked for), against A03 (B31, a project asked for), against
# E02 (B25 and B27: a seat of a training) and on the link K48 that goes out from M02 (B42: storage) beside B38 on M02.
MEASURES: Mapping[str, tuple[str, str | None, str | None]] = {
    "B36": ("M03", "lot", None),
    "B31": ("A03", "project", None),
    "B25": ("E02", "worker", "training"),
    "B38": ("M02", "lot", None),
    "B42": ("M02", "lot", "storage"),
}
_PARENTS = {"c1": None, "t1": "c1", "v1": "t1", "v2": "t1", "c2": None}


def drawn_rows(seed: int) -> dict[str, list[Row]]:
    """Return the rows of a county drawn with a seed: everything that may or may not hold, about half of it does."""
    rng = np.random.default_rng(seed)

    def some(share: float = 0.5) -> bool:
        return bool(rng.random() < share)

    def one(*of: object) -> object:
        return of[int(rng.integers(len(of)))]

    households = [f"h{number}" for number in range(6)]
    causes = sorted({cause for cause, _, _ in MEASURES.values()})
    partners = [("Enterprise", "e1"), ("Enterprise", "e2"), ("Cooperative", "k1"), ("Cooperative", "k2")]
    programmes = ["p1", "p2", "p3"]
    return {
        "areas": [
            {"area_id": area, "parent_id": parent, "area_level": "village" if area[0] == "v" else "county"}
            for area, parent in _PARENTS.items()
        ],
        "households": [
            {
                "household_id": each,
                "area_id": one("v1", "v1", "v2", "t1", "c2", None),
                **{name: one(1, 1, 1, None, 0) for name in PREREQUISITES},
            }
            for each in households
        ],
        "findings": [
            {"household_id": each, "cause_id": cause, "severity": float(one(0.2, 0.6, 1.0))}  # type: ignore[arg-type]
            for each in households
            for cause in causes
            if some(0.9)
        ],
        "categories": [
            {"household_id": each, "category": one("SUDDEN", "MARGINAL")} for each in households if some(0.7)
        ],
        "programmes": [
            {
                "programme_id": each,
                "eligible_codes": one((), (), ("SUDDEN",)),
                "prerequisite": one(None, None, "worker"),
                "agency_id": one("ag", "ag2"),
                "starts_on": one(BEFORE, BEFORE, BEFORE, DAY, LATER),
                "ends_on": one(None, None, AFTER, DAY, PAST),
            }
            for each in programmes
        ],
        "eligible": [
            {"programme_id": each, "area_id": area} for each in programmes for area in ("c1", "v2", "c2") if some(0.2)
        ],
        "offers": [{"programme_id": each, "measure_id": code} for each in programmes for code in MEASURES if some(0.8)],
        "partnerships": [
            {
                "programme_id": each,
                "partner_kind": kind,
                "partner_id": partner,
                "starts_on": one(BEFORE, BEFORE, LATER),
                "ends_on": one(None, None, DAY, PAST),
            }
            for each in programmes[1:]
            for kind, partner in partners
            if some(0.4)
        ],
        "contracts": [
            {
                "contract_id": f"{enterprise}-{end}-{number}",
                "enterprise_id": enterprise,
                "partner_kind": "Household" if end[0] == "h" else "Cooperative",
                "partner_id": end,
                "ends_on": one(None, None, PAST),
            }
            for enterprise in ("e1", "e2")
            for end in ("k1", "k2", "h0", "h1")
            for number in range(int(rng.integers(0, 3)))
        ],
        "memberships": [
            {"household_id": each, "cooperative_id": name, "ended_on": one(None, None, DAY)}
            for each in households
            for name in ("k1", "k2")
            if some(0.8)
        ],
        "resources": [
            {
                "resource_id": f"r{number}",
                "resource_kind": kind,
                "node_kind": "Training" if kind == "training" else "Resource",
                "capacity_unit": "seat" if kind == "training" else one("t", "kg", "mu"),
                "owner_kind": owner_kind,
                "owner_id": owner,
                "programme_id": one(None, None, "p1", "p3"),
                "starts_on": one(None, BEFORE, LATER),
                "ends_on": one(None, DAY, PAST),
            }
            for number, (owner_kind, owner) in enumerate([*partners, ("Agency", "ag"), ("Agency", "ag2")])
            for kind in [str(one("training", "storage"))]
            if some()
        ],
        "help": [
            {
                "household_id": each,
                "assistance_id": f"{each}-{code}",
                "measure_id": code,
                "assistance_status": one("planned", "running", "done", "stopped"),
                "ends_on": one(None, DAY, PAST),
            }
            for each in households
            for code in MEASURES
            if some(0.1)
        ],
    }


def allowed_chains(rows: Mapping[str, list[Row]]) -> set[tuple[object, ...]]:
    """Return every chain that the rules allow: need, programme, measure, enterprise, cooperative and pool.

    One loop inside the other, as somebody would go through the papers; nothing of the product is used.
    """
    full = {kind: [{**USUAL[kind], **row} for row in rows.get(kind, [])] for kind in USUAL}
    found: set[tuple[object, ...]] = set()
    for finding in full["findings"]:
        home = next(row for row in full["households"] if row["household_id"] == finding["household_id"])
        for offer in full["offers"]:
            cause, asked, _ = MEASURES[str(offer["measure_id"])]
            programme = next(row for row in full["programmes"] if row["programme_id"] == offer["programme_id"])
            if cause == finding["cause_id"] and _may(full, home, programme, str(offer["measure_id"]), asked):
                for way in _ways(full, home, programme):
                    for pool in _pools(full, programme, str(offer["measure_id"]), way):
                        need = f"{home['household_id']}/{cause}"
                        found.add((need, programme["programme_id"], offer["measure_id"], *way, pool))
    return found


def _runs(row: Row) -> bool:
    starts, ends = row["starts_on"], row["ends_on"]
    return (starts is None or starts <= DAY) and (ends is None or ends >= DAY)  # type: ignore[operator]


def _may(full: Mapping[str, list[Row]], home: Row, programme: Row, measure: str, asked: str | None) -> bool:
    own = programme["programme_id"]
    areas = {row["area_id"] for row in full["eligible"] if row["programme_id"] == own}
    at, above = home["area_id"], set()
    while at is not None:
        above.add(at)
        at = _PARENTS[str(at)]
    codes = programme["eligible_codes"]
    has = {row["category"] for row in full["categories"] if row["household_id"] == home["household_id"]}
    helped = {
        row["measure_id"]
        for row in full["help"]
        if row["household_id"] == home["household_id"]
        and row["assistance_status"] in ("planned", "running")
        and (row["ends_on"] is None or row["ends_on"] >= DAY)  # type: ignore[operator]
    }
    return (
        _runs(programme)
        and (not areas or bool(areas & above))
        and (not codes or bool(has & {*codes}))  # type: ignore[misc]
        and all(home[name] != 0 for name in (asked, programme["prerequisite"]) if isinstance(name, str))
        and measure not in helped
    )


def _ways(full: Mapping[str, list[Row]], home: Row, programme: Row) -> Iterator[tuple[object, object]]:
    """Yield enterprise and cooperative of every way."""
    partners = [row for row in full["partnerships"] if row["programme_id"] == programme["programme_id"] and _runs(row)]
    if not partners:
        yield None, None
    mine = [
        row["cooperative_id"]
        for row in full["memberships"]
        if row["household_id"] == home["household_id"] and row["ended_on"] is None
    ]
    for partner in partners:
        if partner["partner_kind"] == "Cooperative":
            if partner["partner_id"] in mine:
                yield None, partner["partner_id"]
            continue
        for contract in full["contracts"]:
            if contract["enterprise_id"] == partner["partner_id"] and _runs(contract):
                if contract["partner_id"] == home["household_id"]:
                    yield partner["partner_id"], None
                elif contract["partner_id"] in mine:
                    yield partner["partner_id"], contract["partner_id"]


def _pools(
    full: Mapping[str, list[Row]], programme: Row, measure: str, way: tuple[object, object]
) -> Iterator[str | None]:
    """Yield the pools that a measure may take from on a way; None where the programme has none of the kind."""
    kind = MEASURES[measure][2]
    if kind is None:
        yield None
        return
    held = [
        row
        for row in full["resources"]
        if row["resource_kind"] == kind
        and (row["capacity_unit"] in ("seat", "t", "kg"))
        and (row["ends_on"] is None or row["ends_on"] >= DAY)  # type: ignore[operator]
        and (kind == "training" or _runs(row))
    ]
    at = [("Programme", programme["programme_id"]), ("Agency", programme["agency_id"])]
    pools = {access: pool for row in held for access, pool in [_access(row, kind)]}
    on_any = {
        party
        for home in [{"household_id": None}]
        for partner in full["partnerships"]
        if partner["programme_id"] == programme["programme_id"] and _runs(partner)
        for party in _parties(full, partner)
    }
    here = [*at, ("Enterprise", way[0]), ("Cooperative", way[1])]
    if not any(access in pools for access in [*at, *on_any]):
        yield None
        return
    for access in here:
        if access in pools:
            yield pools[access]


def _access(row: Row, kind: str) -> tuple[tuple[object, object], str]:
    who = ("Programme", row["programme_id"]) if row["programme_id"] else (row["owner_kind"], row["owner_id"])
    return who, f"{str(who[0]).lower()}/{who[1]}/{kind}"


def _parties(full: Mapping[str, list[Row]], partner: Row) -> Iterator[tuple[object, object]]:
    """Yield who stands on the ways over a partner, whoever lives at their ends."""
    if partner["partner_kind"] == "Cooperative":
        yield "Cooperative", partner["partner_id"]
        return
    for contract in full["contracts"]:
        if contract["enterprise_id"] == partner["partner_id"] and _runs(contract):
            yield "Enterprise", partner["partner_id"]
            if contract["partner_kind"] == "Cooperative":
                yield "Cooperative", contract["partner_id"]
