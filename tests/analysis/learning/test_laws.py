"""What holds of every report, on networks and counties that are drawn."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.learning.learn import learn
from analysis.learning.likelihood import RESIDUAL_LIMIT
from analysis.risk.network import RiskNetwork
from tests.analysis.learning.simulator import county, drawn_truth
from tests.analysis.risk.drawn import networks


@settings(max_examples=25, deadline=None)
@given(networks(5), st.integers(0, 2**32 - 1), st.sampled_from([1, 30, 400]))
def test_every_strength_lies_in_its_interval_and_every_household_is_counted_once(
    network: RiskNetwork, seed: int, households: int
) -> None:
    rng = np.random.default_rng(seed)
    report = learn(network, county(drawn_truth(network, rng), households, rng, looked_into=0.8).outcomes)
    assert report.residual <= RESIDUAL_LIMIT
    for link in report.links:
        if link.strength is not None and link.low is not None and link.high is not None:
            assert 0 < link.low <= link.strength <= link.high <= 1
            assert link.exposed == link.used + sum((link.dropped or {}).values())
            assert 0 <= link.used_came <= link.used
            assert 0 <= link.data_share <= 1
        if link.data_strength is not None and link.data_low is not None and link.data_high is not None:
            assert 0 <= link.data_low <= link.data_strength + 1e-9 <= link.data_high + 2e-9
    for effect in report.effects:
        assert effect.households + sum(effect.left_out.values()) == households
