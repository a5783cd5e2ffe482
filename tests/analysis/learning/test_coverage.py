"""Learned intervals hold the truth as often as they say: truth drawn from the prior, links with enough households."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from analysis.learning.learn import learn
from analysis.risk.network import RiskNetwork
from tests.analysis.learning.simulator import county, drawn_truth

FEWEST = 200


def covered(network: RiskNetwork, households: int, seed: int) -> list[bool]:
    """Whether the interval of each link with enough households holds the truth."""
    rng = np.random.default_rng(seed)
    made_up = county(drawn_truth(network, rng), households, rng)
    return [
        link.low <= made_up.truth[link.link_id] <= link.high
        for link in learn(network, made_up.outcomes).links
        if link.used >= FEWEST and link.low is not None and link.high is not None
    ]


def test_in_one_county_as_many_intervals_hold_the_truth_as_chance_allows(vocabulary: RiskNetwork) -> None:
    held = covered(vocabulary, 14_000, 20260520)
    # The exact band that 95 % intervals leave with a chance below 2 in 10,000.
    assert len(held) >= 40
    assert binom.ppf(1e-4, len(held), 0.95) <= sum(held)


@pytest.mark.soak
def test_in_twenty_counties_93_to_97_in_100_intervals_hold_the_truth(vocabulary: RiskNetwork) -> None:
    held = [one for seed in range(20) for one in covered(vocabulary, 20_000, seed)]
    assert len(held) >= 1000
    assert 0.93 <= np.mean(held) <= 0.97
