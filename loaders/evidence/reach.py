"""Which households a finding about an area or a product reaches."""

from __future__ import annotations

import pandas as pd

from loaders.evidence.setting import Setting


def households_reached(findings: pd.DataFrame, setting: Setting) -> pd.DataFrame:
    """Return the findings with `household_id`: of a household itself, or one row per household of the area.

    In: `subject`, `is_household`, `is_of_product`, `product_id` and the columns of a finding. A household belongs to
    an area when it lives there now; a finding about a product reaches those of them that sell it.
    """
    own = findings[findings["is_household"]].assign(household_id=findings["subject"])
    of_area = findings[~findings["is_household"]]
    if of_area.empty:
        return own
    below = of_area.merge(setting.upward[["area_id", "above_id"]], left_on="subject", right_on="above_id")
    reached = below.merge(setting.living, on="area_id")
    general = reached[~reached["is_of_product"]]
    sellers = setting.sellers.drop_duplicates(["household_id", "product_id"])
    selling = reached[reached["is_of_product"]].merge(sellers, on=["household_id", "product_id"])
    return pd.concat([own, general, selling])[[*findings.columns, "household_id"]]
