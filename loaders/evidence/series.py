"""When a rule began and ended to hold, read off a series of observations."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd


def last_runs(judged: pd.DataFrame) -> pd.DataFrame:
    """Return the last run of each series that ever met its rule: series, first, last, ended_on.

    In: `series` (whole number, one per subject, rule and feed), `observed_on`, `meets`, one row per observation in the
    order in which those of one day are to be read. A run is a stretch of observations in a row that meet the rule.
    `first` and `last` are the places of its first and its last row in `judged`; `ended_on` is the day of the first
    observation after it, null when there is none.
    """
    series = judged["series"].to_numpy(dtype="int64")
    days = judged["observed_on"].to_numpy(dtype="datetime64[s]")
    order = np.lexsort((days, series))
    series, meets = series[order], judged["meets"].to_numpy(dtype="bool")[order]
    is_first = meets & ~_after(meets, series)
    places = np.arange(len(order))
    run_start = np.maximum.accumulate(np.where(is_first, places, 0))
    met = places[meets]
    last = met[np.append(series[met][1:] != series[met][:-1], True)] if len(met) else met
    following = np.minimum(last + 1, len(order) - 1)
    has_ended = (following > last) & (series[following] == series[last])
    ended_on = np.where(has_ended, days[order][following], np.datetime64("NaT", "s"))
    return pd.DataFrame(
        {"series": series[last], "first": order[run_start[last]], "last": order[last], "ended_on": ended_on}
    )


def rows_of_runs(judged: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `judged` that belong to the runs: the judged columns and `run` (place in `runs`)."""
    joined = judged.merge(runs.assign(run=np.arange(len(runs))), on="series")
    begins = judged["observed_on"].to_numpy()[joined["first"]]
    inside = joined["meets"] & (joined["observed_on"] >= begins)
    return joined[inside].drop(columns=["first", "last", "ended_on"])


def _after(meets: npt.NDArray[np.bool_], series: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Return whether the row before, in the same series, meets the rule."""
    before = np.zeros(len(meets), dtype="bool")
    before[1:] = meets[:-1] & (series[1:] == series[:-1])
    return before
