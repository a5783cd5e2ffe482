"""What carries the returns of a place, in an order that does not hang on the last digits of sums."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from analysis.risk.by_home import RiskSums
from analysis.risk.model import RiskModel
from analysis.why.area_risk import Told, links_of
from graph_schema import Schema


@pytest.mark.parametrize("last_digit", [1e-15, -1e-15])
def test_links_that_carry_the_same_stand_in_the_order_of_the_network(
    schema: Schema, model: RiskModel, last_digit: float
) -> None:
    places = [
        place
        for place, link in enumerate(model.network.links)
        if link.link_id in schema.links and not schema.links[link.link_id].is_definition
    ]
    first, second = places[:2]
    falls = np.zeros((1, len(model.network.links)))
    # Of two links one behind the other, either alone takes away the same.
    falls[0, [first, second]] = 0.25, 0.25 + last_digit
    sums = cast("RiskSums", SimpleNamespace(fall_of_link=falls))
    told = links_of(Told(schema, model, frozenset()), sums, 0)
    assert [link.link_id for link in told] == [model.network.links[place].link_id for place in (first, second)]
