"""Every observation against every rule of its indicator, in one long frame."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from loaders.evidence.evidence import Evidence
from loaders.evidence.falling import fallen
from loaders.evidence.grouped import held_together
from loaders.evidence.judge import judged_by
from loaders.evidence.named import named_causes
from loaders.evidence.rules import CauseRule

SAME_SERIES = ["subject", "product", "rule", "feed"]


def judged(evidence: Evidence) -> pd.DataFrame:
    """Return row, rule, meets, threshold, is_uncertain for every rule that one observation is enough for.

    `row` is the place in the observations, `rule` the place in the rules. A row that cannot be judged (no number, no
    line for its year) is left out: it neither begins nor ends a finding. The end of a series meets no rule.
    """
    parts = []
    of_indicator = {str(code): rows for code, rows in evidence.rows.groupby("indicator_id", sort=False)}
    naming: dict[str, dict[str, int]] = {}
    for number, rule in enumerate(evidence.rules):
        if rule.rule.operator == "names":
            naming.setdefault(rule.indicator.code, {})[rule.cause] = number
        elif rule.rule.operator != "falls" and rule.indicator.code in of_indicator:
            own = of_indicator[rule.indicator.code]
            judgement = judged_by(rule, own.reset_index(drop=True), evidence.setting)
            is_end = own["is_end"].to_numpy()
            part = {"row": own.index, "rule": number, "meets": judgement.meets & ~is_end}
            part |= {"threshold": judgement.threshold, "is_uncertain": judgement.is_uncertain & ~is_end}
            parts.append(pd.DataFrame(part)[judgement.is_known | is_end])
    for code, rule_of_cause in naming.items():
        if code in of_indicator:
            named = named_causes(of_indicator[code], rule_of_cause)
            parts.append(named.assign(threshold=np.nan, is_uncertain=False))
    return pd.concat(parts, ignore_index=True) if parts else no_rows()


def judged_falls(evidence: Evidence, held: pd.DataFrame) -> pd.DataFrame:
    """Return the same columns for the rules that look for a fall beside an open cause.

    `held`: household_id, cause_id, onset_on, ended_on of what is found by the other rules or stated, none refuted.
    """
    parts = []
    for number, rule in enumerate(evidence.rules):
        if rule.rule.operator == "falls":
            own = evidence.rows[evidence.rows["indicator_id"] == rule.indicator.code]
            beside = held[held["cause_id"].isin(rule.rule.with_causes)]
            meets = fallen(own, beside, months=int(evidence.setting.number(rule.key)))
            part = {"row": own.index, "rule": number, "meets": meets, "threshold": np.nan, "is_uncertain": False}
            parts.append(pd.DataFrame(part)[own["number"].notna()])
    return pd.concat(parts, ignore_index=True) if parts else no_rows()


def in_series(evidence: Evidence, judgements: pd.DataFrame) -> pd.DataFrame:
    """Return the judgements with `observed_on` and `series`, grouped rules made one, visits ending what others began.

    A series is what one feed says of one rule at one subject (and product); a group of rules is one series over all
    feeds. An observation of a visit that does not meet a rule stands in the series of every other feed too.
    """
    rows = evidence.rows
    subject, product, feed = (pd.factorize(rows[name])[0] for name in ("subject", "product_id", "feed"))
    at = judgements["row"].to_numpy(dtype="int64")
    told = judgements.assign(
        observed_on=rows["observed_on"].to_numpy()[at], subject=subject[at], product=product[at], feed=feed[at]
    )
    told = _with_groups(told, evidence.rules)
    is_visit = rows["feed"].isin(evidence.setting.feeds_of_kind("visit")).to_numpy()[told["row"]]
    denials = told[is_visit & ~told["meets"]]
    others = told.loc[~is_visit & told["meets"], SAME_SERIES].drop_duplicates()
    spread = denials.drop(columns="feed").merge(others, on=["subject", "product", "rule"])
    # A visit is read after what the other feeds say of the same day.
    whole = pd.concat([told, spread[told.columns]], ignore_index=True) if len(spread) else told
    return whole.assign(series=whole.groupby(SAME_SERIES, sort=False).ngroup()).reset_index(drop=True)


def no_rows() -> pd.DataFrame:
    """Return a frame of judgements without rows."""
    dtypes = {"row": "int64", "rule": "int64", "meets": "bool", "threshold": "float64", "is_uncertain": "bool"}
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in dtypes.items()})


def _with_groups(told: pd.DataFrame, rules: Sequence[CauseRule]) -> pd.DataFrame:
    groups: dict[str, list[int]] = {}
    for number, rule in enumerate(rules):
        if rule.rule.group is not None:
            groups.setdefault(rule.rule.group, []).append(number)
    told = told.assign(found_by=told["rule"])
    for numbers in groups.values():
        is_grouped = told["rule"].isin(numbers)
        if is_grouped.any():
            together = held_together(told[is_grouped]).assign(rule=numbers[0], feed=-1)
            told = pd.concat([told[~is_grouped], together], ignore_index=True)
    return told
