"""Leaving out pooled ways never makes the best plan worse: proved against a solver that knows nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.frames import Row
from analysis.produce.frames import LEFT
from analysis.produce.plan.program import Program
from analysis.produce.plan.ways.build import program_of
from analysis.produce.plan.ways.terms import PlanTerms

MakeFrame = Callable[..., pd.DataFrame]
DAY = date(2026, 5, 20)
PLACES = st.sampled_from([117.0, 117.4, 118.0, 118.6])
LOTS = st.fixed_dictionaries(
    {
        "lon": PLACES,
        "ask_fen_per_kg": st.sampled_from([200, 375]),
        "min_split_quantity_kg": st.sampled_from([None, 2.0, 4.0]),
        "ready_on": st.sampled_from([date(2026, 5, 20), date(2026, 5, 24)]),
        "seller_id": st.sampled_from(["h", "c0"]),
        LEFT: st.integers(1, 6).map(float),
    }
)
DEMANDS = st.fixed_dictionaries(
    {
        "lon": PLACES,
        "max_fen_per_kg": st.sampled_from([390, 400]),
        "max_distance_km": st.sampled_from([None, 50.0, 120.0]),
        "min_batch_quantity_kg": st.sampled_from([7.0, None, 1.0, 4.0]),
        LEFT: st.integers(5, 12).map(float),
    }
)
COOPERATIVES = st.fixed_dictionaries({"lon": PLACES, "capacity_kg": st.sampled_from([None, 5.0])})
PAIRS = st.sets(st.tuples(st.integers(0, 3), st.integers(0, 1)))


@settings(deadline=None, max_examples=30)
@given(
    st.lists(LOTS, min_size=2, max_size=4),
    st.lists(DEMANDS, min_size=1, max_size=3),
    st.lists(COOPERATIVES, min_size=1, max_size=2),
    PAIRS,
    st.sampled_from([0, 3]),
)
def test_the_best_plan_is_as_good_without_the_pooled_ways_that_are_left_out(
    make_lots: MakeFrame,
    make_demands: MakeFrame,
    make_cooperatives: MakeFrame,
    make_members: MakeFrame,
    lots: list[Row],
    demands: list[Row],
    cooperatives: list[Row],
    pairs: set[tuple[int, int]],
    fee: int,
) -> None:
    few, all_ways = (
        program_of(
            make_lots(*({**row, "lot_id": f"l{number}"} for number, row in enumerate(lots))),
            make_demands(*({**row, "demand_id": f"d{number}"} for number, row in enumerate(demands))),
            day=DAY,
            terms=PlanTerms(pool_fee_fen_per_kg=fee),
            cooperatives=make_cooperatives(
                *({**row, "cooperative_id": f"c{number}"} for number, row in enumerate(cooperatives))
            ),
            members=make_members(
                *((f"l{number}", "c0") for number in range(len(lots))),
                *((f"l{lot}", f"c{pool}") for lot, pool in pairs),
            ),
            keeps_all_pooled=keeps_all,
        )
        for keeps_all in (False, True)
    )
    assert len(few.ways) <= len(all_ways.ways)
    assert best_values(few) == best_values(all_ways)


def best_values(program: Program) -> list[int]:
    """Return the best weighted kg, then income, then least transport, each keeping those before."""
    ways = program.ways
    if ways.empty:
        return [0, 0, 0]
    model = Model(program)
    gains = (
        program.lots["weight"].to_numpy()[ways["lot"]],
        ways["income_fen_per_kg"].to_numpy(),
        -ways["distance_hm"].to_numpy(),
    )
    return [model.best(np.asarray(gain, float)) for gain in gains]


class Model:
    """Whole kg per way, and whether each way and each delivery is used."""

    def __init__(self, program: Program) -> None:
        ways = program.ways
        quantity = program.lots["quantity_kg"].to_numpy()[ways["lot"]]
        sender = np.where(ways["cooperative"] < 0, ways["lot"], -1 - ways["cooperative"])
        delivery = np.unique(np.column_stack((sender, ways["demand"])), axis=0, return_inverse=True)[1]
        batch = program.demands["min_batch_kg"].to_numpy()[ways["demand"]]
        split = program.lots["min_split_kg"].to_numpy()[ways["lot"]]
        self.count, self.deliveries = len(ways), int(delivery.max()) + 1
        kg, used, sent = np.eye(self.count), np.eye(self.count), np.eye(self.deliveries)
        of_delivery = np.zeros((self.count, self.deliveries))
        together = (delivery == np.arange(self.deliveries)[:, None]).astype(float)
        least = np.array([batch[delivery == each].max() for each in range(self.deliveries)])
        none = np.zeros((self.deliveries, self.count))
        self.rows = [
            LinearConstraint(np.hstack((kg, -used * split[:, None], of_delivery)), 0, np.inf),
            LinearConstraint(np.hstack((kg, -used * quantity[:, None], of_delivery)), -np.inf, 0),
            LinearConstraint(np.hstack((together, none, -sent * least[:, None])), 0, np.inf),
            LinearConstraint(np.hstack((together, none, -sent * quantity.sum())), -np.inf, 0),
        ]
        bounds = (
            ("lot", program.lots["quantity_kg"]),
            ("demand", program.demands["quantity_kg"]),
            ("cooperative", program.cooperatives["capacity_kg"].where(lambda kg: kg >= 0, np.inf)),
        )
        for side, most in bounds:
            if len(most):
                of_side = (ways[side].to_numpy() == np.arange(len(most))[:, None]).astype(float)
                self._add(of_side, -np.inf, most.to_numpy(float))

    def _add(self, rows: np.ndarray, low: object, high: object) -> None:
        wide = np.hstack((rows, np.zeros((len(rows), self.count + self.deliveries))))
        self.rows.append(LinearConstraint(wide, low, high))

    def best(self, gain: np.ndarray) -> int:
        """Return the most that can be gained, and keep it from now on."""
        size = 2 * self.count + self.deliveries
        cost = np.concatenate((-gain, np.zeros(size - self.count)))
        high = np.concatenate((np.full(self.count, np.inf), np.ones(size - self.count)))
        solved = milp(
            cost, integrality=np.ones(size), bounds=Bounds(0, high), constraints=self.rows, options={"mip_rel_gap": 0}
        )
        value: int = round(-solved.fun)
        self._add(gain[None, :], value - 0.5, np.inf)
        return value
