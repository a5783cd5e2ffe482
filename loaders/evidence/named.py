"""Answers that name causes: the household's priorities, the village register, what a visit found."""

from __future__ import annotations

import pandas as pd

from loaders.facts import CODE_JOINT


def named_causes(rows: pd.DataFrame, rule_of_cause: dict[str, int]) -> pd.DataFrame:
    """Return row, rule, meets: each observation against each cause that its feed ever named at the subject.

    In: observations of one indicator that names causes. An observation that does not name a cause named before does
    not meet its rule, nor does the end of a series; an answer that is missing tells nothing. Codes that no rule knows
    are passed over.
    """
    speaks = rows["answer"].notna() | rows["is_end"]
    known = rows.loc[speaks, ["subject", "feed", "answer"]].fillna({"answer": ""}).rename_axis("row").reset_index()
    named = known.assign(cause=known["answer"].str.split(CODE_JOINT)).explode("cause")
    named = named.assign(rule=named["cause"].astype("str").str.strip().map(rule_of_cause)).dropna(subset=["rule"])
    ever = named[["subject", "feed", "rule"]].drop_duplicates()
    told = known[["row", "subject", "feed"]].merge(ever, on=["subject", "feed"])
    said = named[["row", "rule"]].drop_duplicates().assign(meets=True)
    told = told.merge(said, on=["row", "rule"], how="left")
    meets = told["meets"].notna()
    return pd.DataFrame({"row": told["row"], "rule": told["rule"].astype("int64"), "meets": meets})
