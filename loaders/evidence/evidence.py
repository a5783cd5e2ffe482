"""What the rules are applied to: the observations, the rules, and the ground they stand on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.evidence.rules import CauseRule
from loaders.evidence.setting import Setting


@dataclass(frozen=True)
class Evidence:
    """`rows`: observations as `observations.prepared` returns them. `rules`: every rule for every cause."""

    rows: pd.DataFrame
    rules: tuple[CauseRule, ...]
    setting: Setting

    def rows_at(self, places: pd.Series) -> pd.DataFrame:
        """Return the observations at these places, in their order, numbered anew."""
        return self.rows.iloc[places.to_numpy(dtype="int64")].reset_index(drop=True)

    def of_rules(self, values: list[str], places: pd.Series) -> npt.NDArray[np.object_]:
        """Return, for rules by their place, the text that `values` has for each rule."""
        found: npt.NDArray[np.object_] = np.array(values, dtype="object")[places.to_numpy(dtype="int64")]
        return found
