"""What an assistance plan is made for and what comes back: whole numbers, so the same input gives the same plan."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.assistance.plan.rules import Rules

Units = NDArray[np.int64]

NONE = -1
# The worst tier first.
TIERS = (5, 4, 3, 2, 1)
# The stages in their order: severity-weighted need covered, the same per tier (the worst first), then cost.
NEED, COST = "need", "cost"
STAGES = (NEED, *(f"tier_{tier}" for tier in TIERS), COST)
# The pools a chain takes from, at most one of each: the worker or seat of the agency, of the enterprise and of the
# cooperative on the way, the places of what the programme offers, and the places and the money of a partner of it.
SLOTS = ("agency", "enterprise", "cooperative", "offer", "partner", "partner_budget")
# What no two chains have all alike, in the order in which chains are sorted.
CHAIN_ORDER = (
    "need",
    "programme",
    "measure",
    "enterprise",
    "cooperative",
    *(slot for slot in SLOTS if slot not in ("enterprise", "cooperative")),
)


@dataclass(frozen=True)
class AssistProgram:
    """Needs, programmes, resources and the chains between them, each sorted by id; a chain names them by position.

    `needs`: need_id text, household_id text, village_id text, cause_id text, severity_weight int64 (1 or more), tier
    int64 (5 the worst to 1), need_fen int64 (what would cover it whole).
    `programmes`: programme_id text, agency_id text, budget_fen int64 (0 or more), household_limit_fen int64 (the most
    it pays for one household; -1: no bound).
    `resources`: resource_id text, holder_id text (who has it), layer text (one of SLOTS: where on a chain it stands),
    capacity int64 (in the unit of the resource, such as jobs, seats or fen; -1: no bound). One holder may have
    several: its jobs are one resource, its training seats another.
    `chains`: one row per way in which a need can be covered, sorted by CHAIN_ORDER (no two rows have all of it alike):
    need int32, programme int32, measure int32 (its place in `measures`; -1: no such bound), per slot `<slot>` int32
    (the resource that is taken from there, -1: none) and `<slot>_use` int64 (what one unit takes of it, 0 or more),
    cost_fen int64 (what the programme pays for one unit, 0 or more), cover_fen int64 (what one unit covers of the
    need; 1 or more, at most the need), most int64 (most units of this chain; -1: no bound). Further columns are the
    caller's own.
    `measures`: codes of measures, sorted.

    A unit is what is given undivided: a hundred yuan, a seat, a job, a whole measure. A plan chooses whole units per
    chain. A need is covered at most whole; of one measure it takes at most one unit, whoever gives it; no budget,
    capacity or household limit is exceeded; and a household gets units from at most so many programmes. Every rule is
    kept.
    """

    needs: pd.DataFrame
    programmes: pd.DataFrame
    resources: pd.DataFrame
    chains: pd.DataFrame
    rules: Rules = field(default_factory=Rules)
    measures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stage:
    """One stage of a plan: `value` is what the whole units come to.

    `bound` of the first stage: no plan covers more. `bound` of a later stage: what is reached where the stages before
    reach their own bounds; a plan that falls short there may lie beyond it here. `is_optimal`: this stage and all
    before it are proved best.
    """

    name: str
    value: int
    bound: int
    is_optimal: bool


@dataclass(frozen=True)
class Prices:
    """What one more would be worth: severity-weighted fen covered in the first stage, where units may be divided.

    `budget`: per programme, for one more fen. `resource`: per resource, for one more unit of its capacity. Where
    several prices are true, the gain of one more is at most the price and the loss of one less at least that.
    """

    budget: NDArray[np.float64]
    resource: NDArray[np.float64]


@dataclass(frozen=True)
class AssistPlan:
    """The units per chain of the program and the stages; `gap_share` is what the first falls short of its bound.

    `prices`: None where the time did not suffice for the first stage.
    """

    units: Units
    stages: tuple[Stage, ...]
    gap_share: float
    prices: Prices | None = None


def whole_column(frame: pd.DataFrame, name: str) -> Units:
    """Return a column as whole numbers."""
    return frame[name].to_numpy(dtype=np.int64)


def positions(names: pd.Series[str]) -> Units:
    """Return per row the position of its name among the sorted names."""
    _, place = np.unique(names.to_numpy(dtype=object).astype(str), return_inverse=True)
    return place.astype(np.int64)


def slots_taken(chains: pd.DataFrame) -> tuple[str, ...]:
    """Return the slots that some chain takes from, in the order of SLOTS."""
    return tuple(slot for slot in SLOTS if (chains[slot].to_numpy() != NONE).any())
