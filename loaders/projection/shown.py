"""Which nodes the graph shows on a day: what is open of clues, cases and contradictions, what holds of commitments."""

from __future__ import annotations

from datetime import date

import pandas as pd

from loaders.id_sets import is_among
from policy.commitments import HOLDING

OPEN_CLUES = ("open",)
OPEN_CONTRADICTIONS = ("open",)


def shown_nodes(kind: str, rows: pd.DataFrame, *, day: date, supporting: pd.Series) -> pd.DataFrame:
    """Return the rows of one kind that the graph holds on `day`.

    `supporting`: the ids of the observations that support an open finding or stand in an open contradiction. Source:
    the vocabulary, section 0, rules 2 and 8.
    """
    today = pd.Timestamp(day)
    is_shown = pd.Series(True, index=rows.index)
    if kind == "Clue":
        raised = rows["raised_at"].dt.tz_convert(None).dt.normalize()
        is_shown = rows["clue_status"].isin(OPEN_CLUES) & ~(raised > today)
    elif kind == "MonitoringCase":
        is_shown = ~(rows["closed_on"] <= today) & ~(rows["opened_on"] > today)
    elif kind == "Contradiction":
        is_shown = rows["contradiction_status"].isin(OPEN_CONTRADICTIONS)
    elif kind == "Commitment":
        is_shown = rows["commitment_status"].isin(HOLDING)
    elif kind == "Observation":
        is_shown = is_among(rows["id"], supporting)
    return rows.loc[is_shown]
