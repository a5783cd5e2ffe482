"""Observations brought into the form that rules read."""

from __future__ import annotations

import pandas as pd

from loaders.evidence.policy_places import policy_places
from loaders.evidence.setting import Setting

COLUMNS = (
    "observation_id",
    "indicator_id",
    "subject",
    "is_household",
    "product_id",
    "place",
    "policy_place",
    "feed",
    "observed_on",
    "number",
    "high_value",
    "answer",
    "is_end",
)


def with_series_ends(observations: pd.DataFrame, ends: pd.DataFrame) -> pd.DataFrame:
    """Return the observations and, as rows without an id, the days on which a snapshot lacked a series of its feed."""
    if ends.empty:
        return observations
    return pd.concat([observations, ends.astype({"observed_on": observations["observed_on"].dtype})], ignore_index=True)


def prepared(observations: pd.DataFrame, setting: Setting) -> pd.DataFrame:
    """Return the observations made until the day that a rule could read, one row each, columns `COLUMNS`.

    `subject` is the household or the area; `place` the area itself, or the one where the household lives;
    `policy_place` one area with the same policy. An observation of an area is left out where its indicator speaks of
    households only. `is_end`: no observation at all, but the day on which the feed had none any more.
    """
    schema = setting.schema
    of_household = observations["household_id"].notna()
    for_household = [code for code, each in schema.indicators.items() if each.scope == "household"]
    raising = [code for code, each in schema.indicators.items() if each.raises]
    is_read = (
        observations["indicator_id"].isin(raising)
        & (of_household | ~observations["indicator_id"].isin(for_household))
        & (observations["observed_on"] <= pd.Timestamp(setting.day))
    )
    read = observations[is_read].reset_index(drop=True)
    home = read[["household_id"]].merge(setting.homes, on="household_id", how="left")["area_id"]
    place = home.where(read["household_id"].notna(), read["area_id"])
    rows = pd.DataFrame(
        {
            "observation_id": read["id"],
            "indicator_id": read["indicator_id"],
            "subject": read["household_id"].fillna(read["area_id"]),
            "is_household": read["household_id"].notna(),
            "product_id": read["product_id"],
            "place": place,
            "policy_place": policy_places(setting.policy, place),
            "feed": read["feed"],
            "observed_on": read["observed_on"],
            "number": read["number_value"].astype("float64"),
            "high_value": read["high_value"].astype("float64"),
            "answer": read["answer"],
            "is_end": read["id"].isna(),
        }
    )
    return rows.assign(answer=_coded_answers(rows, setting))


def _coded_answers(rows: pd.DataFrame, setting: Setting) -> pd.Series:
    """Return the answers; a coded indicator that was given as a number (grade 2) is read as its code."""
    coded = [code for code, each in setting.schema.indicators.items() if each.answers]
    as_number = rows["answer"].isna() & rows["number"].notna() & rows["indicator_id"].isin(coded)
    if not as_number.any():
        return rows["answer"]
    texts = rows.loc[as_number, "number"].map("{:g}".format)
    return rows["answer"].where(~as_number, texts.reindex(rows.index))
