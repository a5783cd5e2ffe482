"""Which contradictions stay open beside what people decided of them."""

from __future__ import annotations

import pandas as pd

from loaders.disagreements import days_of, value_texts
from loaders.id_sets import is_among
from loaders.projection.odds import SERIES, observed_texts
from loaders.projection.views import KEYS, Views

KIND = "Contradiction"
OPEN, RESOLVED, ACCEPTED = "open", "resolved", "accepted"
SIDES = ("held", "other")


def still_open(found: pd.DataFrame, views: Views) -> pd.DataFrame:
    """Return the contradictions that no statement closes.

    One that is accepted closes for good. One that is resolved closes what was said until `resolved_on`; it opens again
    when a feed says something new after that day, not when it repeats itself.
    """
    stated = views.rows(KIND)
    if stated.empty or found.empty:
        return found
    closing = stated[stated["contradiction_status"].isin((RESOLVED, ACCEPTED))]
    own = found[["id"]].merge(closing[["id", "contradiction_status", "resolved_on"]], on="id", how="left")
    own.index = found.index
    is_resolved = own["contradiction_status"] == RESOLVED
    newest = found[["held_on", "other_on"]].max(axis=1)
    is_late = is_resolved & (newest > own["resolved_on"])
    if is_late.any():
        is_late.loc[is_late] = _said_since(found[is_late], views) > own.loc[is_late, "resolved_on"]
    is_closed = (own["contradiction_status"] == ACCEPTED) | (is_resolved & ~is_late)
    return found[~is_closed]


def joined_texts(rows: pd.DataFrame, names: list[str], last: pd.Series | None = None) -> pd.Series:
    """Return the texts of some columns joined by `-` row by row, what is empty left out."""
    parts = [rows[name].astype("str") for name in names] + ([] if last is None else [last])
    joined: pd.Series = parts[0]
    for part in parts[1:]:
        joined = joined + ("-" + part).fillna("")
    return joined


def _said_since(found: pd.DataFrame, views: Views) -> pd.Series:
    """Return, row by row, the day since which both feeds say what they say now."""
    since = found[["held_on", "other_on"]].max(axis=1)
    observed = found["held_observation"].notna()
    if observed.any():
        since.loc[observed] = _latest(found[observed], _observed(found[observed], views))
    for (kind, aspect), rows in found[~observed].groupby(["subject_kind", "aspect"]):
        if views.has_column(str(kind), str(aspect)):
            since.loc[rows.index] = _latest(rows, _recorded(rows, views, str(kind), str(aspect)))
    return since


def _observed(found: pd.DataFrame, views: Views) -> pd.DataFrame:
    """Return every observation of the series that are compared: `subject`, `feed`, `text`, `on`."""
    rows = views.rows("Observation")
    rows = rows.assign(subject=rows["household_id"].fillna(rows["area_id"]))
    named = rows[is_among(rows["id"], found["held_observation"])]
    series = named[SERIES].assign(series=named["id"].map(found.set_index("held_observation")["id"]))
    told = rows.merge(series, on=SERIES)
    return pd.DataFrame(
        {"subject": told["series"], "feed": told["feed"], "text": observed_texts(told), "on": told["observed_on"]}
    )


def _recorded(found: pd.DataFrame, views: Views, kind: str, aspect: str) -> pd.DataFrame:
    """Return everything that was ever said of the property: `subject` (the contradiction), `feed`, `text`, `on`."""
    facts = views.said(kind, aspect)
    facts = facts[facts[aspect].notna()]
    subject = joined_texts(facts, [name for name in KEYS if name in facts.columns])
    told = pd.DataFrame(
        {
            "thing": subject,
            "feed": facts["feed"],
            "text": value_texts(facts[aspect]),
            "on": days_of(facts["recorded_at"]),
        }
    )
    names = found[["id", "subject_id"]].rename(columns={"id": "subject", "subject_id": "thing"})
    return told.merge(names, on="thing")


def _latest(found: pd.DataFrame, told: pd.DataFrame) -> pd.Series:
    """Return, row by row, the later of the two days since which each feed says its value without saying another."""
    days = []
    for side in SIDES:
        now = found[["id", f"{side}_feed", f"{side}_text"]].set_axis(["subject", "feed", "now"], axis=1)
        rows = told.merge(now, on=["subject", "feed"])
        is_same = rows["text"] == rows["now"]
        other = rows[~is_same].groupby("subject")["on"].max()
        after = rows[is_same & ~(rows["on"] <= _day_of_each(rows["subject"], other))]
        since = _day_of_each(found["id"], after.groupby("subject")["on"].min())
        days.append(since.fillna(found[f"{side}_on"]))
    return pd.concat(days, axis=1).max(axis=1)


def _day_of_each(subjects: pd.Series, days: pd.Series) -> pd.Series:
    """Return, row by row, the day of the subject, missing where there is none."""
    found: pd.Series = days.reindex(subjects).set_axis(subjects.index)
    return found
