"""What a shock suggests for the households of the areas it hit, where nothing is known of the household itself."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

SHOCK_RULE = "shock"
PAIR = ["household_id", "cause_id"]


def shock_findings(
    shocks: pd.DataFrame, living: pd.DataFrame, told: pd.DataFrame, *, bands: list[float], day: date
) -> pd.DataFrame:
    """Return one suspected finding per household that lives in a hit area, shock and cause it triggers.

    In: `shocks` with one row per shock, cause and hit area below which a household may live: shock_id, cause_id,
    area_id, steps (up to the area that was hit), exposure_share, severity, starts_on, ends_on, feed; `living`: household_id, area_id; `told`: household_id,
    cause_id, told_on, the newest day on which anything was said of that cause at that household, and `is_held` where
    it is found there. Such a household is passed over when something is held, or was said since the shock began.
    Of several hit areas
    the nearest counts. Confidence is the exposure rounded down to one of `bands` (ascending, the last one the most that is allowed); below
    the first there is no finding. Source: the vocabulary, section 1, shocks [P].
    """
    today = pd.Timestamp(day)
    hit = shocks[shocks["starts_on"] <= today].merge(living, on="area_id")
    hit = hit.sort_values(["shock_id", *PAIR, "steps"]).drop_duplicates(["shock_id", *PAIR])
    known = hit.merge(told, on=PAIR, how="left")
    is_told = known["is_held"].fillna(False).astype("bool") | (known["told_on"] >= known["starts_on"])
    band = np.searchsorted(np.array(bands), known["exposure_share"].to_numpy(dtype="float64"), side="right")
    suspected = known[~is_told & (band > 0)]
    return suspected.assign(
        status="suspected",
        confidence=np.array([0.0, *bands])[band[suspected.index]],
        onset_on=suspected["starts_on"],
        ended_on=suspected["ends_on"].where(suspected["ends_on"] < today),
        rule_id=SHOCK_RULE + "-" + suspected["cause_id"],
    )
