"""The program of lots and demands: what a plan may choose from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from analysis.frames import day_stamp, frame_of
from analysis.produce.constraints import OPEN_LOTS
from analysis.produce.frames import LEFT
from analysis.produce.plan.program import Program
from analysis.produce.plan.rules import Rules
from analysis.produce.plan.ways.checks import check_frames
from analysis.produce.plan.ways.coding import NEVER, seconds, sides_of, whole_kg
from analysis.produce.plan.ways.fit import Found, joined
from analysis.produce.plan.ways.frames import AT_RISK, COOPERATIVES, MEMBERS
from analysis.produce.plan.ways.pooled import in_one_load, pooled_senders
from analysis.produce.plan.ways.pruning import out_of_reach, replaceable
from analysis.produce.plan.ways.roads import Roads, roads_of
from analysis.produce.plan.ways.search import ways_that_fit
from analysis.produce.plan.ways.sides import Flags, Sides
from analysis.produce.plan.ways.terms import PlanTerms

OPEN_DEMANDS = ("open", "part_filled")


def program_of(
    lots: pd.DataFrame,
    demands: pd.DataFrame,
    *,
    day: date,
    terms: PlanTerms | None = None,
    cooperatives: pd.DataFrame | None = None,
    members: pd.DataFrame | None = None,
    distances: pd.DataFrame | None = None,
    rules: Rules | None = None,
    keeps_all_pooled: bool = False,
) -> Program:
    """Return the program of a day: every lot and demand given, by id, and every way between them that is allowed.

    `lots`: LOTS with `left_quantity_kg` and terms; `demands`: DEMANDS with `left_quantity_kg`; coordinates filled in
    both; lots may have `is_at_risk`. `cooperatives`: COOPERATIVES, `members`: MEMBERS (both or
    neither), `distances`: ROADS. What is agreed, delivered or pooled in a larger lot is off `left_quantity_kg` already.

    A direct way stands for each pair of which `produce.constraints` says that everything but batch and split holds (it
    must be a whole kg); those two are the program's. A lot that is not open, past its last day or sold out, a demand
    that is not open, over or filled, and a buyer that is closed have no way, and the lots and demands quantity 0.
    What pooling means is said in `pooled`. Pooled ways that no best plan needs are left out unless `keeps_all_pooled`
    (`pruning` says which, and why); all those of a cooperative with a floor stay.

    Raises QuestionError where an id stands twice, a number is below 0 or absurd, or roads contradict each other.
    """
    terms, rules, roads = terms or PlanTerms(), rules or Rules(), roads_of(distances)
    lots, demands = _by_id(lots, "lot_id"), _by_id(demands, "demand_id")
    pools = _by_id(frame_of([], COOPERATIVES) if cooperatives is None else cooperatives, "cooperative_id")
    members = frame_of([], MEMBERS) if members is None else members
    check_frames(lots, demands, pools)
    program = Program(_lots(lots, day, terms), _demands(demands, day), _cooperatives(pools), pd.DataFrame(), rules)
    on_offer, wanted = (frame["quantity_kg"].to_numpy() > 0 for frame in (program.lots, program.demands))
    today = int(day_stamp(day).timestamp())
    own = sides_of(lots, demands, on_offer, wanted, today, roads)
    direct = ways_that_fit(own, roads)
    kinds = [(own, direct)]
    if len(members) and len(pools):
        senders = pooled_senders(lots, own.senders, pools, members, roads, day=today, fee_fen=terms.pool_fee_fen_per_kg)
        pooled = own.sent_by(senders)
        ways = _pooled_ways(program, pooled, roads)
        if not keeps_all_pooled:
            ways = ways.only(_is_needed(program, pooled, ways, own, direct))
        kinds.append((pooled, ways))
    return replace(program, ways=_frame(kinds))


def _pooled_ways(program: Program, pooled: Sides, roads: Roads) -> Found:
    has_batch = program.demands["min_batch_kg"].to_numpy() > 1
    quantity = program.lots["quantity_kg"].to_numpy()
    return in_one_load(pooled, ways_that_fit(pooled, roads), quantity, has_batch)


def _is_needed(program: Program, pooled: Sides, ways: Found, own: Sides, direct: Found) -> Flags:
    batch, capacity = program.demands["min_batch_kg"].to_numpy(), program.cooperatives["capacity_kg"].to_numpy()
    lot_kg, demand_kg = program.lots["quantity_kg"].to_numpy(), program.demands["quantity_kg"].to_numpy()
    floors = {each.cooperative_id for each in program.rules.floors}
    has_floor = program.cooperatives["cooperative_id"].isin(floors).to_numpy(bool)
    is_bound = has_floor[pooled.senders.cooperative[ways.sender]]
    can_go = ~replaceable(pooled, ways, own, direct, batch) | is_bound
    can_go[can_go] = ~out_of_reach(pooled, ways.only(can_go), lot_kg, demand_kg, batch, capacity)
    return can_go


def _by_id(frame: pd.DataFrame, own_id: str) -> pd.DataFrame:
    ids = frame[own_id]
    if ids.is_monotonic_increasing:
        return frame.reset_index(drop=True)
    return frame.iloc[np.argsort(ids.to_numpy(object), kind="stable")].reset_index(drop=True)


def _lots(lots: pd.DataFrame, day: date, terms: PlanTerms) -> pd.DataFrame:
    is_open = lots["lot_status"].isin(OPEN_LOTS) & (lots["use_by_on"] >= day_stamp(day))
    quantity = np.where(is_open, whole_kg(lots[LEFT], up=False, missing=0), 0)
    at_risk = lots[AT_RISK].to_numpy(bool) if AT_RISK in lots else np.zeros(len(lots), bool)
    plain, favoured = terms.weights()
    split = whole_kg(lots["min_split_quantity_kg"], up=True, missing=0)
    return pd.DataFrame(
        {
            "lot_id": lots["lot_id"],
            "quantity_kg": quantity,
            "weight": np.where(at_risk, favoured, plain).astype(np.int64),
            "min_split_kg": np.minimum(split, quantity),
            "seller_id": lots["seller_id"],
            "is_at_risk": at_risk,
        }
    )


def _demands(demands: pd.DataFrame, day: date) -> pd.DataFrame:
    today = int(day_stamp(day).timestamp())
    is_open = demands["demand_status"].isin(OPEN_DEMANDS).to_numpy(bool)
    is_open = is_open & (seconds(demands["ends_on"], -NEVER) >= today)
    is_open = is_open & (seconds(demands["enterprise_closed_on"], NEVER) > today)
    return pd.DataFrame(
        {
            "demand_id": demands["demand_id"],
            "quantity_kg": np.where(is_open, whole_kg(demands[LEFT], up=False, missing=0), 0),
            "min_batch_kg": whole_kg(demands["min_batch_quantity_kg"], up=True, missing=0),
            "enterprise_id": demands["enterprise_id"],
        }
    )


def _cooperatives(cooperatives: pd.DataFrame) -> pd.DataFrame:
    capacity = whole_kg(cooperatives["capacity_kg"], up=False, missing=-1)
    return pd.DataFrame({"cooperative_id": cooperatives["cooperative_id"], "capacity_kg": capacity})


def _frame(kinds: list[tuple[Sides, Found]]) -> pd.DataFrame:
    """Return the ways of all kinds in one frame, sorted by lot, demand and cooperative."""
    lot = np.concatenate([sides.senders.lot[found.sender] for sides, found in kinds])
    demand = np.concatenate([sides.takers.demand[found.taker] for sides, found in kinds])
    cooperative = np.concatenate([sides.senders.cooperative[found.sender] for sides, found in kinds])
    # One key sorts several times faster than three, and is far from what a whole number holds.
    demands, cooperatives = (int(each.max(initial=0)) + 2 for each in (demand, cooperative))
    order = np.argsort((lot * demands + demand) * cooperatives + cooperative + 1)
    found = joined([found for _, found in kinds]).only(order)
    return pd.DataFrame(
        {
            "lot": lot[order].astype(np.int32),
            "demand": demand[order].astype(np.int32),
            "cooperative": cooperative[order].astype(np.int32),
            "income_fen_per_kg": found.income_fen_per_kg,
            "distance_hm": found.distance_hm,
            "arrives_on": found.arrives.astype("datetime64[s]"),
        }
    )
