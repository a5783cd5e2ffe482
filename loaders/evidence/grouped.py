"""Rules that hold only together: every known one of the group must."""

from __future__ import annotations

import pandas as pd


def held_together(judged: pd.DataFrame) -> pd.DataFrame:
    """Return one row per subject and day: that of the day's last observation, `meets` now telling of the whole group.

    In: row, rule, subject, observed_on, meets for all rules of one group. What is known of a rule on a day is its
    newest observation until then, from whatever feed; the group holds when no known rule fails.
    """
    rows = judged.sort_values(["subject", "observed_on", "row"]).reset_index(drop=True)
    holds = pd.Series(True, index=rows.index)
    for rule in sorted(rows["rule"].unique()):
        own = rows["meets"].astype("float64").where(rows["rule"] == rule)
        holds &= own.groupby(rows["subject"]).ffill() != 0.0
    together = rows.assign(meets=holds)
    return together.drop_duplicates(["subject", "observed_on"], keep="last").reset_index(drop=True)
