"""Findings that feeds state, and what they rest on."""

from __future__ import annotations

from datetime import date

import pandas as pd

from loaders.finding_frame import finding_frame, is_open
from loaders.id_sets import is_among
from loaders.projection.views import Views

CAN_REFUTE = ("Visit", "Assessment")


def stated_findings(views: Views, *, suspected_cap: float, certain: float) -> pd.DataFrame:
    """Return the stated findings as a frame of findings; confirmed is certain, suspected at most the cap."""
    rows = views.rows("CauseFinding")
    confidence = rows["confidence"].mask(rows["status"] == "confirmed", certain)
    confidence = confidence.where(rows["status"] != "suspected", confidence.clip(upper=suspected_cap))
    return finding_frame(
        rows.rename(columns={"id": "finding_id"}).assign(
            confidence=confidence, is_stated=True, is_default_severity=False
        )
    )


def refuting_findings(views: Views, stated: pd.DataFrame, visit_feeds: list[str]) -> list[str]:
    """Return the ids of the stated findings that may refute: those of a visit, or that a visit or assessment backs."""
    support = views.rows("SUPPORTED_BY")
    backed = support.loc[support["to_kind"].isin(CAN_REFUTE), "from_id"]
    may_refute = stated["feed"].isin(visit_feeds) | stated["finding_id"].isin(backed)
    return sorted(stated.loc[may_refute & (stated["status"] == "refuted"), "finding_id"])


def supporting_observations(views: Views, findings: pd.DataFrame, affected: pd.DataFrame, *, day: date) -> pd.Series:
    """Return the ids of the observations the graph shows, sorted.

    Of each open finding that no refutation closed the newest one that supports it; and those that stand in an open
    contradiction.
    """
    pair = ["household_id", "cause_id"]
    held = affected.loc[affected["ended_on"].isna() & (affected["status"] != "refuted"), pair]
    still_open = findings[is_open(findings, day) & (findings["status"] != "refuted")].merge(held, on=pair)
    support = views.rows("SUPPORTED_BY")
    support = support[support["to_kind"] == "Observation"]
    named = support.loc[is_among(support["from_id"], still_open["finding_id"])]
    days = views.rows("Observation")[["id", "observed_on"]].rename(columns={"id": "to_id"})
    newest = named.merge(days, on="to_id").sort_values(["from_id", "observed_on", "to_id"])
    newest = newest.drop_duplicates("from_id", keep="last")
    contradictions = views.rows("Contradiction")
    unsolved = contradictions.loc[contradictions["contradiction_status"] == "open", "id"]
    compares = views.rows("COMPARES")
    compared = compares.loc[compares["from_id"].isin(unsolved), "to_id"]
    every = pd.concat([still_open["observation_id"], newest["to_id"], compared])
    ids: pd.Series = every.dropna().drop_duplicates().sort_values(ignore_index=True)
    return ids
