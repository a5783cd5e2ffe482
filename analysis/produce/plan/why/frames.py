"""The frames that a plan was made from, kept together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.produce.plan.ways.terms import PlanTerms


@dataclass(frozen=True)
class PlanFrames:
    """What a program was made from: the arguments of `plan.ways.build.program_of`."""

    lots: pd.DataFrame
    demands: pd.DataFrame
    day: date
    terms: PlanTerms | None = None
    cooperatives: pd.DataFrame | None = None
    members: pd.DataFrame | None = None
    distances: pd.DataFrame | None = None
