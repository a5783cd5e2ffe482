"""The expert as imagined households: so many per link, with only its cause active and nothing else that could act."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.learning.likelihood import Likelihood
from analysis.learning.rows import EffectRows
from analysis.risk.findings import Numbers
from analysis.risk.network import RiskNetwork

# Where the expert's network gives an effect no leak, the search begins here.
_FIRST_LEAK = 1e-3


def expert_parameters(network: RiskNetwork, links: Sequence[int]) -> Numbers:
    """Return -log(1 - strength) of links by the expert, shape (links,)."""
    return -np.log1p(-np.array([network.links[place].strength for place in links], dtype=np.float64))


def prior_of(network: RiskNetwork, links: Sequence[int], households: float) -> Likelihood:
    """Return the likelihood of the imagined households, one row per link.

    Each has x = 1 for its link and 0 for the leak: nothing else could have brought its effect about. So many times the
    expert's strength got the effect, the rest did not: numbers with fractions.
    """
    strengths = np.array([network.links[place].strength for place in links], dtype=np.float64)
    exponent = np.concatenate([np.zeros((len(links), 1)), np.eye(len(links))], axis=1)
    return Likelihood(exponent, households * strengths, households * (1.0 - strengths))


def with_prior(data: Likelihood, network: RiskNetwork, links: Sequence[int], households: float) -> Likelihood:
    """Return the likelihood of households and imagined households together."""
    prior = prior_of(network, links, households)
    return data.with_rows(prior.exponent, prior.came, prior.stayed_away)


def start_of(network: RiskNetwork, rows: EffectRows) -> Numbers:
    """Return where the search begins: the expert's leak of risk and strengths, shape (1 + links,)."""
    leak = network.nodes[rows.effect].risk_leak or _FIRST_LEAK
    return np.concatenate([[-np.log1p(-leak)], expert_parameters(network, rows.links)])
