"""Households that merged into others: no longer active from that day on, and nothing is found at them any more."""

from __future__ import annotations

from datetime import date

import pandas as pd

HOUSEHOLD, MERGED_INTO = "Household", "MERGED_INTO"
HAPPENED_ON = "happened_on"
ACTIVE, MERGED = "active", "merged"


def happened(rows: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return what had happened on `day` of the relationships that say when they did; all of any other kind."""
    if HAPPENED_ON not in rows.columns:
        return rows
    return rows[~(rows[HAPPENED_ON] > pd.Timestamp(day))].reset_index(drop=True)


def with_merged(households: pd.DataFrame, mergers: pd.DataFrame) -> pd.DataFrame:
    """Return the households, those that merged into another no longer active, whatever their register still says."""
    if mergers.empty:
        return households
    status = households["household_status"]
    is_over = households["id"].isin(mergers["from_id"]) & (status.isna() | (status == ACTIVE))
    return households.assign(household_status=status.mask(is_over, MERGED))


def ended_with_household(held: pd.DataFrame, mergers: pd.DataFrame) -> pd.DataFrame:
    """Return what is held to be found, open findings of a merged household ended on the day of the merger.

    One that began later ends as it begins. What is found at the household that it merged into is said of that one.
    """
    if mergers.empty:
        return held
    merged_on = held["household_id"].map(mergers.groupby("from_id")[HAPPENED_ON].min())
    merged_on = merged_on.astype(held["ended_on"].dtype)
    last_day = merged_on.where(~(merged_on < held["onset_on"]), held["onset_on"])
    return held.assign(ended_on=held["ended_on"].where(held["ended_on"].notna(), last_day))
