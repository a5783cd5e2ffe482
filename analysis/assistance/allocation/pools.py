"""What chains take from: resources of one kind that the same chains may use, together, less what help uses of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analysis.assistance.allocation.bounds import Bounds
from analysis.assistance.allocation.frames import AllocationFrames
from analysis.assistance.allocation.needs import promised
from analysis.assistance.allocation.ways import COOPERATIVE, ENTERPRISE
from analysis.frames import day_stamp
from policy.help_resources import TakenResource

AGENCY, PROGRAMME = "Agency", "Programme"

# Who has a pool, and in which slot of a chain it stands.
SLOT_OF = {PROGRAMME: "agency", AGENCY: "agency", ENTERPRISE: "enterprise", COOPERATIVE: "cooperative"}
# How much of the unit that is counted in one of the unit that is told makes.
_IN_UNIT = {("t", "kg"): 1000.0}

POOL_COLUMNS = ["pool_id", "access_kind", "access_id", "holder_id", "slot", "kind", "unit", "capacity"]


@dataclass(frozen=True)
class Pools:
    """The pools of a day and the resources behind them.

    `pools`: one row per pool, sorted by pool_id, POOL_COLUMNS: pool_id, access_kind (Programme: resources under it;
    Agency, Enterprise, Cooperative: its own), access_id, holder_id, slot, kind, unit text, capacity int64 (what is
    left). `resources`: pool_id, node_kind, resource_id text, left int64 (in the pool's unit), unit_count number (how
    many of the pool's unit make one of the unit that the resource is told in). `uncounted`: ids of resources of a kind
    that is taken, told in a unit that cannot be counted in.
    """

    pools: pd.DataFrame
    resources: pd.DataFrame
    uncounted: tuple[str, ...]


def pools_on(frames: AllocationFrames, bounds: Bounds, takes: Mapping[str, TakenResource], day: date) -> Pools:
    """Return the pools of a day. `takes`: by measure what one unit takes (`HelpResources.on`).

    A resource counts from its first day to its last, a training until its last day, since seats are promised ahead.
    """
    units = {taken.resource_kind: taken.unit for taken in takes.values()}
    stamp = day_stamp(day)
    listed = frames.resources.drop_duplicates("resource_id").sort_values("resource_id", ignore_index=True)
    begins_later = (listed["starts_on"] > stamp) & (listed["node_kind"] != "Training")
    held = listed[listed["resource_kind"].isin(units) & ~(listed["ends_on"] < stamp) & ~begins_later]
    wanted = held["resource_kind"].map(units).astype(object)
    factor = pd.Series(
        [
            1.0 if told == unit else _IN_UNIT.get((told, unit), np.nan)
            for told, unit in zip(held["capacity_unit"], wanted, strict=True)
        ],
        index=held.index,
        dtype="float64",
    )
    is_counted = factor.notna() & held["capacity"].notna()
    uncounted = tuple(held["resource_id"][~is_counted])
    held = held.assign(unit=wanted, unit_count=factor)[is_counted]
    whole = np.floor(held["capacity"] * held["unit_count"] + 1e-9)
    used = held["resource_id"].map(_used(frames, held, takes, day)).fillna(0.0)
    held = held.assign(left=np.maximum(np.floor(whole - used + 1e-9), 0).astype(np.int64))
    return _grouped(_with_access(held, bounds), uncounted)


def _used(frames: AllocationFrames, held: pd.DataFrame, takes: Mapping[str, TakenResource], day: date) -> pd.Series:
    """Return by resource what help planned or running uses of it, in the pool's unit; untold: as its measure takes."""
    running = promised(frames.help, day).drop_duplicates("assistance_id")[["assistance_id", "measure_id"]]
    uses = frames.uses.merge(running, on="assistance_id").merge(held[["resource_id", "unit_count"]], on="resource_id")
    usual = pd.Series([_amount(takes, measure) for measure in uses["measure_id"]], index=uses.index, dtype="float64")
    amount = (uses["used_value"] * uses["unit_count"]).fillna(usual)
    return amount.groupby(uses["resource_id"]).sum()


def _amount(takes: Mapping[str, TakenResource], measure: object) -> float:
    found = takes.get(str(measure))
    return 1.0 if found is None else float(found.amount)


def _with_access(held: pd.DataFrame, bounds: Bounds) -> pd.DataFrame:
    """Return the resources with who may use them: the programme they are under, else whom they belong to."""
    programmes = bounds.programmes.set_index("programme_id")["agency_id"]
    is_under = held["programme_id"].notna()
    access_kind = held["owner_kind"].mask(is_under, PROGRAMME)
    access_id = held["owner_id"].mask(is_under, held["programme_id"])
    owner = held["owner_id"].where(held["owner_id"].notna(), held["programme_id"].map(programmes))
    found = held.assign(access_kind=access_kind, access_id=access_id, holder_id=owner.fillna(""))
    found = found[found["access_kind"].isin(SLOT_OF) & found["access_id"].notna()]
    pool_id = found["access_kind"].str.lower() + "/" + found["access_id"] + "/" + found["resource_kind"]
    return found.assign(pool_id=pool_id, slot=found["access_kind"].map(SLOT_OF), kind=found["resource_kind"])


def _grouped(held: pd.DataFrame, uncounted: tuple[str, ...]) -> Pools:
    first = dict.fromkeys(POOL_COLUMNS[1:-1], "first")
    grouped = held.groupby("pool_id", sort=True).agg({**first, "left": "sum"}).reset_index()
    pools = grouped.rename(columns={"left": "capacity"})[POOL_COLUMNS].astype({"capacity": "int64"})
    resources = held[["pool_id", "node_kind", "resource_id", "left", "unit_count"]]
    return Pools(pools, resources.sort_values(["pool_id", "resource_id"], ignore_index=True), uncounted)
