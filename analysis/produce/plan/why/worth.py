"""What it would be worth if one buyer wanted more: solved, all that hangs together with the buyer at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.errors import SubjectNotFound
from analysis.produce.plan.check import stage_values
from analysis.produce.plan.program import Plan, Program
from analysis.produce.plan.why.index import WhyIndex
from analysis.produce.plan.why.part import part_of
from analysis.produce.plan.why.parts import BuyerWorth
from analysis.produce.plan.why.words import worth_part

TONNE = 1000


def worth_of(index: WhyIndex, demand_id: str, solver: Callable[[Program], Plan], *, more_kg: int = TONNE) -> BuyerWorth:
    """Return what it would be worth if this demand were larger by `more_kg`: kg more sold, fen more for sellers.

    The lots and demands that hang together with it are planned anew by `solver` with the larger demand, in the same
    stages; the answer is the difference from the plan. It is exact where both are proved to be best, as they are
    without batches, parts and capacities. Raises SubjectNotFound where the plan knows no such demand.
    """
    demand = int(index.demand_places.get_indexer(pd.Index([demand_id]))[0])
    if demand < 0:
        raise SubjectNotFound("unknown_demand_in_plan", id=demand_id)
    groups, planned = index.searcher.groups, index.planned
    label = groups.demands[demand]
    lots, demands = np.flatnonzero(groups.lots == label), np.flatnonzero(groups.demands == label)
    if not len(lots):
        return worth_part(index, demand, more_kg, 0, 0, is_exact=True)
    part = part_of(planned, int(lots[0]), demands, lots)
    larger = part.program.demands["quantity_kg"].to_numpy("int64") + np.where(demands == demand, more_kg, 0)
    changed = replace(part.program, demands=part.program.demands.assign(quantity_kg=larger))
    after = solver(changed)
    sold = int(after.kg.sum() - part.kg.sum())
    income = stage_values(changed, after.kg)[1] - stage_values(part.program, part.kg)[1]
    is_exact = _is_best(after) and _is_best(planned.plan)
    return worth_part(index, demand, more_kg, sold, income, is_exact=is_exact)


def _is_best(plan: Plan) -> bool:
    return all(stage.is_optimal for stage in plan.stages)
