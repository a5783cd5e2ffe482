"""A program beside a plan before, so that of plans of equal value the one most like it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.produce.plan.changes.rule_reasons import Way
from analysis.produce.plan.program import BEFORE, Program


def beside(program: Program, before: Mapping[Way, int]) -> Program:
    """Return the program whose ways say what a plan before gave by them; what it gave by others is left out."""
    ways = program.ways
    given = pd.DataFrame(list(before), columns=list(Way._fields), dtype="object")
    demands, cooperatives = len(program.demands), len(program.cooperatives) + 1
    lot = pd.Index(program.lots["lot_id"]).get_indexer(given["lot_id"])
    demand = pd.Index(program.demands["demand_id"]).get_indexer(given["demand_id"])
    cooperative = pd.Index(program.cooperatives["cooperative_id"]).get_indexer(given["cooperative_id"])
    is_known = (lot >= 0) & (demand >= 0) & ((cooperative >= 0) | (given["cooperative_id"] == "").to_numpy())
    lots, of_demands, of_cooperatives = (
        ways[name].to_numpy(dtype=np.int64) for name in ("lot", "demand", "cooperative")
    )
    # The ways are sorted by these, so the keys rise.
    keys = (lots * demands + of_demands) * cooperatives + of_cooperatives + 1
    wanted = ((lot.astype(np.int64) * demands + demand) * cooperatives + cooperative + 1)[is_known]
    place = np.searchsorted(keys, wanted)
    is_there = place < len(keys)
    is_there[is_there] = keys[place[is_there]] == wanted[is_there]
    kg = np.zeros(len(ways), dtype=np.int64)
    kg[place[is_there]] = np.array(list(before.values()), dtype=np.int64)[is_known][is_there]
    return replace(program, ways=ways.assign(**{BEFORE: kg}))
