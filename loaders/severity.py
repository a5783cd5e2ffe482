"""How severe a finding is, in the five bands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.evidence.rules import CauseRule
from loaders.evidence.setting import Setting
from loaders.finding_frame import is_open
from policy import Policy

BANDS = ("slight", "moderate", "marked", "severe", "extreme")
ROUNDED_UP = "I56"
"""The loss by weather is itself a share of the income, and so its own measure of severity."""
GRADED = "I14c"
COUNT = "count"
# Below this a difference between two distances comes from binary fractions, not from the facts.
DECIMALS = 9


def bands(policy: Policy, *, day: date) -> npt.NDArray[np.float64]:
    """Return the numbers of the five bands, ascending."""
    return np.array([policy.number(f"band.{name}", day=day) for name in BANDS])


def severities(
    newest: pd.DataFrame, last: pd.DataFrame, *, rules: Sequence[CauseRule], setting: Setting
) -> pd.DataFrame:
    """Return severity and is_default_severity, one row per finding.

    In, row by row: the newest observation of the finding; `threshold`, the number it was compared with, and
    `found_by`, the place of its rule. Extreme for the causes that always are; by grade of disability; the loss by
    weather rounded up to a band; counts, yes-or-no answers and codes by the default; other numbers by their distance
    from the threshold, as a share of it. Source: the vocabulary, section 5, Severity [P].
    """
    band = bands(setting.policy, day=setting.day)
    number, line = newest["number"].to_numpy(dtype="float64"), last["threshold"].to_numpy(dtype="float64")
    rule = last["found_by"].to_numpy(dtype="int64")
    code = np.array([each.indicator.code for each in rules], dtype="object")[rule]
    is_count = np.array([each.indicator.unit == COUNT for each in rules])[rule]
    is_full = np.array([each.cause for each in rules], dtype="object")[rule]
    full = np.isin(is_full.astype("str"), _full_causes(setting))
    grade = newest["answer"].where(pd.Series(code == GRADED, index=newest.index)).map(_grades(setting))
    is_default = np.isnan(line) | np.isnan(number) | is_count
    severity = np.where(is_default, setting.number("severity.default"), _by_distance(number, line, band, setting))
    rounded_up = band[np.minimum(np.searchsorted(band, number), len(band) - 1)]
    severity = np.where(code == ROUNDED_UP, rounded_up, severity)
    severity = np.where(grade.notna(), grade.astype("float64"), severity)
    severity = np.where(full, band[-1], severity)
    is_default &= ~full & grade.isna().to_numpy() & (code != ROUNDED_UP)
    return pd.DataFrame({"severity": severity, "is_default_severity": is_default})


def _by_distance(
    number: npt.NDArray[np.float64],
    line: npt.NDArray[np.float64],
    band: npt.NDArray[np.float64],
    setting: Setting,
) -> npt.NDArray[np.float64]:
    steps = np.array([setting.number(f"severity.distance.{name}") for name in BANDS[:-1]])
    size = np.abs(line)
    distance = np.divide(np.abs(number - line), size, out=np.full(len(line), np.inf), where=size > 0)
    nearest: npt.NDArray[np.float64] = band[np.searchsorted(steps, np.round(distance, DECIMALS), side="right")]
    return nearest


def _full_causes(setting: Setting) -> list[str]:
    value = setting.policy.parameter("severity.full_causes", day=setting.day).value
    return list(map(str, value)) if isinstance(value, list) else [str(value)]


def _grades(setting: Setting) -> dict[str, float]:
    answers = setting.schema.indicator(GRADED).answers
    return {answer: setting.number(f"severity.{GRADED}.{answer}") for answer in answers}


def set_by_visits(findings: pd.DataFrame, *, visit_feeds: Sequence[str], day: date) -> pd.DataFrame:
    """Return the findings with a default severity replaced by what a visit states of the household and cause.

    The newest open finding that a visit states counts. Source: the vocabulary, section 5: the default holds until a
    visit sets it.
    """
    pair = ["household_id", "cause_id"]
    by_visit = findings[findings["is_stated"] & findings["feed"].isin(visit_feeds) & is_open(findings, day)]
    by_visit = by_visit[by_visit["status"] != "refuted"].sort_values([*pair, "onset_on", "finding_id"])
    newest = by_visit.drop_duplicates(pair, keep="last")[[*pair, "severity"]].rename(columns={"severity": "seen"})
    seen = findings[pair].merge(newest, on=pair, how="left")["seen"].set_axis(findings.index)
    is_set = findings["is_default_severity"].fillna(False) & seen.notna()
    return findings.assign(severity=findings["severity"].mask(is_set, seen))
