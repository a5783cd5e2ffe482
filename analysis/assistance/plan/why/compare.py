"""One plan beside another: which villages, tiers, causes and households are covered more by it, and which less."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.assistance.plan.program import AssistPlan, AssistProgram, Units, whole_column
from analysis.assistance.plan.why.standing import coverage

_NEED = ["need_id", "household_id", "village_id", "cause_id", "tier", "severity_weight", "need_fen"]
_SUMS = ["need_fen", "before_fen", "after_fen", "gained_fen", "lost_fen"]


@dataclass(frozen=True)
class Compared:
    """Two plans for the same needs, `before` and `after`.

    `needs`: need_id, household_id, village_id, cause_id, tier, need_fen, before_fen, after_fen, gained_fen and
    lost_fen (0 or more), one row per need. `by_village`, `by_tier`, `by_cause` and `by_household` have the same sums
    by village_id, tier (the worst first), cause_id, household_id (with its village_id); all but the last also the
    number of households with more (`gained_count`) and with less (`lost_count`) there. `weighted_before` and
    `weighted_after`: severity-weighted fen covered. `cost_before` and `cost_after`: fen paid.
    """

    needs: pd.DataFrame
    by_village: pd.DataFrame
    by_tier: pd.DataFrame
    by_cause: pd.DataFrame
    by_household: pd.DataFrame
    weighted_before: int
    weighted_after: int
    cost_before: int
    cost_after: int

    @property
    def weighted_gain(self) -> int:
        """Return how many severity-weighted fen the second plan covers more."""
        return self.weighted_after - self.weighted_before


def compare(program: AssistProgram, units_a: Units, units_b: Units) -> Compared:
    """Return the plan of `units_b` beside that of `units_a`, both for one program."""
    costs = (paid_fen(program, units_a), paid_fen(program, units_b))
    return compared(coverage(program, units_a), coverage(program, units_b), costs=costs)


def cost_of_rules(program: AssistProgram, plan: AssistPlan, plan_without: AssistPlan) -> Compared:
    """Return what the rules of a program cost: its plan (`after`) beside the one without them (`before`).

    Both plans are for the same chains. What they cost in all is the `weighted_gain`, below 0; for whom, the sums say.
    """
    return compare(program, plan_without.units, plan.units)


def paid_fen(program: AssistProgram, units: Units) -> int:
    """Return what the programmes pay for the units."""
    return int((units * whole_column(program.chains, "cost_fen")).sum())


def compared(before: pd.DataFrame, after: pd.DataFrame, *, costs: tuple[int, int]) -> Compared:
    """Return two coverages (`standing.coverage`) side by side; a need that one of them lacks gets nothing there.

    `costs`: fen paid before and after. So plans of different days, or drafts that are kept, can be compared.
    """
    known = pd.concat([after[_NEED], before[_NEED]]).drop_duplicates("need_id").sort_values("need_id")
    needs = known.reset_index(drop=True)
    sides = {
        name: needs["need_id"].map(side.set_index("need_id")["covered_fen"]).fillna(0).astype("int64")
        for name, side in (("before_fen", before), ("after_fen", after))
    }
    change = sides["after_fen"] - sides["before_fen"]
    needs = needs.assign(**sides, gained_fen=change.clip(lower=0), lost_fen=(-change).clip(lower=0))
    weight = needs["severity_weight"].tolist()
    weighted = [sum(fen * each for fen, each in zip(needs[name].tolist(), weight, strict=True)) for name in sides]
    by_household = needs.groupby(["household_id", "village_id"], sort=True)[_SUMS].sum().reset_index()
    return Compared(
        needs=needs,
        by_village=_summed(needs, "village_id"),
        by_tier=_summed(needs, "tier").sort_values("tier", ascending=False, ignore_index=True),
        by_cause=_summed(needs, "cause_id"),
        by_household=by_household,
        weighted_before=weighted[0],
        weighted_after=weighted[1],
        cost_before=costs[0],
        cost_after=costs[1],
    )


def _summed(needs: pd.DataFrame, key: str) -> pd.DataFrame:
    """Return the sums by a column, with how many households get more and less in all there."""
    sums = needs.groupby(key, sort=True)[_SUMS].sum()
    homes = needs.groupby([key, "household_id"])[["before_fen", "after_fen"]].sum()
    change = homes["after_fen"] - homes["before_fen"]
    sums["gained_count"] = (change > 0).groupby(level=0).sum()
    sums["lost_count"] = (change < 0).groupby(level=0).sum()
    return sums.reset_index()
