"""Whether what a plan uses is allowed by the frames it was made from: each way reckoned anew, one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil, floor

import numpy as np
import pandas as pd

from analysis.frames import Row, rows_of, texts_in
from analysis.produce.constraints import failed_constraints, with_constraints
from analysis.produce.distance import great_circle_km
from analysis.produce.pairs import pair_up
from analysis.produce.plan.check import DIRECT, Fault
from analysis.produce.plan.program import Plan, Program
from analysis.produce.plan.ways.sides import SECONDS_PER_DAY
from analysis.produce.plan.ways.terms import PlanTerms
from analysis.produce.plan.why.frames import PlanFrames

HM_PER_KM = 10
KG_PER_TONNE = 1000
# Judged by the quantities of the whole plan (`check.faults`), not pair by pair.
OF_QUANTITIES = ("batch", "split")
OF_THE_ROAD = ("place", "distance", "price", "window", "keeping")
Roads = Mapping[tuple[str, str], float]


@dataclass(frozen=True)
class _Way:
    """One way that the plan uses, with the rows it stands for."""

    lot: Row
    demand: Row
    pool: Row | None
    income: int
    hectometres: int
    arrives: float

    @property
    def about(self) -> str:
        """Return the ids that tell the way."""
        through = "" if self.pool is None else f" through {self.pool['cooperative_id']}"
        return f"{self.lot['lot_id']} -> {self.demand['demand_id']}{through}"


def faults_of_frames(program: Program, plan: Plan, frames: PlanFrames) -> tuple[Fault, ...]:
    """Return each way that the plan uses and the frames forbid, and each number of it that is not what they come to.

    Every pair is put to `produce.pairs` and `produce.constraints` (names of faults as there); where a cooperative
    stands between or a road is known, what depends on the road is left out there. Reckoned here as well, by the rules
    that those and `plan.ways` state: `product`, `member`, `collected`, `distance`, `price`, `window`, `keeping`, and
    the numbers `income`, `hectometres`, `arrives`. Knows neither the search for ways nor the solver.
    """
    used = program.ways[plan.kg > 0]
    rows = _rows(program, frames, used)
    roads = _roads(frames)
    members = set() if frames.members is None else {*_pairs(frames.members, "lot_id", "cooperative_id")}
    found = [fault for way in rows for fault in _of_way(way, roads, members, frames)]
    return (*_of_constraints(program, frames, used, roads, rows), *found)


def _of_constraints(
    program: Program, frames: PlanFrames, used: pd.DataFrame, roads: Roads, rows: list[_Way]
) -> Iterator[Fault]:
    """Yield what `produce.constraints` says against the pairs."""
    if not len(used):
        return
    is_plain = [way.pool is None and _road(roads, way.lot, "lot_id", way.demand) is None for way in rows]
    # Each pair gets a product of its own, so that it meets itself alone.
    key = [f"{number:09d}" for number in range(len(used))]
    lots = frames.lots.sort_values("lot_id", kind="stable").iloc[used["lot"]].assign(product_id=key)
    demands = frames.demands.sort_values("demand_id", kind="stable").iloc[used["demand"]].assign(product_id=key)
    pairs = with_constraints(pair_up(lots.reset_index(drop=True), demands.reset_index(drop=True), frames.day))
    for way, by_straight_line, failed in zip(rows, is_plain, failed_constraints(pairs), strict=True):
        left_out = OF_QUANTITIES if by_straight_line else OF_QUANTITIES + OF_THE_ROAD
        yield from (Fault(name, way.about, 0, 0) for name in failed if name not in left_out)


def _of_way(way: _Way, roads: Roads, members: set[tuple[str, str]], frames: PlanFrames) -> Iterator[Fault]:
    lot, demand, pool = way.lot, way.demand, way.pool
    if lot["product_id"] not in {demand["product_id"], *texts_in(demand, "also_product_codes")}:
        yield Fault("product", way.about, 0, 0)
    if pool is not None and (str(lot["lot_id"]), str(pool["cooperative_id"])) not in members:
        yield Fault("member", way.about, 0, 0)
    before = 0.0 if pool is None else _km(roads, lot, "lot_id", pool, "cooperative_id", lot)
    last = _km(
        roads, lot if pool is None else pool, "lot_id" if pool is None else "cooperative_id", demand, "demand_id", lot
    )
    farthest = _number(demand["max_distance_km"], np.inf)
    if not last <= farthest:
        yield Fault("distance", way.about, round(last * HM_PER_KM), round(min(farthest, last) * HM_PER_KM))
    whole = round(before + last, 1)
    transport = ceil(round(whole * _number(lot["transport_fen_per_t_km"]) / KG_PER_TONNE, 6))
    fee = _fee(lot, pool, frames.terms or PlanTerms())
    income = int(_number(demand["max_fen_per_kg"])) - transport - fee
    yield from _differs("income", way, way.income, income)
    yield from _differs("hectometres", way, way.hectometres, round(whole * HM_PER_KM))
    if income < _number(lot["ask_fen_per_kg"]):
        yield Fault("price", way.about, income, int(_number(lot["ask_fen_per_kg"])))
    yield from _of_days(way, before, whole, frames.day)


def _of_days(way: _Way, before: float, whole: float, day: date) -> Iterator[Fault]:
    """Yield what is wrong with the days, which are counted from the year 1; loading may take a part of one."""
    lot, demand, pool = way.lot, way.demand, way.pool
    loading, per_day = _number(lot["loading_days"]), _number(lot["travel_km_per_day"])
    leaves = max(_day(lot["ready_on"]) + loading, float(day.toordinal()))
    keeps, ends = _day(lot["use_by_on"]), _day(demand["ends_on"])
    if pool is not None:
        if leaves + floor(before / per_day) > keeps:
            yield Fault("collected", way.about, 0, 0)
        leaves += loading
        keeps += _number(pool["storage_days"], 0.0)
    earliest = max(leaves + floor(whole / per_day), _day(demand["starts_on"]))
    # A pooled load for a smallest batch goes on one day, which may be later than that of each of its lots.
    has_batch = pool is not None and _number(demand["min_batch_quantity_kg"], 0.0) > 0
    if way.arrives < earliest or (way.arrives > earliest and not has_batch):
        yield Fault("arrives", way.about, int(way.arrives), int(earliest))
    if way.arrives > ends:
        yield Fault("window", way.about, int(way.arrives), int(ends))
    if way.arrives > keeps:
        yield Fault("keeping", way.about, int(way.arrives), int(keeps))


def _differs(name: str, way: _Way, found: int, reckoned: int) -> Iterator[Fault]:
    if found != reckoned:
        yield Fault(name, way.about, found, reckoned)


def _fee(lot: Row, pool: Row | None, terms: PlanTerms) -> int:
    if pool is None or pool["cooperative_id"] == lot["seller_id"]:
        return 0
    return int(_number(pool["pool_fee_fen_per_kg"], float(terms.pool_fee_fen_per_kg)))


def _km(roads: Roads, sets_out: Row, from_id: str, arrives: Row, to_id: str, lot: Row) -> float:
    """Return the known road, else the straight line times the road factor where the lot lies, to 0.1 km."""
    known = _road(roads, sets_out, from_id, arrives, to_id)
    if known is not None:
        return known
    ends = [_number(row[name], np.nan) for row in (sets_out, arrives) for name in ("lat", "lon")]
    straight = great_circle_km(*(np.array([each]) for each in ends))[0]
    return float(np.round(straight * _number(lot["road_factor"]), 1))


def _road(roads: Roads, sets_out: Row, from_id: str, arrives: Row, to_id: str = "demand_id") -> float | None:
    for start in (sets_out[from_id], sets_out["area_id"]):
        for end in (arrives[to_id], arrives["area_id"]):
            if (str(start), str(end)) in roads:
                return roads[str(start), str(end)]
    return None


def _roads(frames: PlanFrames) -> dict[tuple[str, str], float]:
    if frames.distances is None:
        return {}
    rows = rows_of(frames.distances)
    there = {(str(row["from_id"]), str(row["to_id"])): round(_number(row["road_km"]), 1) for row in rows}
    back = {
        (str(row["to_id"]), str(row["from_id"])): round(_number(row["road_km"]), 1)
        for row in rows
        if not row["is_one_way"]
    }
    return back | there


def _rows(program: Program, frames: PlanFrames, used: pd.DataFrame) -> list[_Way]:
    lots = _picked(frames.lots, "lot_id", used["lot"])
    demands = _picked(frames.demands, "demand_id", used["demand"])
    pools = (
        {} if frames.cooperatives is None else {str(row["cooperative_id"]): row for row in rows_of(frames.cooperatives)}
    )
    names = program.cooperatives["cooperative_id"].tolist()
    days = used["arrives_on"].to_numpy("datetime64[s]").astype("int64") / SECONDS_PER_DAY + date(1970, 1, 1).toordinal()
    return [
        _Way(
            lot=lots[row["lot"]],
            demand=demands[row["demand"]],
            pool=None if row["cooperative"] == DIRECT else pools[names[int(str(row["cooperative"]))]],
            income=int(str(row["income_fen_per_kg"])),
            hectometres=int(str(row["distance_hm"])),
            arrives=day,
        )
        for row, day in zip(rows_of(used), days.tolist(), strict=True)
    ]


def _picked(frame: pd.DataFrame, own_id: str, places: pd.Series) -> dict[object, Row]:
    """Return the rows that are used, by position in the program."""
    needed = np.unique(places.to_numpy())
    ordered = frame.sort_values(own_id, kind="stable", ignore_index=True).iloc[needed]
    return dict(zip(needed.tolist(), rows_of(ordered), strict=True))


def _pairs(frame: pd.DataFrame, first: str, second: str) -> list[tuple[str, str]]:
    return [(str(one), str(two)) for one, two in zip(frame[first], frame[second], strict=True)]


def _number(value: object, missing: float = np.nan) -> float:
    return missing if value is None else float(str(value))


def _day(value: object) -> float:
    if not isinstance(value, date):
        raise TypeError(value)
    return float(value.toordinal())
