"""Observations of the same thing, made at about the same time by several feeds, whose values do not fit together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from graph_schema import Schema
from loaders.disagreements import (
    SAID_COLUMNS,
    different_texts,
    pairs_against_first,
    ranks,
    value_texts,
)
from policy import ParameterError, Policy

WINDOW = "contradiction.window_days"
TOLERANCE = "contradiction.tolerance_share"

SERIES = ["indicator_id", "subject", "product_id", "period_months"]
"""What two observations must have in common to be compared."""

ODDS_COLUMNS = (
    "subject_kind",
    "subject_id",
    "household_id",
    "product_id",
    "period_months",
    *SAID_COLUMNS,
    "is_made_up",
    "held_observation",
    "other_observation",
)
"""One row per observation that contradicts the one that is believed; `aspect` is the indicator."""


@dataclass(frozen=True)
class Comparison:
    """By which numbers of the policy observations are compared on a day, and the order in which feeds are believed."""

    window_days: int
    tolerances: dict[str, float]
    order: tuple[str, ...]
    coded: frozenset[str]


def comparison_on(schema: Schema, policy: Policy, day: date) -> Comparison:
    """Return how observations are compared on `day`. Raises ParameterError where the policy has no number for it."""
    return Comparison(
        window_days=int(policy.number(WINDOW, day=day)),
        tolerances={code: _tolerance(policy, code, day) for code in schema.indicators},
        order=tuple(policy.feed_order("Observation", day=day)),
        coded=frozenset(code for code, indicator in schema.indicators.items() if indicator.answers),
    )


def observations_at_odds(observations: pd.DataFrame, comparison: Comparison, *, day: date) -> pd.DataFrame:
    """Return which observations contradict each other on `day` (`ODDS_COLUMNS`).

    In: the current view of observations. Of each feed only the newest of a series counts, and only if it lies within
    the window before the newest of all. The first feed of the policy's order is believed, else the newest.
    """
    newest = _newest_of_feeds(observations, comparison, day)
    newest = newest[_may_differ(newest, comparison)]
    newest = newest.iloc[np.argsort(ranks(newest["feed"], comparison.order), kind="stable")]
    said = newest[[*SERIES, "series", "household_id", "feed", "is_made_up", "low", "high"]].assign(
        text=observed_texts(newest),
        on=newest["observed_on"],
        is_ranked=ranks(newest["feed"], comparison.order) < len(comparison.order),
        observation=newest["id"],
    )
    pairs = pairs_against_first(said, ["series"], differ=lambda rows: _differ(rows, comparison))
    of_household = pairs["held_household_id"].notna()
    kind = pd.Series("Area", index=pairs.index, dtype="str").mask(of_household, "Household")
    given = {
        "subject_kind": kind,
        "subject_id": pairs["held_subject"],
        "household_id": pairs["held_household_id"],
        "product_id": pairs["held_product_id"],
        "period_months": pairs["held_period_months"],
        "aspect": pairs["held_indicator_id"],
    }
    return pairs.assign(**given)[list(ODDS_COLUMNS)]


def _newest_of_feeds(observations: pd.DataFrame, comparison: Comparison, day: date) -> pd.DataFrame:
    """Return the newest observation of each feed in each series that several feeds measure, the newest of all first.

    Besides the columns of observations: `subject`, `series` (a number), and the ends `low` and `high` of the value.
    """
    measured = observations[["indicator_id", "feed"]].drop_duplicates()["indicator_id"]
    by_several = measured[measured.duplicated()].unique()
    is_read = observations["indicator_id"].isin(by_several) & (observations["observed_on"] <= pd.Timestamp(day))
    rows = observations[is_read]
    rows = rows.assign(subject=rows["household_id"].fillna(rows["area_id"]))
    # What only one row tells is gone before anything is sorted: in most files that is nearly all.
    rows = rows[rows.duplicated(SERIES, keep=False)]
    rows = rows.assign(
        series=rows.groupby(SERIES, dropna=False, sort=False).ngroup(),
        low=rows["low_value"].fillna(rows["number_value"]).astype("float64"),
        high=rows["high_value"].fillna(rows["number_value"]).astype("float64"),
    )
    rows = rows.sort_values(["observed_on", "id"], ascending=[False, True]).drop_duplicates(["series", "feed"])
    last = rows.groupby("series", sort=False)["observed_on"].transform("max")
    return rows[last - rows["observed_on"] <= pd.Timedelta(days=comparison.window_days)]


def _may_differ(rows: pd.DataFrame, comparison: Comparison) -> pd.Series:
    """Return which rows belong to a series whose values may not fit together: all but numbers that lie close.

    Nearly all values fit, so this spares nearly all of the pairing.
    """
    series = rows["series"]
    is_number = rows["low"].notna() & rows["high"].notna() & ~rows["indicator_id"].isin(comparison.coded)
    gap = rows["low"].groupby(series).transform("max") - rows["high"].groupby(series).transform("min")
    size = rows[["low", "high"]].abs().max(axis=1).groupby(series).transform("max")
    tolerance = _tolerances(rows["indicator_id"], comparison)
    is_close = is_number.groupby(series).transform("all") & ~(gap > tolerance * size)
    several = series.duplicated(keep=False)
    may_differ: pd.Series = several & ~is_close
    return may_differ


def _differ(pairs: pd.DataFrame, comparison: Comparison) -> pd.Series:
    """Return, pair by pair, whether the values do not fit together.

    Two numbers or ranges differ when the gap between them is larger than the tolerated share of the larger one; codes
    and answers differ when they are not the same.
    """
    gap = pairs[["held_low", "other_low"]].max(axis=1) - pairs[["held_high", "other_high"]].min(axis=1)
    size = pairs[["held_low", "held_high", "other_low", "other_high"]].abs().max(axis=1)
    are_numbers = pairs[["held_low", "held_high", "other_low", "other_high"]].notna().all(axis=1)
    are_numbers &= ~pairs["held_indicator_id"].isin(comparison.coded)
    tolerance = _tolerances(pairs["held_indicator_id"], comparison)
    return (gap > tolerance * size).where(are_numbers, different_texts(pairs))


def observed_texts(rows: pd.DataFrame) -> pd.Series:
    """Return the values of observations as texts: the answer, else the number, else the range."""
    low, high = (value_texts(rows[name].astype("float64")) for name in ("low_value", "high_value"))
    return rows["answer"].fillna(value_texts(rows["number_value"].astype("float64"))).fillna(low + ".." + high)


def _tolerances(indicators: pd.Series, comparison: Comparison) -> pd.Series:
    return indicators.map(comparison.tolerances).astype("float64").fillna(0.0)


def _tolerance(policy: Policy, indicator: str, day: date) -> float:
    try:
        return policy.number(f"{TOLERANCE}.{indicator}", day=day)
    except ParameterError as missing:
        if missing.code not in {"no_value_here", "not_valid_yet"}:
            raise
        return policy.number(TOLERANCE, day=day)
