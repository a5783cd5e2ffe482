"""What the rules look up beside the observations: policy, areas, monitoring lines, who sells what, who visited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from graph_schema import Schema
from policy import Policy

PolicyValue = int | float | str | tuple[str, ...]


@dataclass(frozen=True)
class Setting:
    """The ground that findings stand on, for one day.

    `homes`: household_id, area_id, where each household lives or last lived. `living`: the same for the households that
    live there now. `upward`: area_id, above_id, steps. `counties`: area_id, above_id. `lines`: area_id, line_year,
    line_fen. `sellers`: household_id, product_id. `visits`: household_id, visited_on, visited_by.
    `quantiles`: by rule that compares with a quantile of the county, the number of each county; None where it follows
    from the observations at hand.
    """

    schema: Schema
    policy: Policy
    day: date
    homes: pd.DataFrame
    living: pd.DataFrame
    upward: pd.DataFrame
    counties: pd.DataFrame
    lines: pd.DataFrame
    sellers: pd.DataFrame
    visits: pd.DataFrame
    quantiles: Mapping[str, pd.Series] | None = None

    def feeds_of_kind(self, feed_kind: str) -> list[str]:
        """Return the codes of the feeds of one kind."""
        return [feed.code for feed in self.schema.feeds.values() if feed.feed_kind == feed_kind]

    def number(self, key: str) -> float:
        """Return a number of the policy that is the same everywhere."""
        return self.policy.number(key, day=self.day)

    def values(self, key: str, areas: pd.Series) -> list[tuple[PolicyValue, npt.NDArray[np.bool_]]]:
        """Return each value that the policy has under `key` in these areas, with the rows it counts for.

        A null area is a household of which nobody knows where it lives; there the general value counts.
        """
        codes, places = pd.factorize(areas)
        found = [self._value(key, str(place)) for place in places]
        if (codes < 0).any():
            found.append(self._value(key, None))
        distinct = list(dict.fromkeys(found))
        number = np.array([distinct.index(value) for value in found], dtype="int64")[codes]
        return [(value, number == index) for index, value in enumerate(distinct)]

    def _value(self, key: str, area_id: str | None) -> PolicyValue:
        value = self.policy.parameter(key, area_id=area_id, day=self.day).value
        return tuple(map(str, value)) if isinstance(value, list) else value
