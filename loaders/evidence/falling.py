"""Values that fell within a span of time while a cause was open that may explain it."""

from __future__ import annotations

import pandas as pd


def fallen(rows: pd.DataFrame, held: pd.DataFrame, *, months: int) -> pd.Series:
    """Return, for each observation of one indicator, whether its value has fallen while a finding was open.

    It has fallen when the same feed saw a higher value of the subject within `months` before. `held`: household_id,
    onset_on, ended_on of the findings of the causes that may explain the fall, none refuted; one must be open on the
    day of the observation.
    """
    seen = rows[["subject", "feed", "observed_on", "number"]].rename_axis("row").reset_index()
    owner = ["subject", "feed"]
    seen = seen.dropna(subset=["number"])
    seen = seen[seen.duplicated(owner, keep=False)].sort_values([*owner, "observed_on"], kind="stable")
    falls = seen["number"] < seen.groupby(owner)["number"].shift()
    moving = seen[falls.groupby([seen[name] for name in owner]).transform("any")]
    pairs = moving.merge(moving[[*owner, "observed_on", "number"]], on=owner, suffixes=("", "_before"))
    since = pairs["observed_on"] - pd.DateOffset(months=months)
    in_span = (pairs["observed_on_before"] < pairs["observed_on"]) & (pairs["observed_on_before"] >= since)
    lower = pairs[in_span & (pairs["number_before"] > pairs["number"])]
    beside = lower.merge(held, left_on="subject", right_on="household_id")
    is_open = (beside["onset_on"] <= beside["observed_on"]) & ~(beside["ended_on"] <= beside["observed_on"])
    return pd.Series(rows.index.isin(beside.loc[is_open, "row"]), index=rows.index)
