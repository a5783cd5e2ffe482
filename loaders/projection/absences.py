"""What snapshots lacked: facts end where a later snapshot of their feed no longer has what they are about."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from graph_schema.tables import FactTable
from loaders.fact_keys import END_COLUMNS, KEY_JOINT, OBSERVATION, SERIES_COLUMNS, key_columns

ABSENCE = "Absence"
COLUMNS = ("absent_kind", "absent_key", "absent_on", "feed", "recorded_at", "load_id")
A_DAY = pd.Timedelta(days=1)


def ended_by_absence(facts: pd.DataFrame, absences: pd.DataFrame, table: FactTable) -> pd.DataFrame:
    """Return the facts of a table, those ended the day before a snapshot of their feed lacked them.

    `absences`: columns `COLUMNS`. A fact is ended only by a snapshot recorded after it. Observations stay as they are:
    what was seen on a day was seen; the series of a feed ends (`series_ends`).
    """
    own = absences[absences["absent_kind"] == table.name]
    if own.empty or facts.empty or table.name == OBSERVATION:
        return facts
    joined = (
        _keys(facts, key_columns(table))
        .to_frame("absent_key")
        .assign(feed=facts["feed"], said_at=facts["recorded_at"], said_by=facts["load_id"], place=range(len(facts)))
    )
    pairs = joined.merge(own, on=["absent_key", "feed"])
    is_later = (pairs["recorded_at"] > pairs["said_at"]) | (
        (pairs["recorded_at"] == pairs["said_at"]) & (pairs["load_id"] > pairs["said_by"])
    )
    first = pairs[is_later].groupby("place")["absent_on"].min()
    if first.empty:
        return facts
    ends = facts["valid_to"].copy()
    last_day = (first - A_DAY).set_axis(facts.index[first.index])
    ends.loc[last_day.index] = ends.loc[last_day.index].fillna(last_day).where(lambda end: end <= last_day, last_day)
    return facts.assign(valid_to=ends)


def series_ends(absences: pd.DataFrame) -> pd.DataFrame:
    """Return the series of observations that snapshots lacked: their columns, `feed` and `observed_on`, the day."""
    own = absences[absences["absent_kind"] == OBSERVATION].reset_index(drop=True)
    parts = own["absent_key"].str.split(KEY_JOINT, expand=True).reindex(columns=range(len(SERIES_COLUMNS)))
    parts = parts.set_axis(list(SERIES_COLUMNS), axis=1).astype("str")
    ends = parts.where(parts != "").assign(feed=own["feed"], observed_on=own["absent_on"])
    return ends.drop_duplicates().reset_index(drop=True)


def _keys(facts: pd.DataFrame, names: Sequence[str]) -> pd.Series:
    if not set(names) & set(END_COLUMNS):
        return facts[names[0]]
    texts = [facts[name].fillna("") for name in names]
    joined = texts[0]
    for text in texts[1:]:
        joined = joined + KEY_JOINT + text
    return joined
