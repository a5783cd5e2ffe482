"""The needs of households: what it would take to cover each cause held there, less the help that runs already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analysis.assistance.allocation.frames import AllocationFrames
from analysis.assistance.allocation.joins import NONE, Places, places_in, taken
from analysis.assistance.allocation.prices import prices_of_causes
from analysis.assistance.plan.program import TIERS
from analysis.frames import day_stamp
from policy.assistance_states import STANDING

VILLAGE = "village"

# What a product of effects may be off before it is rounded up to whole fen.
_TRIFLE = 1e-6
_WEIGHTS = 100


@dataclass(frozen=True)
class Needs:
    """Whom and what an allocation is for.

    `households`: the ids, sorted. `home`: per household the row of its area in `areas` (as given, each once, sorted),
    -1 where unknown. `village`: per household the village, "" where unknown. `needs`: one row per need with a price,
    sorted by need_id: need_id, household_id, village_id, cause_id text, severity number, severity_weight, tier,
    need_fen, and household (its place) int64. `unpriced`: need_id, household_id, village_id, cause_id of causes that
    no measure acts on. `running`: household (its place) and measure_id, each pair once, of help planned or running.
    """

    households: pd.Index
    areas: pd.DataFrame
    home: Places
    village: np.ndarray
    needs: pd.DataFrame
    unpriced: pd.DataFrame
    running: pd.DataFrame


def needs_of(frames: AllocationFrames, table: pd.DataFrame, day: date) -> Needs:
    """Return the needs of a day. `table`: as `measure_table`."""
    areas = frames.areas.drop_duplicates("area_id").sort_values("area_id", ignore_index=True)
    listed = frames.households.sort_values("household_id", ignore_index=True)
    households: pd.Index = pd.Index(listed["household_id"], dtype="object")
    area_index = pd.Index(areas["area_id"], dtype="object")
    home = places_in(area_index, listed["area_id"])
    # A home that is in no list of areas is still a home.
    unlisted = listed["area_id"].to_numpy(dtype=object)
    village = np.where(home >= 0, taken(area_index, _villages(areas, area_index)[home]), unlisted)
    village = np.where(pd.isna(village), "", village)
    running = running_measures(frames.help, households, day)
    worst = frames.findings.groupby(["household_id", "cause_id"], sort=True)["severity"].max().reset_index()
    worst = worst.assign(household=places_in(households, worst["household_id"]))
    worst = worst[worst["household"] != NONE].reset_index(drop=True)
    worst.insert(0, "need_id", worst["household_id"] + "/" + worst["cause_id"])
    worst = worst.assign(village_id=village[worst["household"].to_numpy()])
    price = worst["cause_id"].map(prices_of_causes(table))
    priced = worst[price.notna()].assign(price=price[price.notna()].astype("int64"))
    needs = _weighed(priced, _left_share(priced, running, table)).sort_values("need_id", ignore_index=True)
    named = ["need_id", "household_id", "village_id", "cause_id"]
    unpriced = worst[price.isna()][named].sort_values("need_id", ignore_index=True)
    return Needs(households, areas, home, village, needs, unpriced, running)


def running_measures(given: pd.DataFrame, households: pd.Index, day: date) -> pd.DataFrame:
    """Return household (its place) and measure_id, each pair once, of help planned or running on the day."""
    help_ = promised(given, day)
    pairs = help_[["measure_id"]].assign(household=places_in(households, help_["household_id"]))
    return pairs[pairs["measure_id"].notna() & (pairs["household"] != NONE)].drop_duplicates(ignore_index=True)


def promised(given: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return the rows of HELP that are planned or running and have not ended by the day."""
    is_over = (given["ends_on"] < day_stamp(day)).astype(bool)
    return given[given["assistance_status"].isin(STANDING) & ~is_over]


def _villages(areas: pd.DataFrame, index: pd.Index) -> Places:
    """Return per area the row of the village at or above it, of itself where there is none."""
    is_village = np.append((areas["area_level"] == VILLAGE).to_numpy(bool), False)
    parent = np.append(places_in(index, areas["parent_id"]), NONE)
    own = np.arange(len(areas))
    at, found = own.copy(), own.copy()
    # As many steps as there are areas would be a circle; there are six levels.
    for _ in range(len(areas)):
        found = np.where(is_village[at] & (found == own), at, found)
        at = np.where(is_village[at], NONE, parent[at])
        if (at == NONE).all():
            break
    return np.append(found, NONE)


def _left_share(priced: pd.DataFrame, running: pd.DataFrame, table: pd.DataFrame) -> np.ndarray:
    """Return per need what the help that runs for it leaves: the product of its effects, 1 where none runs."""
    helped = running.merge(table[["measure_id", "cause_id", "effect"]], on="measure_id")
    left = helped.groupby(["household", "cause_id"])["effect"].prod().rename("left").reset_index()
    return priced[["household", "cause_id"]].merge(left, how="left")["left"].fillna(1.0).to_numpy()


def _weighed(priced: pd.DataFrame, left: np.ndarray) -> pd.DataFrame:
    """Return the needs with weight, tier and what is left to cover."""
    severity = priced["severity"].fillna(0.0).to_numpy()
    fen = np.ceil(priced["price"].to_numpy() * left - _TRIFLE).astype(np.int64)
    return priced.drop(columns="price").assign(
        severity_weight=np.maximum(np.floor(_WEIGHTS * severity + 0.5).astype(np.int64), 1),
        tier=np.clip(np.floor(max(TIERS) * severity + 0.5).astype(np.int64), min(TIERS), max(TIERS)),
        need_fen=np.maximum(fen, 1),
    )
