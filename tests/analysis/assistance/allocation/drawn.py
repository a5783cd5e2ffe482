"""Counties drawn by lot, and a slow loop that says who may get what in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from analysis.risk.households import PREREQUISITES
from tests.analysis.assistance.allocation.county import AFTER, BEFORE, DAY, LATER, PAST, USUAL, Row

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
_HOUSEHOLDS = [f"h{number}" for number in range(6)]
_PROGRAMMES = ["p1", "p2", "p3"]
_PARTNERS = [("Enterprise", "e1"), ("Enterprise", "e2"), ("Cooperative", "k1"), ("Cooperative", "k2")]


def drawn_rows(seed: int) -> dict[str, list[Row]]:
    """Return the rows of a county drawn with a seed: everything that may or may not hold, about half of it does."""
    lot = _Lot(np.random.default_rng(seed))
    return {**_homes(lot), **_programmes(lot), **_links(lot), **_help(lot)}


@dataclass(frozen=True)
class _Lot:
    """What is drawn by lot."""

    rng: np.random.Generator

    def some(self, share: float = 0.5) -> bool:
        return bool(self.rng.random() < share)

    def one(self, *of: object) -> object:
        return of[int(self.rng.integers(len(of)))]


def _homes(lot: _Lot) -> dict[str, list[Row]]:
    causes = sorted({cause for cause, _, _ in MEASURES.values()})
    return {
        "areas": [
            {"area_id": area, "parent_id": parent, "area_level": "village" if area[0] == "v" else "county"}
            for area, parent in _PARENTS.items()
        ],
        "households": [
            {
                "household_id": each,
                "area_id": lot.one("v1", "v1", "v2", "t1", "c2", None),
                **{name: lot.one(1, 1, 1, None, 0) for name in PREREQUISITES},
            }
            for each in _HOUSEHOLDS
        ],
        "findings": [
            {"household_id": each, "cause_id": cause, "severity": float(lot.one(0.2, 0.6, 1.0))}  # type: ignore[arg-type]
            for each in _HOUSEHOLDS
            for cause in causes
            if lot.some(0.9)
        ],
        "categories": [
            {"household_id": each, "category": lot.one("SUDDEN", "MARGINAL")} for each in _HOUSEHOLDS if lot.some(0.7)
        ],
    }


def _programmes(lot: _Lot) -> dict[str, list[Row]]:
    return {
        "programmes": [
            {
                "programme_id": each,
                "eligible_codes": lot.one((), (), ("SUDDEN",)),
                "prerequisite": lot.one(None, None, "worker"),
                "agency_id": lot.one("ag", "ag2"),
                "starts_on": lot.one(BEFORE, BEFORE, BEFORE, DAY, LATER),
                "ends_on": lot.one(None, None, AFTER, DAY, PAST),
            }
            for each in _PROGRAMMES
        ],
        "eligible": [
            {"programme_id": each, "area_id": area}
            for each in _PROGRAMMES
            for area in ("c1", "v2", "c2")
            if lot.some(0.2)
        ],
        "offers": [
            {"programme_id": each, "measure_id": code} for each in _PROGRAMMES for code in MEASURES if lot.some(0.8)
        ],
    }


def _links(lot: _Lot) -> dict[str, list[Row]]:
    return {
        "partnerships": [
            {
                "programme_id": each,
                "partner_kind": kind,
                "partner_id": partner,
                "starts_on": lot.one(BEFORE, BEFORE, LATER),
                "ends_on": lot.one(None, None, DAY, PAST),
            }
            for each in _PROGRAMMES[1:]
            for kind, partner in _PARTNERS
            if lot.some(0.4)
        ],
        "contracts": [
            {
                "contract_id": f"{enterprise}-{end}-{number}",
                "enterprise_id": enterprise,
                "partner_kind": "Household" if end[0] == "h" else "Cooperative",
                "partner_id": end,
                "ends_on": lot.one(None, None, PAST),
            }
            for enterprise in ("e1", "e2")
            for end in ("k1", "k2", "h0", "h1")
            for number in range(int(lot.rng.integers(0, 3)))
        ],
        "memberships": [
            {"household_id": each, "cooperative_id": name, "ended_on": lot.one(None, None, DAY)}
            for each in _HOUSEHOLDS
            for name in ("k1", "k2")
            if lot.some(0.8)
        ],
    }


def _help(lot: _Lot) -> dict[str, list[Row]]:
    return {
        "resources": [
            {
                "resource_id": f"r{number}",
                "resource_kind": kind,
                "node_kind": "Training" if kind == "training" else "Resource",
                "capacity_unit": "seat" if kind == "training" else lot.one("t", "kg", "mu"),
                "owner_kind": owner_kind,
                "owner_id": owner,
                "programme_id": lot.one(None, None, "p1", "p3"),
                "starts_on": lot.one(None, BEFORE, LATER),
                "ends_on": lot.one(None, DAY, PAST),
            }
            for number, (owner_kind, owner) in enumerate([*_PARTNERS, ("Agency", "ag"), ("Agency", "ag2")])
            for kind in [str(lot.one("training", "storage"))]
            if lot.some()
        ],
        "help": [
            {
                "household_id": each,
                "assistance_id": f"{each}-{code}",
                "measure_id": code,
                "assistance_status": lot.one("planned", "running", "done", "stopped"),
                "ends_on": lot.one(None, DAY, PAST),
            }
            for each in _HOUSEHOLDS
            for code in MEASURES
            if lot.some(0.1)
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
