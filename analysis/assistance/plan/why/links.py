"""What a link that is missing would bring: at most by prices for every candidate, exactly for the best by solving."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd

from analysis.assistance.plan.arrange import arranged
from analysis.assistance.plan.program import NONE, SLOTS, AssistPlan, AssistProgram, Units, whole_column
from analysis.assistance.plan.why.compare import Compared, compared, paid_fen
from analysis.assistance.plan.why.price_bound import need_bounds, price_slack, priced_gains
from analysis.assistance.plan.why.standing import coverage, is_proved, planned_anew

_ROUNDING = 1e-9
_COLUMNS = {
    "candidate": "int64",
    "need_count": "int64",
    "most_gain": "int64",
    "gain": "Int64",
    "covered_fen": "Int64",
    "household_count": "Int64",
    "is_exact": "boolean",
}


class NewLink(Protocol):
    """A link that is not there: the chains and the resources (as `arranged` takes them) that it would add."""

    @property
    def chains(self) -> pd.DataFrame:
        """Return the chains."""

    @property
    def resources(self) -> pd.DataFrame:
        """Return the resources that the program does not have yet."""


@dataclass(frozen=True)
class LinkGains:
    """What candidates would bring.

    `gains`: one row per candidate, those that were solved first, then by what they gain at most: candidate (its place
    among those given), need_count (needs its chains reach), most_gain (severity-weighted fen, at most: see `slack`),
    and, where it was solved, gain (severity-weighted fen more than the plan), covered_fen (fen more), household_count
    (households covered more) and is_exact (both plans are proved best); missing where it was not. `slack`: no plan
    with a candidate gains more than its most_gain and the slack together. `compared`: per candidate solved, who gains.
    """

    gains: pd.DataFrame
    slack: int
    compared: dict[int, Compared]


def link_gains(
    program: AssistProgram,
    plan: AssistPlan,
    candidates: Sequence[NewLink],
    *,
    top: int,
    seconds: float,
    most_programmes: int,
) -> LinkGains:
    """Return what each candidate gains at most and what the `top` best of them gain by solving with it.

    `seconds`: for each solving. Candidates are tried one at a time, each beside the plan as it is.
    """
    named = _Named(program, plan)
    rows: list[dict[str, object]] = []
    for place, candidate in enumerate(candidates):
        new = named.new_chains(candidate)
        needs = new["need_id"].nunique()
        rows.append({"candidate": place, "need_count": needs, "most_gain": named.most_gain(new)})
    rows.sort(key=lambda row: (-int(str(row["most_gain"])), row["candidate"]))
    beside: dict[int, Compared] = {}
    for row in rows[:top]:
        place = int(str(row["candidate"]))
        if not row["most_gain"]:
            continue
        changed, carried = named.with_link(candidates[place])
        after = planned_anew(changed, carried, seconds=seconds, most_programmes=most_programmes)
        costs = (paid_fen(program, plan.units), paid_fen(changed, after.units))
        found = compared(coverage(program, plan.units), coverage(changed, after.units), costs=costs)
        beside[place] = found
        row["gain"] = after.stages[0].value - plan.stages[0].value
        row["covered_fen"] = int(found.by_household["after_fen"].sum() - found.by_household["before_fen"].sum())
        row["household_count"] = int((found.by_household["after_fen"] > found.by_household["before_fen"]).sum())
        row["is_exact"] = is_proved(plan) and is_proved(after)
    solved = [row for row in rows if "gain" in row]
    rest = [row for row in rows if "gain" not in row]
    solved.sort(key=lambda row: -int(str(row["gain"])))
    gains = pd.DataFrame([*solved, *rest], columns=[*_COLUMNS]).astype(_COLUMNS)
    return LinkGains(gains, price_slack(program, plan), beside)


class _Named:
    """A program whose chains name others by id, so that chains can be added; with the plan's prices."""

    def __init__(self, program: AssistProgram, plan: AssistPlan) -> None:
        self.program, self.plan = program, plan
        self.chains = _unplaced(program)
        prices = plan.prices
        budget = np.zeros(len(program.programmes)) if prices is None else prices.budget
        resource = np.zeros(len(program.resources)) if prices is None else prices.resource
        self._budget = dict(zip(program.programmes["programme_id"], budget.tolist(), strict=True))
        self._resource = dict(zip(program.resources["resource_id"], resource.tolist(), strict=True))
        self._needs = program.needs.set_index("need_id")
        self._starts = np.searchsorted(whole_column(program.chains, "need"), np.arange(len(program.needs) + 1))

    def new_chains(self, candidate: NewLink) -> pd.DataFrame:
        """Return the chains of a candidate that are not there yet."""
        chains = candidate.chains.reset_index(drop=True)
        keys = ["need_id", "programme_id", "measure_id", *(f"{slot}_resource_id" for slot in SLOTS)]
        chains = chains.assign(**{key: None for key in keys if key not in chains})
        new = chains[keys].astype(object).where(chains[keys].notna(), None)
        old = self._old_chains(new)[keys]
        there = set(old.itertuples(index=False, name=None))
        is_new = [key not in there for key in new.itertuples(index=False, name=None)]
        found: pd.DataFrame = chains[np.array(is_new, dtype=np.bool_) & ~new.duplicated().to_numpy()]
        return found

    def _old_chains(self, new: pd.DataFrame) -> pd.DataFrame:
        """Return the chains of the needs that new ones reach."""
        needs = np.unique(self._needs.index.get_indexer(pd.Index(new["need_id"].unique(), dtype="object")))
        spans = [np.arange(self._starts[need], self._starts[need + 1]) for need in needs[needs >= 0].tolist()]
        return self.chains.iloc[np.concatenate([np.zeros(0, dtype=np.int64), *spans])]

    def most_gain(self, new: pd.DataFrame) -> int:
        """Return how much the bound by prices rises with new chains."""
        old = self._old_chains(new)
        rise = sum(self._bounds(pd.concat([old, new]))) - sum(self._bounds(old))
        return max(math.ceil(rise * (1 - _ROUNDING) - _ROUNDING), 0)

    def _bounds(self, chains: pd.DataFrame) -> list[float]:
        needs = self._needs.loc[chains["need_id"]]
        price = [self._budget[name] for name in chains["programme_id"]]
        paid = chains["cost_fen"].to_numpy("float64") * np.array(price, dtype="float64")
        for slot in SLOTS:
            # A new resource has no price: nothing of it is spent yet.
            places = chains[f"{slot}_resource_id"]
            each = np.array([0.0 if pd.isna(name) else self._resource.get(name, 0.0) for name in places])
            if each.any():
                paid = paid + each * chains[f"{slot}_use"].fillna(0).to_numpy("float64")
        gain = priced_gains(chains, needs["severity_weight"].to_numpy("float64"), paid)
        measure = chains["measure_id"].astype(object).where(chains["measure_id"].notna(), None)
        bounds: list[float] = need_bounds(
            pd.factorize(chains["need_id"])[0],
            needs["need_fen"].to_numpy("float64"),
            pd.factorize(measure)[0],
            chains["cover_fen"].to_numpy("float64"),
            whole_column(chains, "most"),
            gain,
        ).tolist()
        return bounds

    def with_link(self, candidate: NewLink) -> tuple[AssistProgram, Units]:
        """Return the program with a candidate, and the plan's units by its chains."""
        program = self.program
        new = self.new_chains(candidate).assign(was=NONE)
        chains = pd.concat([self.chains.assign(was=np.arange(len(self.chains))), new], ignore_index=True)
        known = candidate.resources["resource_id"].isin(set(program.resources["resource_id"]))
        resources = pd.concat([program.resources, candidate.resources[~known]], ignore_index=True)
        changed = arranged(program.needs, program.programmes, resources, chains, rules=program.rules)
        was = whole_column(changed.chains, "was")
        return changed, np.append(self.plan.units, 0)[was]


def _unplaced(program: AssistProgram) -> pd.DataFrame:
    """Return the chains of a program with ids in place of positions, as `arranged` takes them."""
    chains = program.chains
    named = {
        "need_id": program.needs["need_id"].to_numpy(dtype=object)[whole_column(chains, "need")],
        "programme_id": program.programmes["programme_id"].to_numpy(dtype=object)[whole_column(chains, "programme")],
        "measure_id": np.array([*program.measures, None], dtype=object)[whole_column(chains, "measure")],
    }
    resources = np.array([*program.resources["resource_id"], None], dtype=object)
    for slot in SLOTS:
        named[f"{slot}_resource_id"] = resources[whole_column(chains, slot)]
    return chains.drop(columns=["need", "programme", "measure", *SLOTS]).assign(**named)
