"""Made-up counties with a known truth: what tests of learning compare with.

Truth is drawn from the prior: the strength of a link from Beta(m p, m (1 - p)), p the expert's and m the imagined
households. Outcomes come from noisy-OR by forward sampling, causes first, with formulas written here once more: nothing
of the engine is used.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import networkx as nx
import numpy as np
import numpy.typing as npt

from analysis.learning.outcomes import Outcomes
from analysis.risk.findings import STATUSES, Findings
from analysis.risk.network import RiskLink, RiskNetwork

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

NOTHING, REFUTED, SUSPECTED, CONFIRMED = -1, *range(len(STATUSES))


@dataclass(frozen=True)
class County:
    """What learning is given, and the truth by link id that it should find."""

    outcomes: Outcomes
    truth: dict[str, float]


def drawn_truth(network: RiskNetwork, rng: np.random.Generator, prior_households: float = 4.0) -> RiskNetwork:
    """The network with strengths drawn from the prior; those true by definition stay."""

    def drawn(link: RiskLink) -> RiskLink:
        if link.strength == 1:
            return link
        share = rng.beta(prior_households * link.strength, prior_households * (1 - link.strength))
        return replace(link, strength=float(np.clip(share, 1e-9, 1 - 1e-9)))

    return replace(network, links=tuple(drawn(link) for link in network.links))


def county(network: RiskNetwork, households: int, rng: np.random.Generator, *, looked_into: float = 0.95) -> County:
    """A county of the true network: about an eighth of the causes confirmed, most of the others refuted."""
    nodes = len(network.nodes)
    entered = {link.to_code for link in network.links}
    status = np.full((households, nodes), NOTHING)
    for place, node in enumerate(network.nodes):
        if node.is_state:
            odds = {REFUTED: 0.96, SUSPECTED: 0.01, CONFIRMED: 0.02, NOTHING: 0.01}
        elif node.code in entered:
            odds = {REFUTED: 0.72, SUSPECTED: 0.01, CONFIRMED: 0.1, NOTHING: 0.17}
        else:
            odds = {REFUTED: 0.85, SUSPECTED: 0.01, CONFIRMED: 0.13, NOTHING: 0.01}
        status[:, place] = rng.choice(list(odds), p=list(odds.values()), size=households)
    severity = rng.choice([0.6, 0.8, 1.0], (households, nodes))
    confidence = rng.choice([0.2, 0.4, 0.6, 0.8], (households, nodes))
    rules = rng.random((households, len(network.property_rules))) < 0.1
    active = _sampled(network, status, severity, confidence, rules, rng)
    outcome = np.where(rng.random((households, nodes)) < looked_into, active, -1).astype(np.int8)
    household, cause = np.nonzero(status != NOTHING)
    at = (household, cause)
    findings = Findings(households, household, cause, status[at], confidence[at], severity[at], rules)
    return County(Outcomes(findings, outcome), {link.link_id: link.strength for link in network.links})


def _sampled(
    network: RiskNetwork,
    status: npt.NDArray[np.int64],
    severity: Numbers,
    confidence: Numbers,
    rules: Flags,
    rng: np.random.Generator,
) -> Flags:
    graph = nx.DiGraph([(link.from_code, link.to_code) for link in network.links])
    graph.add_nodes_from(network.codes)
    active = np.zeros(status.shape, dtype=np.bool_)
    sureness = np.where(status == CONFIRMED, 1.0, np.where(status == SUSPECTED, confidence, 0.0))
    for code in nx.topological_sort(graph):
        place = network.position[code]
        stays_away = (1 - network.nodes[place].risk_leak) * (1 - sureness[:, place])
        for link in network.links:
            if link.to_code == code:
                start = network.position[link.from_code]
                found = sureness[:, start] > 0
                exponent = np.where(found, severity[:, start], 1.0)
                for item in link.amplifiers:
                    if item.cause is not None:
                        other = network.position[item.cause]
                        exponent = exponent * (1 + (item.factor - 1) * sureness[:, other] * severity[:, other])
                    else:
                        column = network.property_rules.index(str(item.property_rule))
                        exponent = exponent * np.where(rules[:, column], item.factor, 1.0)
                stays_away = stays_away * np.where(active[:, start], (1 - link.strength) ** exponent, 1.0)
        closed = (status[:, place] == REFUTED) & (not network.nodes[place].is_state)
        active[:, place] = ~closed & (rng.random(len(status)) < 1 - stays_away)
    return active
