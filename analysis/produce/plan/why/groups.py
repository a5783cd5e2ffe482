"""Which lots and demands hang together, so that a change at one may matter for another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from analysis.produce.plan.program import Program
from analysis.produce.plan.why.residual import Flags, Whole


@dataclass(frozen=True)
class Groups:
    """Lots and demands that hang together by ways, cooperatives with a capacity, and rules; the group of each.

    A cooperative without a capacity is in a group of its own, for it ties nothing together.

    `is_bound`: by group, whether batches, parts, capacities or rules are in it. `way_count`: by group.
    """

    lots: Whole
    demands: Whole
    cooperatives: Whole
    is_bound: Flags
    way_count: Whole


def groups_of(program: Program) -> Groups:
    """Return the groups of a program."""
    lots, demands = len(program.lots), len(program.demands)
    lot, demand, cooperative = (program.ways[name].to_numpy("int64") for name in ("lot", "demand", "cooperative"))
    # One more place at the end: what no cooperative carries has the position -1.
    has_bound = np.append(program.cooperatives["capacity_kg"].to_numpy("int64") >= 0, False)
    carried = np.flatnonzero(has_bound[cooperative])
    ruled = list(_tied_by_rules(program))
    ends = (
        np.concatenate([lot, lot[carried], *(np.repeat(nodes[:1], len(nodes)) for nodes in ruled)]),
        np.concatenate([lots + demand, lots + demands + cooperative[carried], *ruled]),
    )
    nodes = lots + demands + len(program.cooperatives)
    edges = coo_array((np.ones(len(ends[0]), dtype=np.int32), ends), shape=(nodes, nodes))
    count, labels = connected_components(edges.tocsr(), directed=False)
    is_bound = np.zeros(count, dtype=bool)
    is_bound[labels[:lots][program.lots["min_split_kg"].to_numpy("int64") > 1]] = True
    is_bound[labels[lots : lots + demands][program.demands["min_batch_kg"].to_numpy("int64") > 1]] = True
    is_bound[labels[lots + demands :][has_bound[:-1]]] = True
    for each in ruled:
        is_bound[labels[each]] = True
    return Groups(
        lots=labels[:lots].astype("int64"),
        demands=labels[lots : lots + demands].astype("int64"),
        cooperatives=labels[lots + demands :].astype("int64"),
        is_bound=is_bound,
        way_count=np.bincount(labels[lot], minlength=count).astype("int64"),
    )


def _tied_by_rules(program: Program) -> Iterator[Whole]:
    """Yield for each rule the lots and demands (numbered after the lots) that it ties together; none for none."""
    rules, lots = program.rules, len(program.lots)
    if rules.is_empty:
        return
    lot_ids, sellers = (program.lots[name].to_numpy(object) for name in ("lot_id", "seller_id"))
    demand_ids, buyers = (program.demands[name].to_numpy(object) for name in ("demand_id", "enterprise_id"))
    carriers = np.array([*program.cooperatives["cooperative_id"], ""], dtype=object)[program.ways["cooperative"]]
    tied = [
        *((lot_ids == rule.lot_id, demand_ids == rule.demand_id) for rule in rules.locked),
        *((lot_ids == rule.lot_id, demand_ids == rule.demand_id) for rule in rules.forbidden),
        *(
            (np.isin(lot_ids.astype(str), rule.lot_ids), (demand_ids == rule.buyer_id) | (buyers == rule.buyer_id))
            for rule in rules.reserved
        ),
        *((sellers == rule.cooperative_id, np.zeros(len(demand_ids), dtype=bool)) for rule in rules.floors),
    ]
    through = [np.zeros(0, dtype="int64")] * (len(tied) - len(rules.floors)) + [
        program.ways["lot"].to_numpy("int64")[carriers == rule.cooperative_id] for rule in rules.floors
    ]
    for (of_lots, of_demands), more in zip(tied, through, strict=True):
        nodes = np.unique(np.concatenate([np.flatnonzero(of_lots), lots + np.flatnonzero(of_demands), more]))
        if len(nodes):
            yield nodes.astype("int64")
