"""One answer per household and cause out of all findings: refuted, confirmed or suspected, how severe, since when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pandas as pd

from loaders.finding_frame import is_open
from loaders.ordering import in_order

PAIR = ["household_id", "cause_id"]
CERTAIN = 1.0
"""The confidence of what is confirmed."""


def reconcile(findings: pd.DataFrame, *, day: date, refuting: Collection[str]) -> pd.DataFrame:
    """Return one row per household and cause: status, severity, confidence, onset_on, ended_on.

    `refuting` are the ids of the stated findings that rest on a visit or an assessment: only these can refute. A pair
    is refuted when such a refutation, still open, has a later onset than the newest positive finding; else confirmed
    when one open finding is; else suspected at 1 - product of (1 - confidence). Severity is the largest, the onset the
    earliest of the findings that count; the end is the last one, once all have ended. Source: the vocabulary, section
    2, AFFECTED_BY.
    """
    begun = findings[findings["onset_on"] <= pd.Timestamp(day)]
    positive = begun[begun["status"] != "refuted"]
    refutes = begun[(begun["status"] == "refuted") & begun["finding_id"].isin(list(refuting)) & is_open(begun, day)]
    held = _held(positive, day)
    refuted = _refuted(positive, refutes)
    if not refuted.empty:
        pairs = held[PAIR].merge(refuted[PAIR], on=PAIR, how="left", indicator=True)["_merge"]
        held = pd.concat([held[(pairs == "left_only").to_numpy()], refuted])
    return in_order(held, PAIR)


def _held(positive: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return the pairs with a positive finding: from the open ones, or, when all have ended, from all."""
    still_open = is_open(positive, day)
    some_open = still_open.groupby([positive[name] for name in PAIR]).transform("any")
    counted = positive[still_open | ~some_open]
    rows = counted.assign(
        doubt=1.0 - counted["confidence"],
        is_confirmed=counted["status"] == "confirmed",
        ended_on=counted["ended_on"].where(~still_open.loc[counted.index]),
    )
    grouped = rows.groupby(PAIR, as_index=False).agg(
        is_confirmed=("is_confirmed", "any"),
        severity=("severity", "max"),
        doubt=("doubt", "prod"),
        surest=("confidence", "max"),
        count=("doubt", "size"),
        onset_on=("onset_on", "min"),
        ended_on=("ended_on", "max"),
    )
    confirmed = grouped["is_confirmed"].astype("bool")
    status = pd.Series("suspected", index=grouped.index, dtype="str").mask(confirmed, "confirmed")
    # One finding alone keeps its own confidence, which 1 - (1 - c) would miss by a rounding error.
    alone = grouped["surest"].where(grouped["count"] == 1, 1.0 - grouped["doubt"])
    held = grouped.assign(status=status, confidence=alone.mask(confirmed, CERTAIN))
    return held[[*PAIR, "status", "severity", "confidence", "onset_on", "ended_on"]]


def _refuted(positive: pd.DataFrame, refutes: pd.DataFrame) -> pd.DataFrame:
    newest = positive.groupby(PAIR, as_index=False).agg(newest_on=("onset_on", "max"))
    against = refutes.merge(newest, on=PAIR, how="left")
    against = against[~(against["onset_on"] <= against["newest_on"])]
    deciding = against.sort_values([*PAIR, "onset_on", "finding_id"]).drop_duplicates(PAIR, keep="last")
    both = pd.concat([positive, refutes]).groupby(PAIR, as_index=False)
    whole = both.agg(severity=("severity", "max"), onset_on=("onset_on", "min"))
    rows = deciding[[*PAIR, "status", "confidence"]].merge(whole, on=PAIR)
    # A refutation that has ended is none; what is still refuted has no end, even if one is foreseen.
    rows["ended_on"] = pd.Series(pd.NaT, index=rows.index, dtype=positive["ended_on"].dtype)
    return rows[[*PAIR, "status", "severity", "confidence", "onset_on", "ended_on"]]
