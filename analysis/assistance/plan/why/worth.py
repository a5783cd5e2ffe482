"""What one more yuan or place would bring: at most, by the prices of the plan, and exactly, by planning anew."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.assistance.plan.program import NONE, AssistPlan, AssistProgram
from analysis.assistance.plan.why.compare import Compared, compare
from analysis.assistance.plan.why.grants import BUDGET, Change, granted, most_programmes_with
from analysis.assistance.plan.why.standing import is_proved, planned_anew

# Money is told by the ten thousand yuan, everything else by the piece.
MONEY_STEP = 1_000_000
_MONEY = ("partner_budget",)
# What a sum of floating numbers may be off, as a share of it.
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Worth:
    """What changes bring once the plan is made anew with them.

    `gain`: severity-weighted fen covered more; `most_gain`: no plan with these changes gains more over this one.
    `is_exact`: both plans are proved best. `compared`: who gains and who loses. `plan`: the plan made anew.
    """

    changes: tuple[Change, ...]
    gain: int
    most_gain: int
    is_exact: bool
    compared: Compared
    plan: AssistPlan


def worths(program: AssistProgram, plan: AssistPlan) -> pd.DataFrame:
    """Return what a step more of each bound gains at most, where units may be divided; most first, then by kind and id.

    Columns: kind (`budget` or the slot of a resource), id, step int64 (1,000,000 fen, or one place) and most_gain
    int64 (severity-weighted fen). A resource is money where its column `unit` says fen, or without such a column where
    it is a partner's budget. Bounds only: what is endless is left out. With whole units a step may bring more,
    by `price_bound.price_slack` at most. Empty where the plan has no prices.
    """
    rows: list[tuple[str, str, int, int]] = []
    if plan.prices is not None:
        ids, prices = program.programmes["programme_id"].tolist(), plan.prices.budget.tolist()
        rows = [_row(BUDGET, name, price, is_money=True) for name, price in zip(ids, prices, strict=True)]
        resources = program.resources
        columns = [resources[name].tolist() for name in ("layer", "resource_id", "capacity")]
        in_fen = (resources["unit"] == "fen") if "unit" in resources else resources["layer"].isin(_MONEY)
        of_resources = zip(*columns, in_fen.tolist(), plan.prices.resource.tolist(), strict=True)
        rows += [
            _row(layer, name, price, is_money=is_money)
            for layer, name, capacity, is_money, price in of_resources
            if capacity != NONE
        ]
    rows.sort(key=lambda row: (-row[3], row[0], row[1]))
    frame = pd.DataFrame(rows, columns=["kind", "id", "step", "most_gain"])
    return frame.astype({"step": "int64", "most_gain": "int64"})


def worth_of(
    program: AssistProgram, plan: AssistPlan, changes: Sequence[Change], *, seconds: float, most_programmes: int
) -> Worth:
    """Return what changes bring, by planning anew with all of them at once. No change takes anything away.

    Raises as `grants.granted`.
    """
    changed = granted(program, changes)
    after = planned_anew(
        changed, plan.units, seconds=seconds, most_programmes=most_programmes_with(most_programmes, changes)
    )
    return Worth(
        changes=tuple(changes),
        gain=after.stages[0].value - plan.stages[0].value,
        most_gain=after.stages[0].bound - plan.stages[0].value,
        is_exact=is_proved(plan) and is_proved(after),
        compared=compare(program, plan.units, after.units),
        plan=after,
    )


def _row(kind: str, name: str, price: float, *, is_money: bool) -> tuple[str, str, int, int]:
    step = MONEY_STEP if is_money else 1
    return kind, name, step, math.ceil(price * step * (1 - _ROUNDING))
