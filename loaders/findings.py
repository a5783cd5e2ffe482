"""The findings that follow from observations, by the rules of the indicators."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from loaders.evidence.evidence import Evidence
from loaders.evidence.judged import in_series, judged, judged_falls
from loaders.evidence.observations import prepared
from loaders.evidence.reach import households_reached
from loaders.evidence.rules import cause_rules
from loaders.evidence.series import last_runs, rows_of_runs
from loaders.evidence.setting import Setting
from loaders.evidence.shocks import said_of_causes, shock_findings
from loaders.finding_frame import finding_frame
from loaders.reconcile import reconcile
from loaders.severity import bands, severities

SELF_REPORTED = "finding.self_report_confidence"
UNCERTAIN = "finding.line_range_confidence"
SHOCK_CAP = "shock.confidence_cap"


def derive_findings(
    observations: pd.DataFrame,
    stated: pd.DataFrame,
    *,
    shocks: pd.DataFrame,
    refuting: Collection[str],
    setting: Setting,
) -> pd.DataFrame:
    """Return every finding that follows from observations and shocks, one row per household, rule and feed.

    In: the current view of observations; `stated`, the findings that feeds state, and the ids of those that may
    refute; `shocks` as `evidence.shocks` takes them. A finding begins with the first observation in the current run
    that meets its rule and ends with the first that does not, or when a visit says otherwise. What a household or a
    caller reports is only suspected. Source: the vocabulary, section 5.
    """
    evidence = Evidence(prepared(observations, setting), tuple(cause_rules(setting.schema)), setting)
    told = judged(evidence)
    found = _found(evidence, told)
    so_far = finding_frame(pd.concat([found, stated]))
    fell = _fallen(evidence, so_far, refuting)
    suspected = _by_shock(evidence, told, so_far, shocks)
    return finding_frame(pd.concat([found, *fell, *suspected]))


def _fallen(evidence: Evidence, so_far: pd.DataFrame, refuting: Collection[str]) -> list[pd.DataFrame]:
    """Return the findings of the rules that look for a fall beside what is found already."""
    falling = {rule.indicator.code for rule in evidence.rules if rule.rule.operator == "falls"}
    if not evidence.rows["indicator_id"].isin(falling).any():
        return []
    beside = {cause for rule in evidence.rules for cause in rule.rule.with_causes}
    held = reconcile(so_far[so_far["cause_id"].isin(beside)], day=evidence.setting.day, refuting=refuting)
    return [_found(evidence, judged_falls(evidence, held[held["status"] != "refuted"]))]


def _by_shock(evidence: Evidence, told: pd.DataFrame, so_far: pd.DataFrame, shocks: pd.DataFrame) -> list[pd.DataFrame]:
    """Return what shocks suggest where nothing is known of the household itself."""
    if shocks.empty:
        return []
    setting = evidence.setting
    said = said_of_causes(evidence, told, so_far, causes=shocks["cause_id"].unique().tolist())
    allowed = [band for band in bands(setting.policy, day=setting.day) if band <= setting.number(SHOCK_CAP)]
    return [shock_findings(shocks, setting.living, told=said, bands=allowed, day=setting.day)]


def _found(evidence: Evidence, told: pd.DataFrame) -> pd.DataFrame:
    """Return the findings of judged observations, one row per household they reach."""
    series = in_series(evidence, told)
    runs = _with_enough_assessors(evidence, series, last_runs(series))
    last = series.iloc[runs["last"]].reset_index(drop=True)
    newest = evidence.rows_at(last["row"])
    rules, rule = evidence.rules, last["found_by"]
    found = newest[["subject", "is_household", "product_id", "observation_id", "feed"]].assign(
        is_of_product=evidence.of_rules([each.indicator.scope for each in rules], rule) == "product_area",
        cause_id=evidence.of_rules([each.cause for each in rules], rule),
        rule_id=evidence.of_rules([each.rule_id for each in rules], rule),
        status=evidence.of_rules([each.rule.status for each in rules], rule),
        confidence=np.array([each.rule.confidence for each in rules])[rule],
        onset_on=series["observed_on"].to_numpy()[runs["first"]],
        ended_on=runs["ended_on"].to_numpy(),
    )
    severity = severities(newest, last, rules=rules, setting=evidence.setting)
    whole = pd.concat([_with_doubt(found, last, evidence.setting), severity], axis=1)
    return households_reached(whole, evidence.setting)


def _with_doubt(found: pd.DataFrame, last: pd.DataFrame, setting: Setting) -> pd.DataFrame:
    """Return the findings, those only suspected whose range reaches the line or that the household itself reports."""
    is_own = found["feed"].isin(setting.feeds_of_kind("self_report"))
    confidence = found["confidence"].mask(last["is_uncertain"], setting.number(UNCERTAIN))
    confidence = confidence.mask(is_own, setting.number(SELF_REPORTED))
    status = found["status"].mask(last["is_uncertain"] | is_own, "suspected")
    return found.assign(status=status, confidence=confidence)


def _with_enough_assessors(evidence: Evidence, series: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """Return the runs without those whose rule asks for more assessors than made their observations.

    Who assessed is told by the visit of the day; without a visit the observations of a feed count as one assessor's.
    """
    needed = np.array([each.rule.assessors_needed for each in evidence.rules])
    of_run = needed[series["found_by"].to_numpy(dtype="int64")[runs["last"]]]
    if not (of_run > 1).any():
        return runs
    asked = rows_of_runs(series, runs[of_run > 1])
    seen = evidence.rows_at(asked["row"])[["subject", "observed_on", "feed"]]
    seen = seen.assign(series=asked["series"].to_numpy())
    visits = evidence.setting.visits.rename(columns={"household_id": "subject", "visited_on": "observed_on"})
    seen = seen.merge(visits[["subject", "observed_on", "visited_by"]], on=["subject", "observed_on"], how="left")
    assessors = seen.assign(who=seen["visited_by"].fillna(seen["feed"])).groupby("series")["who"].nunique()
    counted = runs["series"].map(assessors).fillna(0).to_numpy()
    enough: pd.DataFrame = runs[(of_run <= 1) | (counted >= of_run)].reset_index(drop=True)
    return enough
