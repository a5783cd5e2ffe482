"""The form of a frame of findings, and what counts as open."""

from __future__ import annotations

from datetime import date

import pandas as pd

from loaders.graph_frames import typed_frame
from loaders.ordering import in_order

FINDING_DTYPES = {
    "household_id": "str",
    "cause_id": "str",
    "status": "str",
    "severity": "float64",
    "confidence": "float64",
    "onset_on": "datetime64[s]",
    "ended_on": "datetime64[s]",
    "rule_id": "str",
    "observation_id": "str",
    "feed": "str",
    "finding_id": "str",
    "is_stated": "boolean",
    "is_default_severity": "boolean",
}
"""One row per finding. `observation_id`: the newest observation that supports it, null for one that a feed states.
`finding_id`: the id of a stated finding. `is_default_severity`: no number told how severe it is."""

FINDING_ORDER = ["household_id", "cause_id", "rule_id", "feed", "onset_on", "observation_id", "finding_id"]


def finding_frame(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `rows` with every column of a frame of findings, null where it lacks one, in a settled order."""
    return in_order(typed_frame(rows, FINDING_DTYPES), FINDING_ORDER)


def is_open(findings: pd.DataFrame, day: date) -> pd.Series:
    """Return, row by row, whether the finding is open on `day`: it has begun, and its end is none or later."""
    today = pd.Timestamp(day)
    return (findings["onset_on"] <= today) & ~(findings["ended_on"] <= today)
