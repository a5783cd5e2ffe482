"""Whether an observation meets a rule, for all observations of an indicator at once."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.evidence.rules import CauseRule
from loaders.evidence.setting import PolicyValue, Setting
from loaders.facts import CODE_JOINT

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]

COMPARISONS: dict[str, Callable[[pd.Series, float], pd.Series]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}


@dataclass(frozen=True)
class Judgement:
    """Row by row: whether the rule can be told at all, whether it is met, and the number it was compared with.

    `threshold` is NaN where the rule compares with codes. `is_uncertain`: the range of the value reaches over the line.
    """

    is_known: Flags
    meets: Flags
    threshold: Numbers
    is_uncertain: Flags


def judged_by(rule: CauseRule, rows: pd.DataFrame, setting: Setting) -> Judgement:
    """Return the judgement of one rule on observations of its indicator.

    In: the columns of `observations.prepared`. Rules that read several observations (`falls`, `names`) are judged in
    their own modules.
    """
    if rule.rule.operator == "below_line":
        return _below_line(rows, setting)
    if rule.rule.operator == "below_county_quantile":
        return _below_quantile(rule, rows, setting)
    return _compared(rule, rows, setting)


def _compared(rule: CauseRule, rows: pd.DataFrame, setting: Setting) -> Judgement:
    meets, is_known = np.zeros(len(rows), dtype="bool"), np.zeros(len(rows), dtype="bool")
    threshold = np.full(len(rows), np.nan)
    for value, where in setting.values(rule.key, rows["policy_place"]):
        part = rows[where]
        if isinstance(value, int | float):
            meets[where] = COMPARISONS[rule.rule.operator](part["number"], value)
            is_known[where] = part["number"].notna()
            threshold[where] = value
        else:
            meets[where] = _has_code(part["answer"], value)
            is_known[where] = part["answer"].notna()
    return Judgement(is_known, meets, threshold, np.zeros(len(rows), dtype="bool"))


def _has_code(answers: pd.Series, wanted: PolicyValue) -> pd.Series:
    codes = {wanted} if isinstance(wanted, str) else set(np.atleast_1d(wanted).tolist())
    given = answers.dropna().unique()
    fitting = [answer for answer in given if codes.intersection(answer.split(CODE_JOINT))]
    return answers.isin(fitting)


def _below_line(rows: pd.DataFrame, setting: Setting) -> Judgement:
    asked = pd.DataFrame({"area_id": rows["place"], "line_year": rows["observed_on"].dt.year.astype("Int64")})
    line = asked.merge(setting.lines, on=["area_id", "line_year"], how="left")["line_fen"]
    threshold = line.to_numpy(dtype="float64", na_value=np.nan)
    number = rows["number"].to_numpy(dtype="float64")
    reaches = rows["high_value"].to_numpy(dtype="float64") >= threshold
    return Judgement(~np.isnan(number) & ~np.isnan(threshold), number < threshold, threshold, reaches)


def _below_quantile(rule: CauseRule, rows: pd.DataFrame, setting: Setting) -> Judgement:
    county = _county(rows, setting)
    given = setting.quantiles
    quantiles = county_quantiles(rule, rows, setting) if given is None else given[rule.rule_id]
    number = pd.Series(rows["number"].to_numpy(dtype="float64"))
    threshold = county.map(quantiles).to_numpy(dtype="float64")
    known = number.notna().to_numpy() & ~np.isnan(threshold)
    return Judgement(known, (number < threshold).to_numpy(), threshold, np.zeros(len(rows), dtype="bool"))


def county_quantiles(rule: CauseRule, rows: pd.DataFrame, setting: Setting) -> pd.Series:
    """Return, by county, the quantile that the rule compares with, of the newest number of each subject.

    In: every observation of the indicator of the rule, as `observations.prepared` returns it.
    """
    newest = pd.DataFrame({"subject": rows["subject"].to_numpy(), "day": rows["observed_on"].to_numpy()})
    number = pd.Series(rows["number"].to_numpy(dtype="float64"))
    newest = newest.assign(county=_county(rows, setting), number=number)[number.notna()]
    newest = newest.sort_values("day", kind="stable").drop_duplicates("subject", keep="last")
    found = pd.Series(newest["county"].dropna().unique(), dtype="str")
    quantiles = pd.Series(np.nan, index=pd.Index(found, dtype="str"), dtype="float64")
    for value, where in setting.values(rule.key, found):
        if isinstance(value, int | float):
            of_county = newest.groupby("county")["number"].quantile(float(value))
            quantiles.loc[found[where]] = of_county.reindex(found[where]).to_numpy()
    return quantiles.sort_index()


def _county(rows: pd.DataFrame, setting: Setting) -> pd.Series:
    return rows[["place"]].merge(setting.counties, left_on="place", right_on="area_id", how="left")["above_id"]
