"""The findings that follow from observations, by the rules of the indicators."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from loaders.evidence.judged import in_series, judged, judged_falls
from loaders.evidence.observations import prepared
from loaders.evidence.reach import households_reached
from loaders.evidence.rules import CauseRule, cause_rules
from loaders.evidence.series import last_runs, rows_of_runs
from loaders.evidence.setting import Setting
from loaders.evidence.shocks import shock_findings
from loaders.finding_frame import finding_frame, is_open
from loaders.reconcile import reconcile
from loaders.severity import bands, severities

SELF_REPORTED = "finding.self_report_confidence"
UNCERTAIN = "finding.line_range_confidence"
SHOCK_CAP = "shock.confidence_cap"


def derive_findings(
    observations: pd.DataFrame,
    stated: pd.DataFrame,
    shocks: pd.DataFrame,
    setting: Setting,
    *,
    refuting: Sequence[str] = (),
) -> pd.DataFrame:
    """Return every finding that follows from observations and shocks, one row per household, rule and feed.

    In: the current view of observations; `stated`, the findings that feeds state, and which of them refute; `shocks`
    as `evidence.shocks` takes them. A finding begins with the first observation in the current run that meets its
    rule and ends with the first that does not, or when a visit says otherwise. What a household or a caller reports is
    only suspected. Source: the vocabulary, section 5.
    """
    rules = cause_rules(setting.schema)
    rows = prepared(observations, setting)
    told = judged(rows, rules, setting)
    found = _found(told, rows, rules, setting)
    so_far = finding_frame(pd.concat([found, stated]))
    held = reconcile(so_far, day=setting.day, refuting=refuting)
    held = held[held["status"] != "refuted"]
    falls = judged_falls(rows, rules, held, setting)
    fell = _found(falls, rows, rules, setting)
    suspected = _by_shock(shocks, told, rows, rules, so_far, setting)
    return finding_frame(pd.concat([found, fell, suspected]))


def _found(told: pd.DataFrame, rows: pd.DataFrame, rules: Sequence[CauseRule], setting: Setting) -> pd.DataFrame:
    """Return the findings of judged observations, one row per household they reach."""
    series = in_series(told, rows, rules, setting)
    runs = _enough_assessors(series, last_runs(series), rows, rules, setting)
    last = series.iloc[runs["last"]].reset_index(drop=True)
    newest = rows.iloc[last["row"]].reset_index(drop=True)
    rule = last["found_by"].to_numpy(dtype="int64")
    scope = np.array([each.indicator.scope for each in rules], dtype="object")
    found = pd.DataFrame(
        {
            "subject": newest["subject"],
            "is_household": newest["is_household"],
            "is_of_product": scope[rule] == "product_area",
            "product_id": newest["product_id"],
            "observation_id": newest["observation_id"],
            "feed": newest["feed"],
            "onset_on": series["observed_on"].to_numpy()[runs["first"]],
            "ended_on": runs["ended_on"].to_numpy(),
            "cause_id": np.array([each.cause for each in rules], dtype="object")[rule],
            "rule_id": np.array([each.rule_id for each in rules], dtype="object")[rule],
            "status": np.array([each.rule.status for each in rules], dtype="object")[rule],
            "confidence": np.array([each.rule.confidence for each in rules])[rule],
        }
    )
    found = _with_doubt(found, last["is_uncertain"], setting)
    found = pd.concat([found, severities(newest, last["threshold"], rule, rules=rules, setting=setting)], axis=1)
    return households_reached(found, setting)


def _with_doubt(found: pd.DataFrame, is_uncertain: pd.Series, setting: Setting) -> pd.DataFrame:
    is_own = found["feed"].isin(setting.feeds_of_kind("self_report"))
    confidence = found["confidence"].mask(is_uncertain, setting.number(UNCERTAIN))
    confidence = confidence.mask(is_own, setting.number(SELF_REPORTED))
    return found.assign(status=found["status"].mask(is_uncertain | is_own, "suspected"), confidence=confidence)


def _enough_assessors(
    series: pd.DataFrame, runs: pd.DataFrame, rows: pd.DataFrame, rules: Sequence[CauseRule], setting: Setting
) -> pd.DataFrame:
    """Return the runs without those whose rule asks for more assessors than made their observations.

    Who assessed is told by the visit of the day; without a visit the observations of a feed count as one assessor's.
    """
    needed = np.array([each.rule.assessors_needed for each in rules])
    of_run = needed[series["found_by"].to_numpy(dtype="int64")[runs["last"]]]
    if not (of_run > 1).any():
        return runs
    asked = rows_of_runs(series, runs[of_run > 1])
    at = asked["row"].to_numpy(dtype="int64")
    seen = rows.iloc[at][["subject", "observed_on", "feed"]].assign(series=asked["series"].to_numpy())
    visits = setting.visits.rename(columns={"household_id": "subject", "visited_on": "observed_on"})
    seen = seen.merge(visits[["subject", "observed_on", "visited_by"]], on=["subject", "observed_on"], how="left")
    assessors = seen.assign(who=seen["visited_by"].fillna(seen["feed"])).groupby("series")["who"].nunique()
    counted = runs["series"].map(assessors).fillna(0).to_numpy()
    return runs[(of_run <= 1) | (counted >= of_run)].reset_index(drop=True)


def _by_shock(
    shocks: pd.DataFrame,
    told: pd.DataFrame,
    rows: pd.DataFrame,
    rules: Sequence[CauseRule],
    so_far: pd.DataFrame,
    setting: Setting,
) -> pd.DataFrame:
    if shocks.empty:
        return shocks.iloc[:0]
    causes = shocks["cause_id"].unique()
    at = told["row"].to_numpy(dtype="int64")
    cause = np.array([each.cause for each in rules], dtype="object")[told["rule"].to_numpy(dtype="int64")]
    observed = pd.DataFrame(
        {
            "household_id": rows["subject"].to_numpy()[at],
            "cause_id": cause,
            "told_on": rows["observed_on"].to_numpy()[at],
        }
    )[rows["is_household"].to_numpy()[at]]
    said = so_far.assign(told_on=so_far[["onset_on", "ended_on"]].max(axis=1))
    said = said.assign(is_held=is_open(so_far, setting.day) & (so_far["status"] != "refuted"))
    every = pd.concat([observed.assign(is_held=False), said[["household_id", "cause_id", "told_on", "is_held"]]])
    every = every[every["cause_id"].isin(causes)]
    newest = every.groupby(["household_id", "cause_id"], as_index=False).agg({"told_on": "max", "is_held": "max"})
    allowed = [band for band in bands(setting.policy, day=setting.day) if band <= setting.number(SHOCK_CAP)]
    return shock_findings(shocks, setting.living, newest, bands=allowed, day=setting.day)
