"""What a shock suggests for the households of the areas it hit, where nothing is known of the household itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

import numpy as np
import pandas as pd

from loaders.evidence.evidence import Evidence
from loaders.finding_frame import is_open

SHOCK_RULE = "shock"
PAIR = ["household_id", "cause_id"]


def shock_findings(
    shocks: pd.DataFrame, living: pd.DataFrame, *, told: pd.DataFrame, bands: Sequence[float], day: date
) -> pd.DataFrame:
    """Return one suspected finding per household that lives in a hit area, shock and cause it triggers.

    In: `shocks`, one row per shock, cause and area in or under one it hit: shock_id, cause_id, area_id, steps (up to
    the area that was hit), exposure_share, severity, starts_on, ends_on, feed; `living`: household_id, area_id;
    `told`: household_id, cause_id, told_on (the newest day on which anything was said of that cause at that household)
    and is_held (whether it is found there). A household is passed over when the cause is held, or anything was said of
    it since the shock began. Of several hit areas the nearest counts. Confidence is the exposure rounded down to one of
    `bands` (ascending, the last the most that is allowed); below the first there is no finding. Source: the
    vocabulary, section 1, shocks [P].
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


def said_of_causes(
    evidence: Evidence, told: pd.DataFrame, findings: pd.DataFrame, *, causes: Collection[str]
) -> pd.DataFrame:
    """Return household_id, cause_id, told_on, is_held: what is known of these causes at households.

    In: the judged observations and the findings so far. An observation tells of a cause whether or not it meets the
    rule; so does a finding, open, ended or refuted.
    """
    of_cause = [each.cause for each in evidence.rules]
    seen = evidence.rows_at(told["row"])[["subject", "is_household", "observed_on"]]
    seen = seen.assign(cause_id=evidence.of_rules(of_cause, told["rule"]), is_held=False)
    observed = seen[seen["is_household"]].rename(columns={"subject": "household_id", "observed_on": "told_on"})
    found = findings[PAIR].assign(
        told_on=findings[["onset_on", "ended_on"]].max(axis=1),
        is_held=is_open(findings, evidence.setting.day) & (findings["status"] != "refuted"),
    )
    every = pd.concat([observed[list(found.columns)], found])
    asked = every[every["cause_id"].isin(list(causes))]
    return asked.groupby(PAIR, as_index=False).agg(told_on=("told_on", "max"), is_held=("is_held", "max"))
