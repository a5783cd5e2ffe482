"""What of a plan that was kept could still be as it was: what people promised since is no longer planned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import ceil

import pandas as pd

from analysis.produce.plan.changes.kept import KeptProducePlan, KeptResult
from analysis.produce.plan.changes.rule_reasons import Way
from analysis.produce.promises import holding
from policy.commitments import DELIVERED

Pair = tuple[str, str]


@dataclass(frozen=True)
class Promised:
    """What was promised when a plan was kept, and what is promised now, by lot and demand in whole kg."""

    before: dict[Pair, int]
    now: dict[Pair, int]


def promised_of(before: KeptResult, held: pd.DataFrame) -> Promised:
    """Return the promises of both times. `held`: PROMISES that hold something now."""
    # What had come already when the plan before was made has not changed since.
    done = {each.commitment_id for each in before.promises if each.commitment_status == DELIVERED}
    still = held[~held["commitment_id"].isin(done)]
    return Promised(
        before=_by_pair(
            (each.lot_id, each.demand_id, each.kg) for each in before.promises if each.commitment_id not in done
        ),
        now=_by_pair(still[["lot_id", "demand_id", "held_quantity_kg"]].itertuples(index=False, name=None)),
    )


def ways_before(before: KeptProducePlan, promises: pd.DataFrame, day: date) -> dict[Way, int]:
    """Return the kg by each way of a kept plan, less what was promised since of that lot to that demand.

    `promises`: PROMISES, on a `day`.
    """
    promised = promised_of(before.result, holding(promises, day))
    grown = {pair: kg - promised.before.get(pair, 0) for pair, kg in promised.now.items()}
    ways: dict[Way, int] = {}
    for each in before.ways:
        pair = (each.lot_id, each.demand_id)
        taken = min(max(grown.get(pair, 0), 0), each.kg)
        if taken:
            grown[pair] -= taken
        ways[Way(each.lot_id, each.demand_id, each.cooperative_id or "")] = each.kg - taken
    return ways


def _by_pair(rows: Iterable[tuple[str, str, float]]) -> dict[Pair, int]:
    sums: Counter[Pair] = Counter()
    for lot_id, demand_id, kg in rows:
        # A plan counts in whole kg: of a kg that is promised in part nothing is left.
        sums[lot_id, demand_id] += ceil(kg)
    return dict(sums)
