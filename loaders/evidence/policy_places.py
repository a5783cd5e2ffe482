"""Areas that the policy cannot tell apart, so that each of its numbers is looked up once for all of them."""

from __future__ import annotations

import pandas as pd

from policy import Policy
from policy.areas import is_within


def policy_places(policy: Policy, areas: pd.Series) -> pd.Series:
    """Return, row by row, one area that stands for all areas in which every parameter has the same value.

    Two areas have the same values when they lie in the same of the areas that profiles and values name. Null stays
    null.
    """
    of_values = {each.area for values in policy.values.values() for each in values if each.area is not None}
    of_profiles = {area for profile in policy.profiles.values() for area in profile.areas}
    named = sorted(of_values | of_profiles)
    codes, places = pd.factorize(areas)
    stands_for: dict[tuple[str, ...], str] = {}
    found = []
    for place in places:
        around = tuple(name for name in named if is_within(str(place), name))
        found.append(stands_for.setdefault(around, str(place)))
    return pd.Series([*found, None], dtype="str").iloc[codes].set_axis(areas.index)
