"""What a plan does to risk: the returns to poverty that are to be expected with it and without it.

Need covered and risk lowered are two measures of the same help, and they may disagree: covering a cause that leads
nowhere lowers no risk, and where a state is there already none can be lowered.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.assistance.allocation.build import Allocation
from analysis.assistance.allocation.joins import NONE, Places, places_in, sums
from analysis.assistance.plan.program import Units, whole_column
from analysis.risk.households import RiskHouseholds
from analysis.risk.model import RiskModel

Numbers = NDArray[np.float64]

DISAGREEING = 20


@dataclass(frozen=True)
class RiskEffect:
    """Risk with the help that is planned or runs already, and with the units of a plan beside it.

    `before`, `after`: per household of the allocation, 0 where the cause engine does not know it. `covered_fen`: what
    the plan covers of its needs, by weight `weighted` (fen times the weight of severity).
    """

    before: Numbers
    after: Numbers
    covered_fen: Places
    weighted: Places

    @property
    def avoided(self) -> Numbers:
        """Return per household how many returns the plan avoids: never below 0."""
        return np.maximum(self.before - self.after, 0.0)


def risk_effect(allocation: Allocation, units: Units, model: RiskModel, households: RiskHouseholds) -> RiskEffect:
    """Return what a plan does to risk. Raises QuestionError as the cause engine does."""
    needs, program = allocation.needs, allocation.program
    risk_row = places_in(pd.Index(households.ids, dtype="object"), needs.households)
    given = households.running.copy()
    _mark(given, model, risk_row[needs.running["household"].to_numpy(dtype=np.int64)], needs.running["measure_id"])
    before = model.engine.risk_with(households.findings, model.measures, given)
    chains = program.chains[units > 0]
    need = whole_column(chains, "need")
    household = places_in(needs.households, program.needs["household_id"])
    planned = given.copy()
    _mark(planned, model, risk_row[household[need]], chains["measure_id"])
    helped = np.flatnonzero((planned != given).any(axis=1))
    after = before.copy()
    after[helped] = model.engine.plan_risks(households.findings, model.measures, helped, planned[helped])
    fen = whole_column(chains, "cover_fen") * units[units > 0]
    weight = whole_column(program.needs, "severity_weight")[need]
    return RiskEffect(
        before=_at(before, risk_row),
        after=_at(after, risk_row),
        covered_fen=sums(household[need], fen, len(needs.households)),
        weighted=sums(household[need], fen * weight, len(needs.households)),
    )


def _mark(given: NDArray[np.bool_], model: RiskModel, rows: Places, measures: pd.Series) -> None:
    """Mark measures that run at households, as far as the cause engine knows both."""
    columns = np.array([model.measures.position.get(str(code), NONE) for code in measures], dtype=np.int64)
    is_known = (rows != NONE) & (columns != NONE)
    given[rows[is_known], columns[is_known]] = True


def _at(risk: Numbers, rows: Places) -> Numbers:
    return np.append(risk, 0.0)[rows]


def disagreeing(effect: RiskEffect, *, most: int = DISAGREEING) -> tuple[Places, Places]:
    """Return the households (places) with much need covered and little risk lowered, and the other way round.

    Compared are the shares of the whole: of all weighted need that the plan covers, and of all returns that it avoids.
    The households where they lie furthest apart come first; of two alike the one with the lower id.
    """
    covered, avoided = shares_of(effect)
    apart = covered - avoided
    order = np.argsort(-apart, kind="stable")
    back = np.argsort(apart, kind="stable")
    return order[apart[order] > 0][:most], back[apart[back] < 0][:most]


def shares_of(effect: RiskEffect) -> tuple[Numbers, Numbers]:
    """Return per household its share of all weighted need covered, and of all returns avoided; 0 of none."""
    total, avoided = int(effect.weighted.sum()), float(effect.avoided.sum())
    return (
        effect.weighted / total if total else np.zeros(len(effect.weighted)),
        effect.avoided / avoided if avoided > 0 else np.zeros(len(effect.avoided)),
    )
