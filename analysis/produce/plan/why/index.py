"""What is made once from a plan, so that any lot and any buyer can be asked about quickly."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

import numpy as np
import pandas as pd

from analysis.frames import day_stamp, frame_of
from analysis.produce.plan.program import Plan, Program
from analysis.produce.plan.ways.coding import sides_of
from analysis.produce.plan.ways.frames import COOPERATIVES, MEMBERS
from analysis.produce.plan.ways.pooled import pooled_senders
from analysis.produce.plan.ways.roads import Roads, roads_of
from analysis.produce.plan.ways.sides import Senders, Sides
from analysis.produce.plan.ways.terms import PlanTerms
from analysis.produce.plan.why.candidates import Loads
from analysis.produce.plan.why.frames import PlanFrames
from analysis.produce.plan.why.groups import groups_of
from analysis.produce.plan.why.part import Planned
from analysis.produce.plan.why.residual import residual_of
from analysis.produce.plan.why.search import Searcher
from analysis.produce.products import takes_product
from graph_schema import Schema


@dataclass(frozen=True)
class WhyIndex:
    """A plan with all that its explanations need; `lots` and `demands` are the frames in the order of the program."""

    planned: Planned
    searcher: Searcher
    lots: pd.DataFrame
    demands: pd.DataFrame
    day: date
    sides: Sides
    roads: Roads
    loads: Loads
    lot_places: pd.Index
    demand_places: pd.Index
    schema: Schema

    def demands_for(self, lot: int) -> pd.DataFrame:
        """Return the demands that take the product of a lot."""
        return self.demands[takes_product(self.demands, str(self.lots["product_id"].iloc[lot]))]


def why_index(program: Program, plan: Plan, frames: PlanFrames, schema: Schema) -> WhyIndex:
    """Return the index of a plan. `frames`: those that the program was made from, with nothing changed.

    Changes are looked for among the ways of the program and those that the lot asked about would gain. A load that a
    cooperative brings to a demand with a smallest batch keeps its day. Loads that no change of one lot can make large
    enough are only looked at where the program was made with `keeps_all_pooled`.
    """
    lots = frames.lots.sort_values("lot_id", kind="stable", ignore_index=True)
    demands = frames.demands.sort_values("demand_id", kind="stable", ignore_index=True)
    roads = roads_of(frames.distances)
    residual = residual_of(program, plan)
    planned = Planned(
        program=program,
        plan=plan,
        residual=residual,
        demand=program.ways["demand"].to_numpy("int64"),
        cooperative=program.ways["cooperative"].to_numpy("int64"),
    )
    return WhyIndex(
        planned=planned,
        searcher=Searcher(planned, groups_of(program)),
        lots=lots,
        demands=demands,
        day=frames.day,
        sides=_sides(program, frames, lots, demands, roads),
        roads=roads,
        loads=_loads(program),
        lot_places=pd.Index(program.lots["lot_id"]),
        demand_places=pd.Index(program.demands["demand_id"]),
        schema=schema,
    )


def _sides(program: Program, frames: PlanFrames, lots: pd.DataFrame, demands: pd.DataFrame, roads: Roads) -> Sides:
    """Return every sender, direct and pooled, beside the demands that want something."""
    today = int(day_stamp(frames.day).timestamp())
    on_offer, wanted = (side["quantity_kg"].to_numpy() > 0 for side in (program.lots, program.demands))
    own = sides_of(lots, demands, on_offer, wanted, today, roads)
    pools = frame_of([], COOPERATIVES) if frames.cooperatives is None else frames.cooperatives
    pooled = pooled_senders(
        lots,
        own.senders,
        pools.sort_values("cooperative_id", kind="stable", ignore_index=True),
        frame_of([], MEMBERS) if frames.members is None else frames.members,
        roads,
        day=today,
        fee_fen=(frames.terms or PlanTerms()).pool_fee_fen_per_kg,
    )
    both = {
        each.name: np.concatenate([getattr(own.senders, each.name), getattr(pooled, each.name)])
        for each in fields(Senders)
    }
    return own.sent_by(Senders(**both))


def _loads(program: Program) -> Loads:
    ways, has_batch = program.ways, program.demands["min_batch_kg"].to_numpy() > 1
    cooperative, demand = ways["cooperative"].to_numpy("int64"), ways["demand"].to_numpy("int64")
    rows = np.flatnonzero((cooperative >= 0) & has_batch[demand])
    keys, first = np.unique(cooperative[rows] * len(program.demands) + demand[rows], return_index=True)
    arrives = ways["arrives_on"].to_numpy("datetime64[s]")[rows[first]].astype("int64")
    return Loads(demand_count=len(program.demands), has_batch=has_batch, keys=keys, arrives=arrives)
